"""Tests of priorities and matched terms."""
