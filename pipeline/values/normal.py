"""A value's normalised form by the kind of its box (contract, section 4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.values.amounts import amount, count, plain_decimal
from pipeline.values.characters import clean, fold, half_width, join_lines
from pipeline.values.choices import normal_choice
from pipeline.values.codes import normal_code
from pipeline.values.contacts import normal_email, normal_fax, normal_mobile
from pipeline.values.dates import parse_date

YES_NO = ("是", "否")
_UNFILLED = re.compile(r"[\s_　]*")
_UNFILLED_DATE = re.compile(r"[\s_　]*年?[\s_　]*月?[\s_　]*日?[\s_　]*")


def normalise(kind: str, raw: str, options: Sequence[str] = ()) -> str:
    """The value of a box of the given kind (`FieldSpec.kind`); what can't be read as that kind stays as it stands.

    A box with nothing but blanks or a line to write on is "".
    """
    if _UNFILLED.fullmatch(raw):
        return ""
    if kind in ("choice", "yesno"):
        return normal_choice(raw, options or (YES_NO if kind == "yesno" else ()))
    return _KINDS.get(kind, _text)(raw)


def is_blank_word(text: str, words: Sequence[str]) -> bool:
    """Whether the text is one of the words that say 'nothing here' (无, /, —)."""
    folded = fold(text)
    return bool(folded) and folded in {fold(word) for word in words}


def _text(raw: str) -> str:
    return join_lines(half_width(clean(raw)))


def _number(parse: Callable[[str], Decimal | None]) -> Callable[[str], str]:
    def normal(raw: str) -> str:
        number = parse(raw)
        return _text(raw) if number is None else plain_decimal(number)

    return normal


def _date(raw: str) -> str:
    if _UNFILLED_DATE.fullmatch(raw):
        return ""
    day = parse_date(raw)
    return _text(raw) if day is None else day.isoformat()


_KINDS: dict[str, Callable[[str], str]] = {
    "amount": _number(amount),
    "count": _number(count),
    "code": normal_code,
    "mobile": normal_mobile,
    "fax": normal_fax,
    "email": normal_email,
    "date": _date,
}
