"""Crops kept from run to run, so that a workbook made anew renders no page that was rendered before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.reports.pictures import Pictures
from pipeline.store import Store


class KeptCrops:
    """Pictures whose crops are kept in the store, by file hash, page, rotation, box, width and `version`."""

    def __init__(self, source: Pictures, store: Store, pages: Sequence[Page], version: str = "") -> None:
        self._source = source
        self._store = store
        self._version = version
        self._pages = {(page.file, page.page): f"{page.sha256} {page.page} {page.reading.rotation}" for page in pages}

    def page(self, file: str, page: int, width: int) -> bytes:
        """The page, made anew: only a report wants it, and a report is kept whole."""
        return self._source.page(file, page, width)

    def crop(self, place: Place, width: int) -> bytes:
        """The crop as kept, else made and kept."""
        stem = self._pages.get((place.file, place.page))
        if stem is None:
            return self._source.crop(place, width)
        told = f"{stem} {place.bbox.rounded()} {width} {self._version}"
        digest = hashlib.sha256(told.encode()).hexdigest()
        key = f"crops/{digest[:2]}/{digest}"
        kept = self._store.get_bytes(key)
        if kept is None:
            kept = self._source.crop(place, width)
            self._store.put_bytes(key, kept)
        return kept

    def artefact(self, key: str) -> bytes:
        """The made picture."""
        return self._source.artefact(key)
