"""Figures that are no quantities: names with figures in them, ordinals, dates; and figures nobody can be sure of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.values.unit_names import TIMES_IN_WORDS, single_unit

NAME = "\1"
"""What a masked name is made of, so that positions stay."""
IMPLIED = {"QPS": "次/秒", "TPS": "次/秒", "FPS": "帧/秒", "MOS": "分"}
"""Names of quantities that are in one unit by definition."""
_STANDARD = r"(?:GB/T|GB/Z|GB|ISO/IEC|ISO|IEC|IEEE|ITU-T|YD/T|SJ/T|GA/T|JT/T|DB|AEC-Q|ASIL)[ -]?\d[\d.\-]*"
_LOOKALIKE = r"[lOoI][.\dOolI]*\d[OolI\d]*(?:ms|s|W|mW|dB|mm?|TOPS|TFLOPS|h|%|‰|°|℃|[种个类款])(?![A-Za-z])"
"""A misread number: l00ms, O.5%."""
_NAMES = re.compile(
    rf"(?<![A-Za-z0-9]){_STANDARD}"
    rf"|(?<![A-Za-z0-9])(?!(?:{'|'.join(IMPLIED)}|FOV)\d|{_LOOKALIKE})[A-Za-z]+[-.+]*\d[A-Za-z0-9.\-+]*"
    r"|(?<![\d.A-Za-z])[2-4][Dd](?![A-Za-z/])|(?<![\d.A-Za-z])[2-6]G(?![A-Za-z/])|(?<![\d.A-Za-z])[248][Kk](?![A-Za-z/Ω欧])"
    r"|(?<![\d.])\d{3,4}[Pp](?![A-Za-z])"
    r"|第\d+|[近前过去未来]{1,2}[\d一两二三四五六七八九十]+年"
    r"|(?:19|20)\d\d[-~至到](?:19|20)\d\d年?|(?:19|20)\d\d\.\d{1,2}(?:\.\d{1,2})?(?![\d%])|\d{1,2}月\d{1,2}日"
    r"|(?:(?<=[\n;。])|^)\(?\d{1,2}[、.)](?!\d)"
)
_NUMBER = r"(?<![\d.])\d[\d.]*"
_UNSURE = re.compile(
    rf"{_NUMBER}[×xX*]{_NUMBER}(?![\d.^⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺])(?:小时|h)?|{_NUMBER}:{_NUMBER}|{_NUMBER}(?:[、/]{_NUMBER})+(?![\d.])"
    r"|\d，\d{3}(?!\d)|\d+。\d+"
    r"|零下|[一二三四五六七八九十\d]+分之[一二三四五六七八九十\d]+"
    r"|[十百千万]几|[一二两三四五六七八九\d]成(?![为功立本员果熟套长])"
    r"|(?:数|几|上|成|若干|好几)[十百千万亿]+(?=[个种类款项台套条张路人名家件次毫微纳秒分小天年元厘米千公兆帧])"
)
_BLOB = re.compile(r"\d[\d.]*(?:,[\d.]+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POWER = re.compile(r"[×xX*]10(?:\^|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹])")
_TIME = "秒钟?|分钟|小时|天|日|周|年|min|s|h"
_EVERY = re.compile(
    rf"(?<![帧米次件里张元个])每(\d*)个?({_TIME}|瓦(?!特))|(?<![\d.每/])(\d+)(小时|天|h)内?(?=[^\d，,。;\n]{{0,12}}\d+(?:\.\d+)?次)"
)


def without_names(text: str) -> str:
    """The text with names that hold figures masked."""
    return _NAMES.sub(lambda match: NAME * len(match.group()), text)


def unsure_figures(text: str) -> Iterator[tuple[int, int]]:
    """Where figures stand that are no single number: resolutions, ratios, lists that share a unit, 数十, `99,9`."""
    for match in _UNSURE.finditer(text):
        if not _POWER.search(match.group() + text[match.end() : match.end() + 1]):
            yield match.span()
    for match in _BLOB.finditer(text):
        if not _THOUSANDS.fullmatch(match.group().rstrip(".")):
            yield match.span()


def rates(text: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Where 每秒, 每24小时, 24小时内…次 stand and the denominator they make, and the text with them masked by NULs."""
    found: list[tuple[int, str]] = []
    for match in _EVERY.finditer(text):
        factor, written = match.group(1) or match.group(3), match.group(2) or match.group(4)
        unit = single_unit(written) or ""
        name = f"{factor}{TIMES_IN_WORDS[unit]}" if factor else unit
        found.append((match.start(), name))
        text = text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]
    return tuple(found), text
