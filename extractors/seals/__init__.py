"""Seals on a page: found by ink and outline, unrolled, read."""

from extractors.seals.detect import find_seals

__all__ = ["find_seals"]
