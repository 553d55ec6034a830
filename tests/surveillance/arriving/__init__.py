"""Tests of how records become candidates."""
