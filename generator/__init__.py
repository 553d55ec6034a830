"""A living systematic review kept as plain files."""
