"""One online filing as an Application, from texts by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.intake.headings import YUAN
from pipeline.model.application import Application, Field
from pipeline.model.evidence import Cell, Reading, Source
from pipeline.model.indicator import Indicator
from pipeline.notices.profile import Profile
from pipeline.values import fold, masked, normalise, normalise_directions, parse_moment
from pipeline.values.dates import excel_moment

RECORD_KEYS = ("no", "submitted_at", "status")
"""Of the filing itself, not of the application."""
OTHER_KINDS = {"recommender": "name", "taskbook": "text"}


@dataclass(frozen=True, slots=True)
class Filed:
    """A text of the export, where it stands, and its column's heading."""

    text: str
    cell: Cell
    heading: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator row, and what says whose it is."""

    number: str
    applicant: str
    indicator: Indicator


def application(
    values: Mapping[str, Filed], indicators: tuple[Indicator, ...], origin: str, profile: Profile
) -> Application:
    """The record of one filing; keys without a column are absent, blank cells are read and blank."""
    keys = [*(spec.key for spec in profile.fields), *OTHER_KINDS]
    fields = tuple(Field(key=key, reading=_reading(key, values[key], profile)) for key in keys if key in values)
    moment = values["submitted_at"].text if "submitted_at" in values else ""
    return Application(
        source=Source.ONLINE,
        fields=fields,
        indicators=indicators,
        number=(values["no"].text.strip() or None) if "no" in values else None,
        submitted_at=parse_moment(moment) or excel_moment(moment),
        status=values["status"].text.strip() if "status" in values else "",
        origin=origin,
    )


def indicator_row(values: Mapping[str, Filed], profile: Profile) -> IndicatorRow | None:
    """An indicator of the export; None where the row names no indicator."""
    name = values.get("name")
    if name is None or not name.text.strip():
        return None
    readings = {key: _text_reading(values[key]) for key in ("name", "current", "target", "note") if key in values}
    directions = _directions(_said(values, "direction"), profile)
    indicator = Indicator(
        direction=directions[0] if len(directions) == 1 else None,
        product=normalise("product", _said(values, "product")),
        cell=name.cell,
        **readings,
    )
    return IndicatorRow(_said(values, "no"), fold(_said(values, "applicant")), indicator)


def _said(values: Mapping[str, Filed], key: str) -> str:
    return values[key].text.strip() if key in values else ""


def _reading(key: str, filed: Filed, profile: Profile) -> Reading:
    spec = profile.field(key)
    kind = spec.kind if spec else OTHER_KINDS[key]
    value: str | tuple[int, ...]
    if kind == "directions":
        value = _directions(filed.text, profile)
    elif kind == "amount" and fold(filed.heading).endswith(fold(YUAN)):
        value = normalise(kind, f"{filed.text.strip()}元") if filed.text.strip() else ""
    else:
        value = normalise(kind, filed.text, spec.options if spec else ())
    return _filed_reading(value, filed)


def _text_reading(filed: Filed) -> Reading:
    return _filed_reading(normalise("text", filed.text), filed)


def _filed_reading(value: str | tuple[int, ...], filed: Filed) -> Reading:
    """A filed value; identity card numbers in it are masked."""
    shown = masked(value, ()) if isinstance(value, str) else value
    return Reading(value=shown, raw=masked(filed.text, ()), source=Source.ONLINE, cells=(filed.cell,))


def _directions(text: str, profile: Profile) -> tuple[int, ...]:
    return normalise_directions(text, {direction.number: direction.name for direction in profile.directions})
