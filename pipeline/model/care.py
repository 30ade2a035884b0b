"""What is handled with care: files with a secrecy mark, and marks that a person found to be none."""

from __future__ import annotations

from datetime import datetime

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


class ReleasedMark(Record):
    """A person's word that what looks like a secrecy mark on a page of a file is none; `when` None where not said.

    `page` is None for a document without pages. It holds for that page alone: a mark on another stops the package.
    """

    file: str
    page: int | None
    who: str
    why: str
    when: datetime | None = None
