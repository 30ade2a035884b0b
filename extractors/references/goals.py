"""How a row's goal sits with what a reference indicator asks for: its quantity, size and bound."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from extractors.levels import statement_of
from extractors.texts.quantities import read_heading
from pipeline.model.indicator import Indicator
from pipeline.model.quantity import Comparator, Measure, Members
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.references import reference_value
from pipeline.values import fold
from pipeline.values.levels import SHARES, Direction, under, within
from pipeline.values.unit_names import COUNTERS

FAR = Decimal(30)
"""A goal beyond this factor is no goal for the reference: not even a slip of units' prefixes is less."""
HALF = 0.5
"""Of the members of a list, named in a goal, it is a goal for that list."""
_BOUNDED: dict[Comparator | None, Direction] = {
    Comparator.AT_LEAST: "higher", Comparator.ABOVE: "higher", Comparator.AT_MOST: "lower", Comparator.BELOW: "lower",
}  # fmt: skip


class Fit(StrEnum):
    """Whether a goal speaks for an indicator, says nothing of it, or is of something else."""

    FITS = "fits"
    OPEN = "open"
    CONTRARY = "contrary"


def measures_of(row: Indicator) -> tuple[Measure, ...]:
    """The quantities of a row's goal, in the units that its name gives where they have none; () where in doubt."""
    heading = read_heading(row.name.text)
    statement = statement_of(row.target, heading)
    return tuple(under(heading, measure) for measure in statement.measures) if statement else ()


def fit(measures: Sequence[Measure], target: str, reference: ReferenceIndicator, measured: bool) -> Fit:
    """How a goal with these quantities, and this text, sits with a reference indicator.

    `measured`: whether its name is that of a quantity, though the notice may give no value for it.
    """
    wanted = reference_value(reference)
    if isinstance(wanted, Measure):
        return _of_quantity(measures, wanted, reference.better)
    if isinstance(wanted, Members):
        return _of_list(measures, target, wanted)
    if reference.named_row and measures:
        return Fit.OPEN if may_measure(reference.name, measures) else Fit.CONTRARY
    physical = any(measure.unit and measure.unit not in (*SHARES, *COUNTERS) for measure in measures)
    return Fit.CONTRARY if physical and not measured else Fit.OPEN


def may_measure(name: str, measures: Sequence[Measure]) -> bool:
    """Whether quantities may be those of a name for which the notice gives no value: 率 is a share, 性 may be one."""
    shares = {measure.unit in SHARES for measure in measures}
    return name.endswith("性") or shares == {name.endswith("率")}


def _of_quantity(measures: Sequence[Measure], wanted: Measure, better: Direction | None) -> Fit:
    if not measures:
        return Fit.OPEN
    fits = [_one(measure, wanted, better) for measure in measures]
    return next(each for each in (Fit.FITS, Fit.OPEN, Fit.CONTRARY) if each in fits)


def _one(measure: Measure, wanted: Measure, better: Direction | None) -> Fit:
    if better is not None and _BOUNDED.get(measure.comparator) not in (None, better):
        return Fit.CONTRARY
    if within(measure, wanted):
        return Fit.FITS
    unsaid = bool(wanted.unit) and not measure.unit
    return Fit.OPEN if unsaid or within(measure, wanted, FAR) else Fit.CONTRARY


def _of_list(measures: Sequence[Measure], target: str, wanted: Members) -> Fit:
    text = fold(target)
    named = sum(fold(member) in text for member in wanted.members)
    if named >= HALF * len(wanted.members):
        return Fit.OPEN if measures else Fit.FITS
    return Fit.CONTRARY if measures and not named else Fit.OPEN
