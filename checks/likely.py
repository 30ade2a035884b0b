"""Whether a row that answers nothing by its name may be a missing reference indicator in words nobody expected."""

from __future__ import annotations

from pipeline.model.indicator import Indicator, Standing
from pipeline.model.quantity import Measure
from pipeline.notices.directions import ReferenceIndicator
from pipeline.notices.references import reference_value
from pipeline.notices.vocabulary import Vocabulary
from pipeline.values.levels import within

FOREWORDS = ("其他指标", "其它指标")
"""How the template opens the rows that applicants add (notice, annex 2)."""
SHARES = ("%", "‰")


def may_be(row: Indicator, reference: ReferenceIndicator, words: Vocabulary) -> bool:
    """Whether the row's goal is of the reference's kind and near it, and its name is no addition's."""
    if row.standing is not Standing.OWN or row.levels is None or _is_addition(row.name.text, words):
        return False
    measures = row.levels.target.measures if row.levels.target else ()
    wanted = reference_value(reference)
    if isinstance(wanted, Measure):
        return any(within(measure, wanted) for measure in measures)
    if reference.named_row:
        shares = {measure.unit in SHARES for measure in measures}
        return shares == {reference.name.endswith("率")}
    return not measures


def _is_addition(name: str, words: Vocabulary) -> bool:
    return name.startswith(FOREWORDS) or any(word in name for word in (*words.industrial, *words.levels.additions))
