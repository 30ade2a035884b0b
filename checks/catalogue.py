"""What people read of a rule: title, severity, basis, help and message of each code, from the notice's folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.model.finding import Severity
from pipeline.model.record import Record
from pipeline.notices.layers import CATALOGUE, paths_of, words_of
from pipeline.notices.profile import load_profile
from pipeline.notices.subjects import subject_in_words
from pipeline.notices.yaml_file import validated

CUSTOM = "惯例"
"""The basis of a rule that no sentence of the notice states."""
NOTHING_QUOTED = ("“”", "空白")
"""How a sentence says that nothing stands where it would quote."""


class Entry(Record):
    """A code's words. `message` may name {field}, {subject}, {expected}, {found} and {detail}.

    `document` is the sentence for a document that is not printed yet, where `message` speaks of paper.
    """

    title: str
    severity: Severity
    basis: str
    help: str
    message: str
    document: str = ""


class Catalogue(Record):
    """All codes of a notice, and the Chinese names of fields and subjects."""

    codes: dict[str, Entry]
    names: dict[str, str]

    def of_documents(self) -> Catalogue:
        """The same catalogue with the sentences for a document that is not printed yet."""
        told = {
            code: entry.model_copy(update={"message": entry.document or entry.message})
            for code, entry in self.codes.items()
        }
        return self.model_copy(update={"codes": told})

    def name(self, subject: str) -> str:
        """A subject in words: each of its parts (`applicant@cover`) by name, or as it stands."""
        return subject_in_words(subject, self.names)

    def message(self, code: str, **values: str | None) -> str:
        """A code's message filled in; what is not known is left out."""
        words: Mapping[str, str] = defaultdict(str, {key: value or "" for key, value in values.items()})
        entry = self.codes.get(code)
        return entry.message.format_map(words).replace(*NOTHING_QUOTED) if entry else words["detail"]


@cache
def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of the notice in `folder`; a box of the form is called by its heading.

    Raises:
        UsageProblem: It can't be read, or does not fit; the sentence names file and line.
    """
    told = validated(Catalogue, words_of(folder, CATALOGUE), *paths_of(folder, CATALOGUE))
    headings = {spec.key: spec.heading for spec in load_profile(str(folder)).fields}
    return told.model_copy(update={"names": {**told.names, **headings}})
