"""Records that came in and are not known become candidates, together with the search run that found them."""
