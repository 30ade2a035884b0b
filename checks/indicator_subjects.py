"""What a verdict on a row of the indicator table is about: the reference it answers, or the row by its number."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.indicator import Indicator
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.profile import Profile


def references_of(profile: Profile) -> Mapping[str, ReferenceIndicator]:
    """All reference indicators of a notice by id."""
    return {each.id: each for direction in profile.directions for each in direction.references}


def answered_by(row: Indicator, references: Mapping[str, ReferenceIndicator]) -> tuple[ReferenceIndicator, ...]:
    """The reference indicators that a row answers."""
    return tuple(references[match.reference] for match in row.answers if match.reference in references)


def subject_of(number: int, row: Indicator, references: Mapping[str, ReferenceIndicator]) -> str:
    """The one reference indicator's name; of other rows their number, since a name may be read anew."""
    titles = {each.title for each in answered_by(row, references)}
    return titles.pop() if len(titles) == 1 else f"row@{number}"
