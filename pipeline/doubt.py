"""The doubt threshold, a figure from the measured curve of docs/calibration.md (`make calibration`), not a guess."""

BELIEVED = 0.90
"""A character that the looks agree on is believed from this probability on; below it stays in doubt."""
