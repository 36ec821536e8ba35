"""Tests of service.extract."""
