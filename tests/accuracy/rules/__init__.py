"""The rules measured without pages: defects of every kind that is no picture, planted on records."""
