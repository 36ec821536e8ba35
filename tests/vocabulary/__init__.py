"""Tests of service.vocabulary."""
