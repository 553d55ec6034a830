"""Finding what is new: sources asked, records compared, candidates written. Never imports `site`."""
