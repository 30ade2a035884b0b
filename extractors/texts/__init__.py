"""Lines of text on a page: found, cut at rulings, read in each ink layer, put in order."""
