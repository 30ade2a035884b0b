"""Names of subjects and titles of codes, out of the notice's catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.model.record import Record
from pipeline.notices.layers import CATALOGUE, path_of, words_of
from pipeline.notices.profile import Profile
from pipeline.notices.subjects import subject_in_words
from pipeline.reports.wording import FILING_HEADINGS, SEAL_PLACES


class CatalogueWords(Record):
    """What the catalogue calls subjects, and each code's title; empty where a notice has no catalogue."""

    names: Mapping[str, str]
    titles: Mapping[str, str]

    def title(self, code: str) -> str:
        """A code's title."""
        return self.titles.get(code, "")

    def subject(self, subject: str) -> str:
        """A subject in words, as `subject_in_words` tells it."""
        return subject_in_words(subject, self.names)


def catalogue_words(profile: Profile) -> CatalogueWords:
    """The words of a profile's notice; the form's boxes go by their headings."""
    names, titles = _loaded(profile.folder)
    headings = {spec.key: spec.heading for spec in profile.fields}
    return CatalogueWords(names={**FILING_HEADINGS, **names, **SEAL_PLACES, **headings}, titles=titles)


@cache
def _loaded(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    raw = words_of(folder, CATALOGUE) if path_of(folder, CATALOGUE).is_file() else {}
    codes = raw.get("codes") or {}
    return raw.get("names") or {}, {code: str(entry.get("title") or "") for code, entry in codes.items()}
