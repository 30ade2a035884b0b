"""Second looks kept from run to run: what a reader saw of a place does not change with a filing, a rule or a notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from checks.disputes import Dispute
from flows.steps.versions import code_version, fingerprint, reading_version
from pipeline.model.document import SourceFile
from pipeline.model.evidence import Reading, Value
from pipeline.store import Store

LOOKING = ("extractors.second_look", "extractors.personal", "extractors.imaging.cutter")


class KeptLooks:
    """The second looks at one package's or delivery's pages, kept in the store by file, reading and characters asked.

    Values are made anew of what was read, for they rest on the notice as well. `labels` are the notice's words before
    identity card numbers, which are masked in what is kept. Looks at places in several files are not kept: what was
    read of a file must go when the file is withheld.
    """

    def __init__(self, files: Sequence[SourceFile], store: Store, labels: Sequence[str]) -> None:
        self._hashes: Mapping[str, str] = {file.path: file.sha256 for file in files}
        self._store = store
        self._labels = tuple(labels)

    def look(self, dispute: Dispute, normal: Callable[[str], Value], look: Callable[[], Reading]) -> Reading:
        """The reading after a second look: as kept, else as `look` gives it."""
        key = self._key(dispute)
        kept = self._store.get(key, Reading) if key else None
        if kept is None:
            kept = look()
            if key:
                self._store.put(key, kept)
            return kept
        value = dispute.reading.value if kept.raw == dispute.reading.raw else normal(kept.raw)
        return kept.model_copy(update={"value": value})

    def _key(self, dispute: Dispute) -> str:
        hashes = {self._hashes.get(place.file, "") for place in dispute.places}
        if len(hashes) != 1 or "" in hashes:
            return ""
        reading = dispute.reading.model_copy(update={"value": ""})
        rests_on = fingerprint(reading.model_dump_json(), dispute.spans, self._labels, _looking_version())
        return f"looks/{hashes.pop()}/{rests_on}"


@cache
def _looking_version() -> str:
    """What a second look rests on besides the page and the reading."""
    return fingerprint(reading_version(), code_version(*LOOKING))
