"""Tests of the HTTP client and of whole answers."""
