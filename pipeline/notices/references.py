"""A notice's reference values as the records that answers are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.model.quantity import DISTANCE, FIELD_OF_VIEW, PRECISION, SCENE, Comparator, Condition, Measure, Members
from pipeline.notices.directions import Condition as Asked
from pipeline.notices.directions import ReferenceIndicator
from pipeline.values.unit_names import canonical_unit

_KINDS = {"precision": (PRECISION, "{}"), "distance_m": (DISTANCE, "{} m"), "fov_deg": (FIELD_OF_VIEW, "{} °"),
          "scene": (SCENE, "{}"), "mode": (SCENE, "{}"), "network": (SCENE, "{}")}  # fmt: skip
"""Conditions of directions.yaml that say what a number holds under; the others say what it is asked of."""
_SIGNS = {sign.value: sign for sign in (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW)}


def reference_value(indicator: ReferenceIndicator) -> Measure | Members | None:
    """The reference as a quantity or a list; None where the notice gives none, or none that can be compared."""
    if isinstance(indicator.value, tuple):
        return Members(members=indicator.value)
    if not isinstance(indicator.value, Decimal):
        return None
    unit = canonical_unit(indicator.unit or "") if indicator.unit else ""
    if unit is None or indicator.op not in _SIGNS:
        return None
    value = indicator.value.normalize() + 0
    return Measure(
        comparator=_SIGNS[indicator.op], value=value, unit=unit, conditions=tuple(_conditions(indicator.condition))
    )


def _conditions(asked: Asked | None) -> Iterator[Condition]:
    for key, (kind, form) in _KINDS.items():
        value = getattr(asked, key, None)
        if value is not None:
            yield Condition(kind=kind, text=form.format(value))
