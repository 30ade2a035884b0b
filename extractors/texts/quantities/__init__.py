"""Cells of the indicator table understood: numbers with comparator, unit and conditions; sets; answers in words."""

from extractors.texts.quantities.statements import read_heading, read_statement, scaled
from extractors.texts.quantities.written_units import speaks_of_angles

__all__ = ["read_heading", "read_statement", "scaled", "speaks_of_angles"]
