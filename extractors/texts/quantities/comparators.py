"""Words and signs that bound a number, before it and behind it.

以上, 以下, 以内 include the number; 超过, 大于, 不满 exclude it (Civil Code, article 1259).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model.quantity import Comparator

_BEFORE = {
    Comparator.AT_LEAST: """
        ≥ 不低于 不小于 不少于 不短于 不弱于 不亚于 不得低于 不得少于 不应低于 不应少于 不应小于 至少 至少达到
        至少覆盖 至少支持 最少 大于等于 大于或等于
    """,
    Comparator.ABOVE: "> 大于 高于 多于 超过 超 超出 突破 长于 超越",
    Comparator.AT_MOST: """
        ≤ 不高于 不大于 不超过 不多于 不长于 不得超过 不得高于 不得大于 不应超过 不应大于 不应高于 最多 至多
        小于等于 小于或等于 控制在
    """,
    Comparator.BELOW: "< 小于 低于 少于 短于 不到 不足 不满 未满",
    Comparator.BETTER: "优于 好于",
    Comparator.REACHES: """
        达到 达 可达 可达到 达成 提升至 提升到 提高到 提高至 降至 降到 降低至 降低到 缩短至 缩短到 减少到 减少至
        增至 增加到 增加至 扩展到 扩大到 扩展至 实现 不劣于 不差于 不逊于
    """,
    Comparator.ABOUT: "约 大约 大概 近 接近 将近 约为 约等于 ≈ ~",
}
_BEHIND = {
    Comparator.AT_LEAST: "以上 及以上 或以上 及其以上 含以上 起",
    Comparator.AT_MOST: "以内 之内 及以内 以下 及以下 或以下 及其以下 内",
    Comparator.ABOUT: "左右 上下",
}
_OF_WORD = {word: sign for sign, words in (*_BEFORE.items(),) for word in words.split()}
_OF_ENDING = {word: sign for sign, words in _BEHIND.items() for word in words.split()}


def _any(words: dict[str, Comparator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PREFIX = re.compile(rf"({_any(_OF_WORD)})(?:到|了|有|为|是|:|在|\x00)*$")
_PLAIN_BEFORE = re.compile(r"(?:[:=是为在有]|等于|介于|值|\x00)+$")
SUFFIX = re.compile(rf"\x00*({_any(_OF_ENDING)})\x00*")
_NOT_WITHIN = re.compile(r"\x00*内[存部容外置核涵嵌]")
_DENIED = re.compile(r"(?:未|没有|没|难以|无法|不能|达|并非)$")
_UP = (Comparator.AT_LEAST, Comparator.ABOVE)
_DOWN = (Comparator.AT_MOST, Comparator.BELOW)
_REACH = 14
"""Characters before a number in which its comparators are looked for: the longest two of them, and a filler."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator, where the piece with it starts; `clash` where the words gainsay each other."""

    comparator: Comparator | None
    position: int
    clash: bool = False


def before(text: str, position: int) -> Bound:
    """The comparators that end at a position: the nearest, with what stands before it (`达到小于`)."""
    found, at, clash = None, position, False
    while match := _PREFIX.search(text, max(0, at - _REACH), at):
        word = _OF_WORD[match.group(1)]
        combined, bad = combine(word, found)
        clash, found, at = clash or bad, combined, match.start()
    clash = clash or (found is not None and bool(_DENIED.search(text, max(0, at - 2), at)))
    if found is None and (plain := _PLAIN_BEFORE.search(text, max(0, position - _REACH), position)):
        at = plain.start() if "=" in plain.group() else position
    return Bound(found, at, clash)


def behind(text: str, position: int) -> Bound:
    """The comparator that starts at a position (`以上`), and where it ends."""
    match = SUFFIX.match(text, position)
    if not match or _NOT_WITHIN.match(text, position):
        return Bound(None, position)
    return Bound(_OF_ENDING[match.group(1)], match.end())


def combine(first: Comparator | None, second: Comparator | None) -> tuple[Comparator | None, bool]:
    """One comparator for what stands before and what stands behind; and whether the two gainsay each other."""
    if first is None or second is None or first is second:
        return first or second, False
    if Comparator.REACHES in (first, second):
        return (second if first is Comparator.REACHES else first), False
    for side in (_UP, _DOWN):
        if first in side and second in side:
            return first, False
    return first, True
