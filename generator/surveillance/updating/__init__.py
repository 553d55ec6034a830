"""What a search says of records that the review has: found again, or a registry's newer facts of a trial."""
