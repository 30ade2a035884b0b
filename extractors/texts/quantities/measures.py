"""Numbers of a text one after another, each with comparator, range and unit; whatever is unsure comes as undecided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.texts.quantities.comparators import Bound, before, behind, combine
from extractors.texts.quantities.doubts import checked
from extractors.texts.quantities.numbers import MULTIPLIERS, NUMBER, NUMERAL, multiplier, number, numeral
from extractors.texts.quantities.scanned import (
    CLASH,
    DIVIDER,
    MAY_FOLLOW,
    NO_NUMBER,
    RANGE,
    SCALE,
    UNKNOWN_UNIT,
    Scanned,
)
from extractors.texts.quantities.written_units import unit_at
from pipeline.model.quantity import Comparator
from pipeline.values.unit_names import joined

_VALUE = re.compile(
    rf"(?P<share>(?:百|千|万|十万|百万|千万|亿)分之)?(?P<sign>±|\+/-|[-+])?(?:(?P<figures>{NUMBER})|(?P<words>{NUMERAL}))"
)
_BETWEEN = re.compile(rf"(?P<joint>±|[-~至到]+)(?P<sign>[-+])?(?:(?P<figures>{NUMBER})|(?P<words>{NUMERAL}))")
_MORE = re.compile(r"[多余]")
_ORDINAL_BEFORE = "统第万唯同专单逐之不某每进任几数好若成周期"
_LEFT = re.compile(r"\d[\d.,]*|(?<![A-Za-z])(?:[TGP](?:FL)?OPS(?:/W)?(?![A-Za-z])|[%‰℃°])")
_SHARES = {"百分之": ("%", 1), "千分之": ("‰", 1), "万分之": ("‰", 10), "十万分之": ("‰", 100),
           "百万分之": ("‰", 1000), "千万分之": ("‰", 10**4), "亿分之": ("‰", 10**5)}  # fmt: skip
"""How a share is said in words: its unit, and what the number is divided by."""
_WORDLESS = ("分", "点", "元", "线", "层", "字")
"""Units that make other words with a Chinese numeral (十分, 三点, 一线): believed only behind a comparator."""


def scan(text: str, rates: tuple[tuple[int, str], ...] = ()) -> Iterator[Scanned]:
    """Every number of a masked plain text; `rates` are the places of 每秒 and the like with their denominators."""
    position = 0
    while match := _VALUE.search(text, position):
        found = _quantity(text, match)
        if found is None:
            position = match.end() if match.group("words") else max(match.end(), position + 1)
            continue
        yield _with_rate(text, found, rates, position)
        position = max(found.end, match.end())


def _quantity(text: str, match: re.Match[str]) -> Scanned | None:
    bound = before(text, match.start())
    if match.group("words"):
        found = _in_words(text, match, bound)
    else:
        found = _in_figures(text, match, bound)
    if found is None or found.reason:
        return found
    return checked(text, match, found)


def _in_words(text: str, match: re.Match[str], bound: Bound) -> Scanned | None:
    """A Chinese numeral counts where a unit or 级 follows; 一, 二, 十分 are words unless something bounds them."""
    words, end = match.group("words"), match.end()
    value = numeral(words)
    told = bound.comparator is not None and bound.comparator is not Comparator.REACHES
    share = bool(match.group("share"))
    if value is None or (not share and text[match.start() - 1 : match.start()] in tuple(_ORDINAL_BEFORE)):
        return None
    unit = unit_at(text, end + len(_more(text, end)))
    scaled = words in MULTIPLIERS and bool(SCALE.match(text, end))
    counts = bool(unit.name or share or scaled or _BETWEEN.match(text, end))
    weak = words in ("一", "二") or (len(words) == 1 and words in MULTIPLIERS and not scaled)
    if (weak or unit.name in _WORDLESS) and not told and not share:
        return None
    if not counts and not (told and MAY_FOLLOW.match(text, end)):
        return Scanned(bound.position, end, reason=NO_NUMBER) if told else None
    return _finished(text, match, bound, value)


def _in_figures(text: str, match: re.Match[str], bound: Bound) -> Scanned:
    value = number(match.group("figures"))
    if value is None:
        return Scanned(bound.position, match.end(), reason=NO_NUMBER)
    return _finished(text, match, bound, value)


def _more(text: str, position: int) -> str:
    match = _MORE.match(text, position)
    return match.group() if match else ""


def _finished(text: str, match: re.Match[str], bound: Bound, value: Decimal) -> Scanned:
    """The number with its unit, the other end of its range, and the comparator behind it."""
    written = match.group("figures") or match.group("words")
    many = _more(text, match.end())
    end = match.end() + len(many)
    name: str | None
    if match.group("share"):
        name, divisor = _SHARES[match.group("share")]
        value /= divisor
    else:
        name, end = _unit(text, end, written)
    low = -value if match.group("sign") == "-" else value
    found = Scanned(bound.position, end, low, unit=name or "", comparator=bound.comparator)
    found = replace(found, tolerance=match.group("sign") in ("±", "+/-"))
    reason = UNKNOWN_UNIT if name is None else CLASH if bound.clash else ""
    found = _ranged(text, replace(found, reason=reason), written)
    after = behind(text, found.end)
    comparator, clash = combine(found.comparator, after.comparator)
    if many:
        comparator, bad = combine(Comparator.ABOVE, comparator)
        clash = clash or bad
    if found.upper is not None and comparator not in (None, Comparator.REACHES):
        return replace(found, end=after.position, reason=found.reason or RANGE)
    return replace(found, end=after.position, comparator=comparator, reason=found.reason or (CLASH if clash else ""))


def _unit(text: str, position: int, written: str) -> tuple[str | None, int]:
    if (multiplier(written) or written in MULTIPLIERS) and (scale := SCALE.match(text, position)):
        return "", scale.end()
    unit = unit_at(text, position)
    return unit.name, unit.end


def _ranged(text: str, low: Scanned, written: str) -> Scanned:
    match = _BETWEEN.match(text, low.end)
    if not match:
        return low
    upper = number(match.group("figures")) if match.group("figures") else numeral(match.group("words"))
    written_upper = match.group("figures") or match.group("words")
    name, end = _unit(text, match.end(), written_upper)
    if upper is None or name is None or (low.unit and name != low.unit):
        return replace(low, end=end, reason=RANGE)
    if match.group("joint") == "±":
        return replace(low, value=low.value - upper, upper=low.value + upper, unit=name, end=end, reason="")
    upper = -upper if match.group("sign") == "-" else upper
    value = _same_scale(low.value, written, upper, written_upper) if not low.unit else low.value
    reason = "" if value < upper and "±" not in written else RANGE
    return replace(low, value=value, upper=upper, unit=name, end=end, reason=(low.reason and UNKNOWN_UNIT) or reason)


def _same_scale(low: Decimal, written: str, upper: Decimal, written_upper: str) -> Decimal:
    """`10~20万` is 100000 to 200000; `5000~1万` is 5000 to 10000."""
    word = multiplier(written_upper)
    if not word or multiplier(written) or low >= upper / MULTIPLIERS[word]:
        return low
    return low * MULTIPLIERS[word]


def _with_rate(text: str, found: Scanned, rates: tuple[tuple[int, str], ...], since: int) -> Scanned:
    place = next((rate for rate in reversed(rates) if since <= rate[0] < found.end), None)
    if place is None or found.reason or DIVIDER.search(text, place[0], found.start):
        return found
    if not found.unit or "/" in found.unit:
        return replace(found, reason=UNKNOWN_UNIT)
    return replace(found, unit=joined(found.unit, place[1]))


def shared_bounds(text: str, numbers: Sequence[Scanned]) -> Iterator[Scanned]:
    """A number of a list without a comparator has that of the one before it (`达到32TFLOPS、64TFLOPS`)."""
    last: Scanned | None = None
    for each in numbers:
        if last and not each.comparator and each.upper is None and _is_next(text, last, each):
            each = replace(each, comparator=last.comparator)
        yield each
        last = each


def _is_next(text: str, last: Scanned, each: Scanned) -> bool:
    return text[last.end : each.start].strip("\0 ") in ("、", "/", ",") and _family(last.unit) == _family(each.unit)


def _family(unit: str) -> str:
    return "OPS" if unit.endswith("OPS") else unit


def left_over(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Figures of the plain text that no number accounts for, and units that stand without a number."""
    for match in _LEFT.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield match.span()
