"""Things a text lists: precisions, frameworks, functions."""

from __future__ import annotations

import re

from extractors.texts.quantities.conditions import PRECISION_NAME
from extractors.texts.quantities.plain import Plain
from pipeline.model.quantity import Members

_VERB = r"(?:支持|兼容|适配|包括|包含|涵盖|覆盖|具备|实现|提供)"
_LISTED = re.compile(rf"^[^，。;]*?{_VERB}(?!.*{_VERB}.*[、/])(?P<list>[^，。;]+?)(?P<more>等[^，。;、/]*)?[。;]?$")
_ALONE = re.compile(r"^(?P<list>[^，。;:]+?)(?P<more>等[^，。;、/]{0,8})?[。;]?$")
_NAME = r"[A-Za-z][A-Za-z0-9+#.]*"
_LATIN = re.compile(
    rf"(?:支持|兼容|适配|包括|包含|涵盖|覆盖)(?P<list>{_NAME}(?:(?:[、/,和与及]|以及)+{_NAME})+)(?P<more>等)?"
)
_SINGLE = re.compile(rf"^(?:已|可)*(?:支持)?(?P<list>{_NAME})(?:量化|精度)?[。;]?$")
_SPLIT = re.compile(r"[、/,]+")
_AND = re.compile(r"以及|[和与及]")
_QUALIFIED = re.compile(rf"({PRECISION_NAME})(?:混合|量化|精度|计算)*", re.IGNORECASE)
_SENTENCE = re.compile(r"满足|达到|先进|显著|领先|良好|较|提高|提升|完成|用于|的|支持|已|通过|正在|建立|测试|领域|符合")
"""Words of which sentences are made, not names."""
_ADVERBIAL = re.compile(r"[在由对将从以于]")
"""What begins a circumstance (实现在电力、石油领域应用), not a name."""
_LONGEST_TEXT = 400
"""Characters of a text that may be a list; a longer one is prose, and costly to search."""
_LONGEST, _LONGEST_ALONE = 14, 8
"""Characters of a member: behind a verb, and where only the list tells that it is one."""
_NOT_NAMES = frozenset({"ok", "yes", "no", "y", "n", "na", "null", "none", "tbd"})


def listed(plain: Plain) -> Members | None:
    """The members of a text that says nothing else; None where it is no list."""
    text = plain.text
    if len(text) > _LONGEST_TEXT:
        return None
    if match := _SINGLE.match(text):
        if match.group("list").lower() in _NOT_NAMES:
            return None
        return _members(plain, match, (match.group("list"),))
    match = _LISTED.match(text)
    if match and (items := _items(match.group("list"), _LONGEST)):
        return _members(plain, match, items)
    match = _ALONE.match(text)
    if match and not _SENTENCE.search(text) and (items := _items(match.group("list"), _LONGEST_ALONE)):
        return _members(plain, match, items)
    return None


def latin_lists(plain: Plain, masked: str) -> tuple[Members, ...]:
    """Lists of Latin names behind 支持 in a text that says more; none where a condition or a number stands."""
    matches = [match for match in _LATIN.finditer(plain.text) if "\0" not in masked[match.start() : match.end()]]
    return tuple(_members(plain, match, _items(match.group("list"), _LONGEST)) for match in matches)


def _items(text: str, longest: int) -> tuple[str, ...]:
    """The names of a list; empty where it holds only one, or what is no name."""
    parts = [part for part in _SPLIT.split(text) if part]
    if len(parts) > 1 or re.fullmatch(rf"{_NAME}(?:{_AND.pattern}){_NAME}(?:量化|精度)?", text):
        parts = [*parts[:-1], *_AND.split(parts[-1])]
    if (
        len(parts) < 2
        or _ADVERBIAL.match(parts[0])
        or any(len(part) > longest and not part.isascii() for part in parts)
        or not all(parts)
    ):
        return ()
    return tuple(_name(part.strip()) for part in parts)


def _name(item: str) -> str:
    match = _QUALIFIED.fullmatch(item)
    return match.group(1).upper() if match else item


def _members(plain: Plain, match: re.Match[str], items: tuple[str, ...]) -> Members:
    more = bool(match.groupdict().get("more"))
    end = match.end("more") if more else match.end("list")
    return Members(
        members=tuple(map(_name, items)), more=more, start=plain.start(match.start("list")), end=plain.end(end)
    )
