"""Tests of the rules across fields and files; the cases that show each rule are in tests/studies/."""
