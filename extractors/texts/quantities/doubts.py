"""Whether a number can be believed: what stands beside it, and whether it tells of a change."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.texts.quantities.comparators import behind
from extractors.texts.quantities.masks import IMPLIED
from extractors.texts.quantities.scanned import CHANGE, DIVIDER, MAY_FOLLOW, NO_NUMBER, SCALE, UNKNOWN_UNIT, Scanned
from pipeline.model.quantity import Comparator
from pipeline.values.unit_names import COUNTERS

_MAY_NOT_FOLLOW = re.compile(r"[A-Za-z0-9≤≥<>=+*×^²³%‰.·\-]|半|[多余](?![模种个路项场源媒通任语维])| \d|\0+[+×]")
_TAIL = re.compile(r"[ ×xX*·]?[\d.]+(?:[A-Za-z%°℃]+|[一-鿿])?")
_CHANGE = "提升|提高|增长|增加|上升|降低|下降|减少|缩短|缩减|节省|节约|加快|改善|领先|增幅|降幅|涨幅|高出|(?<!最)高|快"
_CHANGED_BY = re.compile(rf"(?:{_CHANGE})(?:了|幅度|比例)?$")
_CHANGED = re.compile(r"(?:提升|提高|增长|增加|上升|降低|下降|减少|缩短|缩减|节省|节约|领先|超出|高出)(?![至到为后])")
_RELATIVE = re.compile(r"同比|环比|相比|相较|较(?=[上现原传统国同前2去人])|比(?=[上现原传国同前去人])")
_CHANGE_BEHIND = re.compile(r"的?[^，,。;\d]{0,6}?(?:提升|提高|增长|降低|下降|减少|节省|缩短)(?![至到为])")
_RATIOS = ("%", "倍", "百分点", "‰")
_LETTER, _LATIN_WORD = re.compile(r"[A-Za-z0-9.]$"), re.compile(r"[A-Za-z] $")
_UNIT_NAME = re.compile(rf"(?:{'|'.join(IMPLIED)}|FOV) ?$")
_ATTACHED = re.compile(r"[^\s:，,。;(\0]$")
_CURRENCY = re.compile(r"[¥￥$]$")
_COLD = ("℃", "dB", "dBm", "V", "°")
"""Units in which a level may be negative."""


def checked(text: str, match: re.Match[str], found: Scanned) -> Scanned:
    """The number, or why it can't be believed: what stands beside it, or that it tells of a change."""
    if reason := _ahead(text[: match.start()], match, found) or _level(text, found):
        return replace(found, reason=reason)
    if _MAY_NOT_FOLLOW.match(text, found.end) and not _next_number(text, found):
        tail = _TAIL.match(text, found.end)
        return replace(found, end=tail.end() if tail else found.end, reason=UNKNOWN_UNIT)
    if not found.unit and not _may_be_bare(text, match, found):
        return replace(found, reason=UNKNOWN_UNIT)
    return replace(found, reason=CHANGE) if _is_change(text, found) else _implied(text, found)


def _next_number(text: str, found: Scanned) -> bool:
    """Whether what follows is another number: behind a blank, or behind a count of things (5家6款)."""
    counted = found.unit in COUNTERS and text[found.end : found.end + 1].isdigit()
    return bool(found.unit) and (text.startswith(" ", found.end) or counted)


def _ahead(ahead: str, match: re.Match[str], found: Scanned) -> str:
    """Why what stands before the number makes it doubtful: a letter, a word in Latin, a dash, a currency."""
    if _CURRENCY.search(ahead):
        return UNKNOWN_UNIT
    letter = (not match.group("words") and _LETTER.search(ahead)) or (not found.unit and _LATIN_WORD.search(ahead))
    dash = match.group("sign") == "-" and found.unit not in _COLD and _ATTACHED.search(ahead)
    return NO_NUMBER if dash or (letter and not _UNIT_NAME.search(ahead)) else ""


def _level(text: str, found: Scanned) -> str:
    """`10ms级`, `厘米级` tell an order of magnitude."""
    return UNKNOWN_UNIT if text.startswith("级", found.end) and found.unit not in COUNTERS else ""


def _may_be_bare(text: str, match: re.Match[str], found: Scanned) -> bool:
    """Whether a number without a unit ends where numbers end, or is a count by its own words (千亿级, 10以上)."""
    if MAY_FOLLOW.match(text, found.end) or behind(text, match.end()).comparator is not None:
        return True
    return bool(SCALE.search(text, match.end(), found.end))


def _is_change(text: str, found: Scanned) -> bool:
    clause = _clause(text, found.start)
    if _CHANGED_BY.search(clause) and found.comparator is not Comparator.REACHES:
        return True
    told = _CHANGED.search(clause) or _RELATIVE.search(clause) or _CHANGE_BEHIND.match(text, found.end)
    return found.unit in _RATIOS and bool(told)


def _clause(text: str, position: int) -> str:
    """What stands before a position in its clause."""
    return DIVIDER.split(text[:position])[-1]


def _implied(text: str, found: Scanned) -> Scanned:
    """A bare number behind QPS or MOS is in their unit; 近3年 is a time, not about three years."""
    if found.comparator is Comparator.ABOUT and found.unit in ("年", "月", "周", "天") and text[found.start] == "近":
        return replace(found, reason=NO_NUMBER)
    if found.unit:
        return found
    clause = _clause(text, found.start).upper()
    unit = next((unit for name, unit in IMPLIED.items() if name in clause), "")
    return replace(found, unit=unit)
