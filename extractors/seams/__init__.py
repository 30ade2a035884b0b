"""Seam stamps: slices on the edges of pages, joined across sheets to the seal they were cut from."""

from extractors.seams.joined_seams import join_seams
from extractors.seams.slices import find_slices

__all__ = ["find_slices", "join_seams"]
