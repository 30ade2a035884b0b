"""Evidence documents: told apart among the pages, and read, out of pages already read."""

from extractors.evidence.documents import read_declared, read_evidence

__all__ = ["read_declared", "read_evidence"]
