"""The website: what a review shows, offers to download and tells subscribers. Never imports `surveillance`."""
