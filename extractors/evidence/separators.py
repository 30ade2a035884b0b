"""Sheets and lines that say to which item of the notice's list what follows belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from extractors.evidence.headings import Heading
from extractors.evidence.rows import folded
from extractors.forms.flow import Flow
from pipeline.notices.evidence_words import EvidenceWords

NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
LONGEST_MARK = 48
"""Characters of a row that marks an item: its number and the item's name."""
FULLEST_SHEET = 170
"""Characters of a separator sheet, a short list of what follows included."""
HEADED_SHEET = 60
"""The same of one that bears a document's title: 附件3 发明专利证书."""
MOST_ROWS = 14
MATERIAL = ("证明材料", "证明材料)", "材料", "证明")
"""How the name of an item ends."""
CONTENT = re.compile(r"兹|特此|特发|特颁|授予|单位:|[:：][^:：]{0,30}\d{5,}|\d{1,3},\d{3}|\d\.\d\d(?!\d)")
"""What stands on documents and on no sheet between them."""
TOP = 0.3
"""A page that is itself a document is marked in its upper part."""
LEAST_LISTED = 3
"""Items named on a page that lists them all."""


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What a page says of the item: its number (None: not among those of the list), and how.

    `sheet`: the page is a separator sheet or a list of contents, no document. `named`: by words, not by number alone.
    """

    item: int | None
    sheet: bool
    named: bool


def find_mark(
    rows: Sequence[Flow], heading: Heading | None, words: EvidenceWords, documented: bool = False
) -> ItemMark | None:
    """The mark that a page bears; None where it bears none. `documented`: a document's own number or owner was read.

    附件1 alone at the head of a document may count the attachments of another one: it says no item.
    """
    if _lists_items(rows, words):
        return ItemMark(None, True, False)
    if not documented and _is_sheet(rows, heading):
        return _mark_of_sheet(rows, heading, words)
    for row in rows:
        if row.places and row.places[0].bbox.y0 < TOP and (mark := _mark_of(row.text, words)):
            item, named = mark
            own_counting = not named and folded(row.text).startswith(tuple(map(folded, words.loose_marks)))
            return ItemMark(None if own_counting else item, False, named)
    return None


def _mark_of_sheet(rows: Sequence[Flow], heading: Heading | None, words: EvidenceWords) -> ItemMark | None:
    """A sheet's number or, on a sheet that is headed by no document's title, the name of an item's material."""
    texts = [folded(row.text) for row in rows]
    named = _named_item("".join(texts), words)
    for row in rows:
        if mark := _mark_of(row.text, words):
            item, by_name = mark
            return ItemMark(item if by_name or not named else named, True, by_name or bool(named))
    if named and heading is None and any(text.endswith(MATERIAL) for text in texts):
        return ItemMark(named, True, True)
    return None


def declarations(rows: Sequence[Flow], words: EvidenceWords) -> Iterator[tuple[int, Flow]]:
    """Items that a row names and calls 无, or that a row names and the next one calls so."""
    none = "|".join(re.escape(folded(word)) for word in words.none_words)
    for row, below in zip_longest(rows, rows[1:]):
        plain = folded(row.text)
        mark = _mark_of(plain, words)
        item = mark[0] if mark else _named_item(plain, words) if len(plain) <= LONGEST_MARK else None
        if item is not None and re.search(rf"[:),、](?:{none})[.]?$", plain):
            yield item, row
        elif item is not None and below is not None and re.fullmatch(rf"(?:{none})[.]?", folded(below.text)):
            yield item, row + below


def _mark_of(text: str, words: EvidenceWords) -> tuple[int, bool] | None:
    """An item's number before its name, or behind a word like 附件; and whether its name stands there."""
    plain = folded(text)
    if len(plain) > LONGEST_MARK:
        return None
    marks = "|".join(
        re.escape(folded(word)) for word in sorted((*words.sheet_marks, *words.loose_marks), key=len, reverse=True)
    )
    found = re.match(
        rf"(?:揭榜单位)?(?:相关)?(?:{marks})(?:之)?[(]?([1-5一二三四五])[)]?(?![0-9年月])(?:[-.][0-9])?", plain
    )
    named = _named_item(plain, words)
    if found:
        number = NUMERALS.get(found[1]) or int(found[1])
        return (named, True) if named else (number, False)
    found = re.match(r"[(]?([1-5一二三四五])[)]?[.、:)]?(?=[^\d])", plain)
    if found and named and "证明" in plain:
        return named, True
    return None


def _named_item(plain: str, words: EvidenceWords) -> int | None:
    """The one item whose words stand there."""
    named = [item for item, names in words.item_words.items() if any(folded(name) in plain for name in names)]
    return named[0] if len(named) == 1 else None


def _is_sheet(rows: Sequence[Flow], heading: Heading | None) -> bool:
    """Whether little stands on the page, and nothing of a document: no sum, no labelled number, no word of a grant."""
    text = folded("".join(row.text for row in rows))
    if len(text) > FULLEST_SHEET or len(rows) > MOST_ROWS or CONTENT.search(text):
        return False
    return heading is None or len(text) <= HEADED_SHEET


def _lists_items(rows: Sequence[Flow], words: EvidenceWords) -> bool:
    """Whether the page lists the evidence: several items by name, or a list's heading and several items."""
    texts = [folded(row.text) for row in rows]
    items = {item for text in texts for item in [_named_item(text, words)] if item}
    title = any(text in map(folded, words.list_titles) for text in texts[:4])
    return len(items) >= LEAST_LISTED or (title and len(items) >= LEAST_LISTED - 1)
