"""The unit behind a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.values.unit_names import TIMES_IN_WORDS, chinese_names, joined, single_unit

BARE_TERA = "T"
"""A T alone: TOPS or TFLOPS, if the precision says which."""
_LATIN = re.compile(r"[%‰°℃]|[A-Za-zμΩ]+")
_NOT_BEFORE = {
    "人": "脸工体群机类员像声", "分": "之类布辨别析散级层割", "级": "联", "路": "径线由", "条": "件", "点": "云",
    "字": "节符", "层": "次", "线": "性上下程", "门": "禁", "类": "型别似", "名": "称", "个": "性体半", "项": "目",
    "片": "段", "组": "件合", "天": "线", "元": "素", "种": "类子植", "家": "庭用", "次": "元级", "核": "心",
    "轮": "廓", "户": "外", "例": "如", "台": "阶", "日": "志常", "周": "期边", "年": "龄", "安": "全装",
    "伏": "特加", "克": "隆", "块": "链", "句": "柄", "篇": "幅", "帧": "率", "卡": "片",
}  # fmt: skip
"""Characters that make a word of another meaning with the counter before them."""
_CHINESE = re.compile(
    "|".join(f"{name}(?![{_NOT_BEFORE[name]}])" if name in _NOT_BEFORE else re.escape(name) for name in chinese_names())
)
_DENOMINATOR = re.compile(r"[/每](\d*)")
_LETTER = re.compile("[A-Za-zμΩ]")
_ANGLES = re.compile(r"角|全向|视场|旋转|俯仰|云台|方位|FOV|[环周]视|转动|偏航", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A canonical name, "" for none, None for something that is no unit for sure; and where it ends."""

    name: str | None
    end: int


def speaks_of_angles(text: str) -> bool:
    """Whether 度 beside a number in this text, or under it as a heading, is an angle's."""
    return _ANGLES.search(text) is not None


def unit_at(text: str, position: int) -> WrittenUnit:
    """The unit that starts at a position, with its denominator."""
    first = _single_at(text, position)
    if not first.name:
        return first
    match = _DENOMINATOR.match(text, first.end)
    if not match:
        return first
    second = _single_at(text, match.end())
    if not second.name:
        return WrittenUnit(None, first.end) if _LETTER.match(text, match.end()) else first
    if match.group(1) and second.name not in TIMES_IN_WORDS:
        return first
    name = f"{match.group(1)}{TIMES_IN_WORDS[second.name]}" if match.group(1) else second.name
    whole = single_unit(text[position : second.end])
    return WrittenUnit(whole or joined(first.name, name), second.end)


def _single_at(text: str, position: int) -> WrittenUnit:
    if latin := _LATIN.match(text, position):
        return _latin(text, latin)
    if chinese := _CHINESE.match(text, position):
        return WrittenUnit(single_unit(chinese.group()), chinese.end())
    if text.startswith("度", position):
        return WrittenUnit("°" if speaks_of_angles(text) else None, position + 1)
    return WrittenUnit("", position)


def _latin(text: str, match: re.Match[str]) -> WrittenUnit:
    written, end = match.group(), match.end()
    if written == "K" and (chinese := re.compile("欧姆?").match(text, end)):
        return WrittenUnit("kΩ", chinese.end())
    if written == BARE_TERA:
        return WrittenUnit(BARE_TERA, end)
    if text.startswith("级", end) or text[end : end + 1] in ("²", "³", "^", "2", "3"):
        return WrittenUnit(None, end)
    longer = re.compile(r"FLOP/s").search(written + text[end : end + 2])
    if longer:
        return WrittenUnit(single_unit(written + "/s"), end + 2)
    return WrittenUnit(single_unit(written), end)
