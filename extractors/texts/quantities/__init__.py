"""Cells of the indicator table understood: numbers with comparator, unit and conditions; sets; answers in words."""

from extractors.texts.quantities.statements import read_heading, read_statement, scaled

__all__ = ["read_heading", "read_statement", "scaled"]
