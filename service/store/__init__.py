"""Parsed texts as bytes, and a folder that keeps them, so that no text is parsed twice."""
