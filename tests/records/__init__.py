"""Tests of reading, checking and editing the files of `studies/`."""
