"""Seals on a page: found by ink and outline, unrolled, read."""

from extractors.seals.detect import View, find_seals, view_of
from extractors.seals.placing import place_seals

__all__ = ["View", "find_seals", "place_seals", "view_of"]
