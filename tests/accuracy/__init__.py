"""How right heyan is, measured on sample packages of families it was not tuned on; not part of the test run."""
