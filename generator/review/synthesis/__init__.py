"""Bringing results together: direction of effect, whether pooling is allowed, exact bounds. No input or output."""
