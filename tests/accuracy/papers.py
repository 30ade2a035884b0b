"""What a package's papers say beside the form's boxes: indicators, task books, the commitment, other mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from itertools import zip_longest
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.notices.profile import Profile
from pipeline.values import normalise, word_count
from samples.truth import IndicatorTruth, PackageTruth
from tests.accuracy.tally import Tally

CELLS = ("name", "current", "target", "note")
TEXT_CELLS = (*CELLS, "product")
SAME_ROW = 0.6
"""Least likeness of a row as read to a truth's row: name, level and goal together."""
SAME_COUNT = 0.01
"""Share by which a section's words may differ: punctuation that two ways of printing set differently."""

Result = Mapping[str, Any]
Figures = MutableMapping[str, Tally]


def score_papers(figures: Figures, truth: PackageTruth, result: Result, profile: Profile) -> None:
    """Every figure of this module for one package."""
    score_indicators(figures, truth, result)
    score_taskbook(figures, truth, result, profile)
    score_commitment(figures, truth, result)
    score_mentions(figures, truth, result)


def score_indicators(figures: Figures, truth: PackageTruth, result: Result) -> None:
    """Rows in their places, and the cells of each row that was found."""
    read = result["indicators"]
    for due, row in _aligned(truth.indicators, read):
        where = f"{truth.identity} {due.name if due else ''}"
        figures["indicator rows in place"].add(due is not None and row is not None, f"{where} {due} -> {row}")
        if due is None or row is None:
            continue
        figures["indicator direction"].add(row["direction"] == due.direction, f"{where} -> {row['direction']}")
        for key in TEXT_CELLS:
            expected, said = normalise("text", getattr(due, key)), row[key]
            figures[f"indicator {key}"].add(said == expected, f"{where} {key}: {expected!r} -> {said!r}")


def _aligned(
    due: Sequence[IndicatorTruth], read: Sequence[Result]
) -> Iterator[tuple[IndicatorTruth | None, Result | None]]:
    """Truth's rows and rows read, pair by pair in order; what has no partner stands alone."""
    told = [[row.name, row.current, row.target] for row in due]
    said = [[row["name"] or "", row["current"] or "", row["target"] or ""] for row in read]
    edits = Levenshtein.opcodes([_label(row, told) for row in told], [_label(row, told) for row in said])
    for edit in edits:
        yield from zip_longest(due[edit.src_start : edit.src_end], read[edit.dest_start : edit.dest_end])


def _label(row: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Which of the truth's rows a row is; a number of its own where it is none."""
    likeness = [Levenshtein.normalized_similarity("|".join(row), "|".join(other)) for other in rows]
    best = max(likeness, default=0.0)
    return likeness.index(best) if best >= SAME_ROW else -1


def score_taskbook(figures: Figures, truth: PackageTruth, result: Result, profile: Profile) -> None:
    """Task books counted, their sections found, and each section's words."""
    books = result["taskbooks"]
    figures["task books"].add(len(books) == bool(truth.taskbook), f"{truth.identity} {len(books)}")
    found = {section["heading"]: section for section in (books[0]["sections"] if books else ())}
    for part in profile.taskbook_sections:
        text = truth.taskbook.get(part.id)
        if text is None:
            continue
        section, where = found.get(part.heading), f"{truth.identity} {part.id}"
        figures["task book sections"].add(section is not None, where)
        if section is not None:
            due = word_count(text)[0]
            right = abs(section["words"] - due) <= SAME_COUNT * due
            figures["task book words"].add(right, f"{where} {due} -> {section['words']}")


def score_commitment(figures: Figures, truth: PackageTruth, result: Result) -> None:
    """The commitment's blanks."""
    for key, value in truth.fields.items():
        if key.startswith("commitment_"):
            said = result["fields"].get(key, {}).get("value")
            figures["commitment fields"].add(said == value, f"{truth.identity} {key}: {value!r} -> {said!r}")


def score_mentions(figures: Figures, truth: PackageTruth, result: Result) -> None:
    """Other places of a key: each said where it stands, and nothing said of a key that stands nowhere."""
    due = Counter((each.key, each.section, _plain(each.value)) for each in truth.mentions)
    said = Counter((each["key"], each["section"], _plain(each["value"])) for each in result["mentions"])
    for mention in due.elements():
        figures["mentions"].add(mention in said, f"{truth.identity} {mention}")
    for mention in said:
        printed = _plain(truth.fields.get(mention[0], ""))
        figures["mentions said"].add(mention in due or mention[2] == printed, f"{truth.identity} {mention}")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else "、".join(str(number) for number in value or ())
