"""Tests of the search, against made-up servers and, where present, recorded responses."""
