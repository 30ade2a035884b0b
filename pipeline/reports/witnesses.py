"""The three witnesses beside each other, as reports show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.application import Application
from pipeline.model.evidence import Place
from pipeline.model.finding import Finding, Outcome, Severity, Verdict
from pipeline.model.package import Result
from pipeline.notices.profile import Profile
from pipeline.reports.wording import direction_names, heading

ONLINE_CODES = ("X101", "X102", "X103")
EDITABLE_CODES = ("X201", "X202", "X203")
LONG_TEXT = 120
"""Characters; of longer texts a finding quotes what differs, and the whole stands in the table of witnesses."""
EXTRA_KEYS = ("filing_date", "commitment_product", "commitment_contact", "commitment_phone", "commitment_date")


VerdictsByKey = Mapping[str, Sequence[Verdict]]


class State(StrEnum):
    """How the witnesses stand to each other in one field."""

    ERROR = "error"
    WARNING = "warning"
    UNDECIDED = "undecided"
    AGREED = "agreed"
    ALONE = "alone"


STATE_WORDS = {
    State.ERROR: "不符",
    State.WARNING: "核看",
    State.UNDECIDED: "待定",
    State.AGREED: "一致",
    State.ALONE: "未比对",
}


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What each witness has for one thing; None = nothing was found there."""

    paper: str | None
    online: str | None
    editable: str | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field with its witnesses: `confidence` and `place` are the paper's."""

    key: str
    heading: str
    values: Witnesses
    state: State
    confidence: float | None
    place: Place | None
    corrected: bool

    @property
    def open(self) -> bool:
        """Whether somebody has to look at it, so that its differences are marked."""
        return self.state in (State.ERROR, State.WARNING, State.UNDECIDED)

    @property
    def rival(self) -> str | None:
        """The first other witness's text that differs from the paper's."""
        others = (self.values.online, self.values.editable)
        return next((text for text in others if text and text != self.values.paper), None)


def filing_keys(profile: Profile) -> tuple[str, ...]:
    """The keys of the online filing in the order of the contract's table, from `recommender` to `taskbook`."""
    keys = [spec.key for spec in profile.fields if spec.key != "directions"]
    return ("recommender", "directions", *keys, "taskbook")


def text_of(application: Application | None, key: str, profile: Profile) -> str | None:
    """A witness's value of a key as shown; None where it has none."""
    reading = application.get(key) if application else None
    if reading is None:
        return _taskbook_text(application) if application and key == "taskbook" else None
    return reading.value if isinstance(reading.value, str) else direction_names(reading.value, profile)


def witnesses_of_field(result: Result, key: str, profile: Profile) -> Witnesses:
    """The three witnesses of a key."""
    editable = next(iter(result.package.editable), None)
    return Witnesses(
        text_of(result.package.paper, key, profile),
        text_of(result.online, key, profile),
        text_of(editable, key, profile),
    )


def witnesses_of_finding(result: Result, finding: Finding, profile: Profile) -> Witnesses:
    """What the witnesses say about a finding's matter; a finding's own words go before the field's."""
    if finding.field and finding.field != "indicators":
        known = witnesses_of_field(result, finding.field, profile)
        if finding.found is not None and finding.expected is not None and _long(known):
            return excerpts(finding)
        if finding.code.startswith("X") or finding.found is None:
            return known
        return Witnesses(finding.found, known.online, known.editable)
    return excerpts(finding)


def excerpts(finding: Finding) -> Witnesses:
    """What the finding itself quotes: off the paper where it points to a page; the code tells whose the expected is."""
    return Witnesses(
        finding.found if finding.evidence or finding.code in (*ONLINE_CODES, *EDITABLE_CODES) else None,
        finding.expected if finding.code in ONLINE_CODES else None,
        finding.expected if finding.code in EDITABLE_CODES else None,
    )


def _long(known: Witnesses) -> bool:
    return any(len(text) > LONG_TEXT for text in (known.paper, known.online, known.editable) if text)


def field_rows(result: Result, profile: Profile) -> tuple[FieldRow, ...]:
    """All fields that any witness has, in the form's order."""
    about = verdicts_by_key(result.verdicts)
    rows = [_row(result, key, about, profile) for key in (*filing_keys(profile), *EXTRA_KEYS)]
    return tuple(row for row in rows if any((row.values.paper, row.values.online, row.values.editable)) or row.place)


def _row(result: Result, key: str, about: VerdictsByKey, profile: Profile) -> FieldRow:
    values = witnesses_of_field(result, key, profile)
    reading = result.package.paper.get(key) if result.package.paper else None
    return FieldRow(
        key=key,
        heading=heading(key, profile),
        values=values,
        state=field_state(result, key, about, values),
        confidence=reading.confidence if reading else None,
        place=next(iter(reading.places), None) if reading else None,
        corrected=key in result.package.corrections,
    )


def verdicts_by_key(verdicts: Iterable[Verdict]) -> VerdictsByKey:
    """The verdicts about fields' values; a seal's or signature's subject may bear a field's name and is none."""
    about: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for key in {verdict.field or "", verdict.subject if not verdict.code.startswith("S") else ""}:
            about.setdefault(key, []).append(verdict)
    return about


def field_state(result: Result, key: str, about: VerdictsByKey, values: Witnesses | None = None) -> State:
    """How a field came out, by the result's `verdicts_by_key`; without `values`, these alone tell agreement."""
    severities = {finding.severity for finding in result.findings if finding.field == key}
    if Severity.ERROR in severities:
        return State.ERROR
    if Severity.WARNING in severities:
        return State.WARNING
    own = about.get(key, ())
    if any(verdict.outcome is Outcome.UNDECIDED for verdict in own):
        return State.UNDECIDED
    said = [value for value in (values.paper, values.online, values.editable) if value is not None] if values else []
    compared = any(verdict.code.startswith("X") and verdict.outcome is Outcome.PASSED for verdict in own)
    return State.AGREED if compared or (len(said) > 1 and len(set(said)) == 1) else State.ALONE


def _taskbook_text(application: Application) -> str | None:
    parts = [
        f"{section.heading}\n{section.text}".strip() for book in application.taskbooks for section in book.sections
    ]
    return "\n".join(parts) if parts else None
