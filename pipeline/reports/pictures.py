"""Pictures for the reports: asked for by place, so that no record carries pixels."""

from __future__ import annotations

from typing import Protocol

from pipeline.model.evidence import Place


class Pictures(Protocol):
    """Where the pictures of one package (or delivery) come from; `b""` where there is none to be had."""

    def page(self, file: str, page: int, width: int) -> bytes:
        """The upright page as a JPEG, `width` pixels wide (a smaller page is not enlarged)."""

    def crop(self, place: Place, width: int) -> bytes:
        """The place with a little of what is around it, as a JPEG at most `width` pixels wide."""

    def artefact(self, key: str) -> bytes:
        """A made picture, such as a joined seam, as JPEG or PNG."""


class NoPictures:
    """No pictures at all: for packages that may not be shown, and where the files are gone."""

    def page(self, file: str, page: int, width: int) -> bytes:
        """Nothing."""
        del file, page, width
        return b""

    def crop(self, place: Place, width: int) -> bytes:
        """Nothing."""
        del place, width
        return b""

    def artefact(self, key: str) -> bytes:
        """Nothing."""
        del key
        return b""
