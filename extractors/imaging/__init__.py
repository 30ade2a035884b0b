"""From a page's picture to a straight, upright working picture and its ink layers; one step a file."""
