"""What the 核验单 of a package shows, gathered before a cell of it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.finding import Severity, Verdict
from pipeline.model.package import Result
from pipeline.notices.profile import Profile
from pipeline.reports.catalogue_words import catalogue_words
from pipeline.reports.finding_rows import applicant_of
from pipeline.reports.letter import advice
from pipeline.reports.report_view import (
    SECRET_CODE,
    FindingCard,
    codes_of,
    doubted_by,
    finding_cards,
    first_of_subjects,
    grouped,
    may_be_shown,
    undecided,
)
from pipeline.reports.required_items import Item, Numbered, page_refs, piece_items, seal_items
from pipeline.reports.witnesses import text_of
from pipeline.reports.wording import CONCLUSIONS, heading

MOST_TEXT = 160
"""Characters of a sentence: four lines on the sheet; the report has it whole."""
MOST_NAMES = 4
"""Subjects named in one sentence; the report names them all."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered sentence; of a finding the number is the report's. `pages` is "" where it points to none."""

    number: int
    severity: str
    text: str
    pages: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """All of it. `facts` are (label, text); `open` is what could not be judged and stands in no finding."""

    notice: str
    conclusion: str
    conclusion_word: str
    advice: str
    facts: tuple[tuple[str, str], ...]
    seals: tuple[Item, ...]
    pieces: tuple[Item, ...]
    sentences: tuple[Sentence, ...]
    open: tuple[Sentence, ...]


def checklist_of(result: Result, profile: Profile) -> Checklist:
    """The checklist of a judged package; of one with a secrecy mark, that mark's finding and the folder alone."""
    shown = may_be_shown(result)
    cards = [card for card in finding_cards(result, profile) if shown or card.finding.code == SECRET_CODE]
    groups = grouped(undecided(result)[0]) if shown else ()
    first = len(cards) + 1
    numbered = _numbered(result, cards, tuple(enumerate(groups, first)))
    ticked = shown and not result.error
    return Checklist(
        notice=profile.title,
        conclusion=result.conclusion,
        conclusion_word=CONCLUSIONS[result.conclusion],
        advice=advice(result),
        facts=_facts(result, profile, shown),
        seals=seal_items(result, numbered, profile) if ticked else (),
        pieces=piece_items(result, numbered, profile) if ticked else (),
        sentences=tuple(_sentence(result, card) for card in cards if card.finding.severity is not Severity.INFO),
        open=tuple(_open(result, group, number, profile) for number, group in enumerate(groups, first)),
    )


def _numbered(
    result: Result, cards: list[FindingCard], groups: tuple[tuple[int, tuple[Verdict, ...]], ...]
) -> Numbered:
    numbers = {verdict.id: number for number, group in groups for verdict in group}
    doubts = {verdict.id: card.number for card in cards for verdict in doubted_by(card.finding, result)}
    return Numbered(
        numbers=numbers | doubts | {card.finding.id: card.number for card in cards},
        severities={card.finding.id: card.finding.severity for card in cards},
    )


def _facts(result: Result, profile: Profile, shown: bool) -> tuple[tuple[str, str], ...]:
    """What the package is; of a stopped one only what its folder is called."""
    package = result.package
    folder = ("所在文件夹", package.identity)
    if not shown:
        return (folder,)
    witness = package.paper or result.online
    return (
        ("申报单位", applicant_of(result)),
        ("揭榜产品", text_of(witness, "product", profile) or ""),
        ("产品方向", text_of(witness, "directions", profile) or ""),
        ("推荐单位", package.recommender),
        ("申报编号", (result.online.number if result.online else None) or ""),
        folder,
    )


def _sentence(result: Result, card: FindingCard) -> Sentence:
    pages = page_refs(result, card.finding.evidence)
    return Sentence(card.number, card.finding.severity.value, _short(card.finding.message), pages)


def _open(result: Result, group: tuple[Verdict, ...], number: int, profile: Profile) -> Sentence:
    """Verdicts that say the same: what was tested, of what, and why it could not be told."""
    words, first = catalogue_words(profile), group[0]
    names = [words.subject(each.subject) or heading(each.field or "", profile) for each in first_of_subjects(group)]
    listed = "、".join(names[:MOST_NAMES]) + (f"等{len(names)}处" if len(names) > MOST_NAMES else "")
    titles = "".join(f"{words.title(code)}？" for code in codes_of(group))
    text = f"{listed}：{first.message or '看不准'}".rstrip("。") + f"（{titles}）"
    return Sentence(
        number, "undecided", _short(text), page_refs(result, [place for each in group for place in each.places])
    )


def _short(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}……（全文见核验页面）"
