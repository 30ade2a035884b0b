"""What reading costs, as ratios within one run; not part of the test run."""
