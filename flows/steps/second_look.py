"""The second look at disputed places: the readers see the crops again, and nothing of what other witnesses say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from checks.disputes import Dispute
from flows.steps.cutters import page_cutters
from flows.steps.kept_looks import KeptLooks
from flows.steps.telling import tell
from pipeline.errors import UnreadableInput
from pipeline.model.application import Application
from pipeline.model.document import Page, SourceFile
from pipeline.model.evidence import Place, Reading, Value
from pipeline.notices.profile import Profile
from pipeline.settings import settings
from pipeline.store import Store
from pipeline.values import normalise, normalise_directions

if TYPE_CHECKING:
    from extractors.imaging.cutter import PageCutter

Look = Callable[[Sequence[Dispute]], Mapping[str, Reading]]
"""Takes disputes, gives the readings made anew, by path."""
TICKED = ("choice", "yesno", "directions")
"""Kinds whose value comes from ticks, not from characters: reading them again does not change it."""
AS_WRITTEN = ("title", "owner", "number")
"""Of a document's readings those whose value is their text; the others' values are made of it."""
ROW_KINDS = {"applicant": "name", "product": "product", "direction": "directions", "contact": "person",
             "mobile": "mobile", "no": "count"}  # fmt: skip


def looker(
    files: Sequence[SourceFile],
    pages: Sequence[Page],
    paper: Application | None,
    profile: Profile,
    store: Store | None = None,
) -> Look:
    """A second look at places of these pages, with the engines of this process; looks are kept in a store, if any."""
    cutter = page_cutters(files, pages)
    kept = KeptLooks(files, store, profile.care.identity_labels) if store else None

    def one(dispute: Dispute) -> Reading:
        normal = normal_of(dispute, paper, profile)

        def seen() -> Reading:
            return _look_at(dispute, lambda place: cutter(place.file, place.page), normal, profile)

        try:
            return kept.look(dispute, normal, seen) if kept else seen()
        except UnreadableInput:
            reading = dispute.reading
            return reading.model_copy(update={"looks": 2, "certain": (False,) * len(reading.raw)})

    def look(disputes: Sequence[Dispute]) -> Mapping[str, Reading]:
        ordered = sorted(disputes, key=lambda dispute: ([(at.file, at.page) for at in dispute.places], dispute.path))
        looked: dict[str, Reading] = {}
        for number, each in enumerate(ordered, 1):
            tell(f"复看 {number}/{len(ordered)} 处")
            looked[each.path] = one(each)
        return looked

    return look


def _look_at(
    dispute: Dispute, cutter_of: Callable[[Place], PageCutter], normal: Callable[[str], Value], profile: Profile
) -> Reading:
    """The look itself.

    Raises:
        UnreadableInput: A page can't be rendered any more.
    """
    from extractors.personal import looked_without_identity_numbers
    from extractors.readers.paddle import paddle_reader
    from extractors.readers.tesseract import TesseractReader
    from extractors.second_look import look_again

    reading = dispute.reading
    reader, second = paddle_reader(settings().models), TesseractReader()
    looked = look_again(reading, cutter_of, reader, second, normal, dispute.spans)  # type: ignore[arg-type]
    return looked_without_identity_numbers(looked, reading, profile.care.identity_labels)


def normal_of(dispute: Dispute, paper: Application | None, profile: Profile) -> Callable[[str], Value]:
    """Raw text to value, for the reading in dispute."""
    return _restated(dispute) or _normal(dispute.reading, kind_of(dispute.path, paper, profile), profile)


def _restated(dispute: Dispute) -> Callable[[str], Value] | None:
    """Raw text to value for what a document of evidence states; None for anything else."""
    head, *rest = dispute.path.split("/")
    if head != "evidence" or rest[-1] in AS_WRITTEN:
        return None
    from extractors.evidence.restating import restated

    return restated(rest[-1], dispute.reading)


def _normal(reading: Reading, kind: str, profile: Profile) -> Callable[[str], Value]:
    """Raw text to value, for a kind of box; a value that came of ticks is not made of its text."""
    plain = _plain(kind, profile)
    if kind in TICKED and plain(reading.raw) != reading.value:
        return lambda _: reading.value
    return plain


def _plain(kind: str, profile: Profile) -> Callable[[str], Value]:
    if kind == "directions":
        names = {direction.number: direction.name for direction in profile.directions}
        return lambda raw: normalise_directions(raw, names)
    if kind == "name":
        from extractors.forms.cover import without_note

        return lambda raw: normalise(kind, without_note(raw))
    options = next((spec.options for spec in profile.fields if spec.kind == kind), ())
    return lambda raw: normalise(kind, raw, options)


def kind_of(path: str, paper: Application | None, profile: Profile) -> str:
    """The kind of value at a dispute's path (see `checks.disputes`)."""
    head, *rest = path.split("/")
    if head == "rows":
        return ROW_KINDS.get(rest[1], "text")
    key = rest[0] if head == "fields" else ""
    if head == "mentions" and paper is not None:
        key = paper.mentions[int(rest[0])].key
    if key:
        return key_kind(key, profile)
    return {"owner": "name"}.get(rest[-1], "text")


def key_kind(key: str, profile: Profile) -> str:
    """The kind of value of a key, also of those that stand outside the form's boxes."""
    spec = profile.field(key)
    if spec is not None:
        return spec.kind
    if key.endswith("_date"):
        return "date"
    return {"commitment_product": "product", "commitment_contact": "person", "commitment_phone": "fax"}.get(key, "name")
