"""Tests of the places that escape."""
