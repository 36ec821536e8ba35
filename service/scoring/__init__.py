"""Scoring: hold a record against references that people wrote for the same texts."""
