"""Which row of an indicator table answers which reference indicator of the notice."""

from extractors.references.answers import with_answers

__all__ = ["with_answers"]
