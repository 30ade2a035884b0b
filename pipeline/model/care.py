"""What is handled with care: files with a secrecy mark."""

from __future__ import annotations

from pipeline.model.record import Record


class SecrecyMark(Record):
    """All that is kept of a file with a secrecy mark: its hash, the page of the mark (None: no pages), the word."""

    sha256: str
    page: int | None
    word: str


class WithheldFile(Record):
    """A package's file of which nothing is kept but the page of its mark."""

    file: str
    page: int | None
