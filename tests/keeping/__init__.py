"""Tests of settling, releasing and starting a review."""
