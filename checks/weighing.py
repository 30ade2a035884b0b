"""From a comparison to a ruling: what a difference of a field means, running text included."""

from __future__ import annotations

from collections.abc import Sequence

from checks.certainty import Certainty, Ground, of_grounds
from checks.comparison import Comparison, Difference, excerpts
from checks.rule import Ruling, failed, passed, undecided
from pipeline.model.evidence import Place, Reading

HYPHEN_LOST = "行末的连字符可能没有读出"
LONG = 40
"""Characters from which on a value is shown by its differences, not whole."""


def weigh(
    code: str,
    subject: str,
    comparison: Comparison,
    *,
    found: Reading,
    expected: Reading,
    field: str | None = None,
    detail: str = "",
    places: Sequence[Place] = (),
    slight: bool = True,
) -> Ruling:
    """The ruling on a comparison of `found` (the paper, or what is to be put right) with `expected`.

    Grave differences fail. Slight ones (a character or two of running text) are doubt at most: they are looked at
    again, shown as Q102 if the paper surely says so, and else put down to the reader; where `slight` is false (the
    long task book) they are not looked into.
    """
    where = tuple(places) or found.places + expected.places
    if comparison.equal:
        return passed(code, subject, field=field, places=where, expected=_short(expected), found=_short(found))
    grave = [each for each in comparison.grave if not _a_readers_slip(each)]
    if grave:
        mine, other = show(grave, found, expected)
        if all(each.at_lines_end for each in grave):
            return undecided(
                code, subject, HYPHEN_LOST, field=field, expected=other, found=mine, places=where,
                grounds=_grounds(grave), doubt=True,
            )  # fmt: skip
        return failed(
            code, subject, field=field, expected=other, found=mine, places=where, detail=detail,
            grounds=_grounds(grave),
        )  # fmt: skip
    if not slight:
        return passed(code, subject, field=field, places=where, detail=_told(comparison.differences))
    return _slight(code, subject, comparison.differences, field, where)


def _a_readers_slip(difference: Difference) -> bool:
    """Whether letters that some faces print alike (AI, Al) stayed in doubt after they were looked at again."""
    return difference.by_a_hair and of_grounds((difference.ground,)) is Certainty.UNSURE


def show(differences: Sequence[Difference], found: Reading, expected: Reading) -> tuple[str, str]:
    """Both sides in words: whole if short, else the places where they part."""
    if max(len(found.text), len(expected.text)) <= LONG:
        return found.text, expected.text
    return excerpts(differences)


def _slight(
    code: str, subject: str, differences: Sequence[Difference], field: str | None, places: tuple[Place, ...]
) -> Ruling:
    mine, other = excerpts(differences)
    grounds = _grounds(differences)
    if of_grounds(grounds) is Certainty.UNSURE:
        return passed(
            code, subject, field=field, places=places, detail=f"相符（{len(differences)}处个别字识别不清，未计）"
        )
    return undecided(
        code, subject, f"正文个别字有出入：“{mine}”对“{other}”",
        field=field, expected=other, found=mine, places=places, grounds=grounds, doubt=True,
    )  # fmt: skip


def _told(differences: Sequence[Difference]) -> str:
    return f"相符（{len(differences)}处个别字不同或识别不清，未计）"


def _grounds(differences: Sequence[Difference]) -> tuple[Ground, ...]:
    return tuple(each.ground for each in differences)


def _short(reading: Reading) -> str | None:
    return reading.text if len(reading.text) <= LONG else None
