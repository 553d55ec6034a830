"""Tests of single values."""
