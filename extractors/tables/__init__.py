"""Ruled tables: rulings found with OpenCV, cells as the holes between them, lines of text put into cells."""
