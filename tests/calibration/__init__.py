"""How often a reading of some confidence is right, measured on samples kept for that alone; apart from the test run."""
