"""Dates and moments as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import cn2an

from pipeline.values.characters import ascii_width, clean, without_blanks

_DIGITS = str.maketrans("〇○◯零OoCc一二三四五六七八九", "00000000123456789")
HAN_DIGIT = "〇○◯零一二三四五六七八九"
"""Characters of a Chinese figure, for a class of a regular expression."""
ZERO_LETTERS = "OoCc"
"""What readers and typists make of 〇 (a worn one is open); a digit only in a year that has Chinese digits besides."""
_NUMBER = rf"\d{{1,2}}|[{HAN_DIGIT}十廿卅]{{1,3}}"
_DATE = re.compile(r"(\d{4})(?:年|[-/.,])(\d{1,2})(?:月|[-/.,])(\d{1,2})(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_HAN_DATE = re.compile(
    rf"((?=[^年]*[{HAN_DIGIT}])[{HAN_DIGIT}{ZERO_LETTERS}\d]{{4}}|\d{{4}})年({_NUMBER})月({_NUMBER})[日号]"
)
_TIME = re.compile(
    r"(上午|下午|晚上|中午|凌晨)?(\d{1,2})(?:[:时点](\d{1,2})?)分?(?:[:]?(\d{1,2})秒?)?(?:\.\d+)?(am|pm)?Z?"
)


def parse_date(text: str) -> date | None:
    """The day that the text names, and nothing besides; None where it names none (`2021年 月 日`, `2021-02-30`)."""
    plain = _plain(text)
    match = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match:
        return _day(*(int(part) for part in match.groups()))
    match = _HAN_DATE.fullmatch(plain)
    if match:
        year, month, day = match.groups()
        return _day(int(year.translate(_DIGITS)), _han_number(month), _han_number(day))
    return None


def parse_moment(text: str) -> datetime | None:
    """The date and time that the text names (`2021/11/18 16:20`, `2021年11月18日下午4时20分`); else midnight."""
    plain = _plain(text).replace("T", "")
    start = _DATE.match(plain) or _COMPACT.match(plain) or _HAN_DATE.match(plain)
    day = parse_date(start.group()) if start else None
    if start is None or day is None:
        return None
    rest = re.sub(r"^[(]?(?:星期|周)[一二三四五六日天][)]?", "", plain[start.end() :])
    return datetime(day.year, day.month, day.day) if not rest else _with_time(day, rest)


def _with_time(day: date, text: str) -> datetime | None:
    match = _TIME.fullmatch(text)
    if not match:
        return None
    part, hour, minute, second, half = match.groups()
    hours = int(hour)
    if (part in ("下午", "晚上") or half == "pm") and hours < 12:
        hours += 12
    try:
        return datetime(day.year, day.month, day.day, hours, int(minute or 0), int(second or 0))
    except ValueError:
        return None


def _plain(text: str) -> str:
    # A blank between date and time must not glue digits together: 2021-11-12 16:20 keeps a T there.
    spaced = re.sub(r"(?<=\d)\s+(?=\d{1,2}[:：时])", "T", ascii_width(clean(text)).strip())
    return without_blanks(spaced)


def _han_number(text: str) -> int:
    if len(text) > 1 and not set(text) & set("十廿卅"):  # 一二 for 12
        return int(text.translate(_DIGITS))
    if text.isdigit():
        return int(text)
    words = text.replace("廿", "二十").replace("卅", "三十").lstrip("〇○◯零") or "零"
    try:
        return int(cn2an.cn2an(words, "normal"))
    except ValueError:
        return 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def excel_moment(text: str) -> datetime | None:
    """The date and time of an Excel serial number of this century (`44518.68` is 2021-11-18 16:19:12)."""
    if not re.fullmatch(r"[34-9]\d{4}(?:\.\d+)?", text.strip()):
        return None
    moment = datetime(1899, 12, 30) + timedelta(days=float(text))
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
