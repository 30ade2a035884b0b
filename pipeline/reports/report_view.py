"""What the report of a package shows, gathered before a word of HTML is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.document import Page
from pipeline.model.evidence import Place
from pipeline.model.finding import Finding, Outcome, Verdict
from pipeline.model.geometry import BBox
from pipeline.model.package import Result
from pipeline.model.seal import Seal
from pipeline.notices.profile import Profile, RequiredSeal
from pipeline.reports.differences import Piece, marked
from pipeline.reports.letter import opinion
from pipeline.reports.result_json import in_order
from pipeline.reports.witnesses import witnesses_of_finding
from pipeline.reports.wording import BLANK, heading

SECRET_CODE = "Z101"
DOUBT_CODE = "Q102"
ELSEWHERE = ("seam", "evidence")
WHOLE_PAGE = 0.85
"""Share of the page's area from which evidence is the page itself, shown as such and not as a crop."""

_ANCHOR = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a finding: a title and its text in pieces; None = nothing to show."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding as shown, with its number on the pages."""

    number: int
    anchor: str
    finding: Finding
    field: str
    columns: tuple[Column, ...]
    opinion: str
    crops: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered box on a page picture."""

    number: int
    severity: str
    anchor: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class RequiredPlace:
    """A place that needs a seal: whose, what was found there, and how it was judged."""

    spec: RequiredSeal
    owner: str
    seals: tuple[Seal, ...]
    outcome: str
    messages: tuple[str, ...]


def anchor(finding_id: str) -> str:
    """A finding's id as an anchor: itself where it is plain, else a short hash of it (Excel breaks Chinese anchors)."""
    if _ANCHOR.fullmatch(finding_id):
        return finding_id
    return "f-" + hashlib.sha256(finding_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def may_be_shown(result: Result) -> bool:
    """Whether page pictures may stand in the report: never once a secrecy mark was found."""
    return all(finding.code != SECRET_CODE for finding in result.findings)


def finding_cards(result: Result, profile: Profile) -> tuple[FindingCard, ...]:
    """The findings, worst first, numbered from 1."""
    return tuple(_card(result, finding, number, profile) for number, finding in enumerate(in_order(result.findings), 1))


def undecided(result: Result) -> tuple[tuple[Verdict, ...], int]:
    """What could not be judged: the verdicts that stand in no finding, and the number of those that do (Q102)."""
    told = {verdict.id for finding in result.findings for verdict in doubted_by(finding, result)}
    listed = [verdict for verdict in result.verdicts if verdict.outcome is Outcome.UNDECIDED]
    alone = [verdict for verdict in listed if verdict.id not in told]
    alone.sort(key=lambda verdict: (verdict.code, verdict.subject, verdict.id))
    return tuple(alone), len(listed) - len(alone)


def doubted_by(finding: Finding, result: Result) -> tuple[Verdict, ...]:
    """The verdicts that a finding of doubt (Q102) leaves open; none of any other finding."""
    if finding.code != DOUBT_CODE:
        return ()
    about = finding.field or finding.subject
    return tuple(
        verdict
        for verdict in result.verdicts
        if verdict.outcome is Outcome.UNDECIDED and about in (verdict.field, verdict.subject)
    )


def grouped(verdicts: Iterable[Verdict]) -> tuple[tuple[Verdict, ...], ...]:
    """Verdicts that say the same, together.

    Twenty boxes of one lost page are one group, by their code; a seam that a grey copy can't show, of which four codes
    are open, is one as well, for the codes say the same of the same subjects.
    """
    by_code: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_code.setdefault((verdict.code, verdict.message), []).append(verdict)
    groups: dict[tuple[str, frozenset[str]], list[Verdict]] = {}
    for (_, message), listed in by_code.items():
        subjects = frozenset(verdict.subject for verdict in listed)
        groups.setdefault((message, subjects), []).extend(listed)
    return tuple(tuple(group) for group in groups.values())


def codes_of(group: Iterable[Verdict]) -> tuple[str, ...]:
    """The codes of a group, each once."""
    return tuple(dict.fromkeys(verdict.code for verdict in group))


def first_of_subjects(group: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """A verdict for each box or subject of a group."""
    return tuple({(verdict.subject, verdict.field): verdict for verdict in reversed(tuple(group))}.values())[::-1]


def marks_by_page(cards: Iterable[FindingCard]) -> dict[tuple[str, int], tuple[Mark, ...]]:
    """The numbered boxes of every page that carries evidence, in the pages' order of mention."""
    marks: dict[tuple[str, int], list[Mark]] = {}
    for card in cards:
        for place in card.finding.evidence:
            mark = Mark(card.number, card.finding.severity.value, card.anchor, place.bbox)
            marks.setdefault((place.file, place.page), []).append(mark)
    return {key: tuple(listed) for key, listed in marks.items()}


def required_places(result: Result, profile: Profile) -> tuple[RequiredPlace, ...]:
    """The places of this package that need a seal; seams and evidence documents have parts of their own."""
    if not result.package.pages:
        return ()
    return tuple(_required(result, spec) for spec in profile.package_seals if spec.place not in ELSEWHERE)


def pages_in_order(result: Result, marks: dict[tuple[str, int], tuple[Mark, ...]]) -> tuple[tuple[Page, ...], ...]:
    """The pages with marks, and the others."""
    with_marks = tuple(page for page in result.package.pages if (page.file, page.page) in marks)
    others = tuple(page for page in result.package.pages if (page.file, page.page) not in marks)
    return with_marks, others


def _card(result: Result, finding: Finding, number: int, profile: Profile) -> FindingCard:
    return FindingCard(
        number=number,
        anchor=anchor(finding.id),
        finding=finding,
        field=heading(finding.field, profile) if finding.field else "",
        columns=_columns(result, finding, profile),
        opinion=opinion(finding, profile),
        crops=tuple(place for place in finding.evidence if place.bbox.area < WHOLE_PAGE),
    )


def _columns(result: Result, finding: Finding, profile: Profile) -> tuple[Column, ...]:
    said = witnesses_of_finding(result, finding, profile)
    if said.online is None and said.editable is None:
        pairs = (("应为", finding.expected), ("现为", finding.found))
        if finding.code == DOUBT_CODE:
            pairs = (("纸质", finding.found), ("对照值", finding.expected))
        texts = {title: text for title, text in pairs if text is not None}
        return _compared(texts, first=pairs[0][0])
    said_by = (("纸质", said.paper), ("网上", said.online), ("可编辑版", said.editable))
    return _compared({title: text for title, text in said_by if text is not None}, first="纸质")


def _compared(texts: dict[str, str], first: str) -> tuple[Column, ...]:
    """Every text marked against the first one; the first against the first of the others that differs."""
    base = texts.get(first, "")
    rival = next((text for text in texts.values() if text != base), base)
    return tuple(
        Column(title, marked(text, rival if title == first else base) if text else (Piece(BLANK, False),))
        for title, text in texts.items()
    )


def _required(result: Result, spec: RequiredSeal) -> RequiredPlace:
    def belongs(place: str | None) -> bool:
        return place is not None and (place == spec.place or place.startswith((spec.place + ".", spec.place + ":")))

    package = result.package
    applicant = package.paper.text("applicant") if package.paper else ""
    judged = [verdict for verdict in result.verdicts if verdict.code.startswith("S") and belongs(verdict.subject)]
    order = tuple(Outcome)
    worst = min((verdict.outcome for verdict in judged), key=order.index, default=None)
    open_messages = [v.message for v in judged if v.outcome in (Outcome.FAILED, Outcome.UNDECIDED) and v.message]
    return RequiredPlace(
        spec=spec,
        owner=package.recommender if spec.owner == "recommender" else applicant,
        seals=tuple(seal for seal in package.seals if belongs(seal.place)),
        outcome=worst.value if worst else "",
        messages=tuple(dict.fromkeys(open_messages)),
    )
