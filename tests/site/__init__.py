"""Tests of the website: tables, figures, pages, feeds, downloads, metadata."""
