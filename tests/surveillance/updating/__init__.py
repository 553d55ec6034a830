"""Tests of what a search says of known records."""
