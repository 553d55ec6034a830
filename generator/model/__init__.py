"""What the words of the review mean: the records and their parts. No input or output; imports nothing above it."""
