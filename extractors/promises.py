"""Goals that a task book states for a row of the indicator table: its very name, behind it a figure or other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.texts.quantities import read_heading, read_statement, scaled
from pipeline.model.application import TaskBook, TaskBookSection
from pipeline.model.indicator import Indicator, Promise
from pipeline.model.quantity import BASELINE, YEAR, Heading
from pipeline.notices.profile import Profile
from pipeline.notices.vocabulary import LevelWords, load_vocabulary

SHORTEST = 2
"""Characters from which an indicator's name is looked for."""
_FOREWORD = re.compile(r"^其[他它]指标[:：]?")
_END = re.compile(r"[，,；;。\n]|\.(?!\d)")
_END_OF_LIST = re.compile(r"[；;。]")
_SENTENCE = "。；;！!"
_BEFORE = "，,；;。、：:（）()“”\n 0123456789.①②③④⑤⑥⑦⑧⑨⑩"
_YEAR = re.compile(r"(20\d\d)年")
_FIGURE = r"[≥≤<>＞＜=＝:：约 ]*\d"


def promises_of(
    row: Indicator, rows: Sequence[Indicator], books: Sequence[TaskBook], profile: Profile
) -> Iterator[Promise]:
    """What the task books' part on goals states under exactly the row's name, and for the goals' year."""
    words = load_vocabulary(profile.folder).levels
    part_heading = next((part.heading for part in profile.taskbook_sections if part.id == words.part), None)
    name, heading = _name(row), read_heading(row.name.text)
    if len(name) < SHORTEST or sum(_name(other) == name for other in rows) > 1:
        return
    for number, book in enumerate(books):
        if len(books) > 1 and book.direction != row.direction:
            continue
        for place, section in enumerate(book.sections):
            if section.heading == part_heading:
                text = _text(section)
                for start, end in _clauses(text, _stating(name, words.stating), _END, words):
                    yield from _promise(number, place, start, end, text, heading)
                for start, end in _clauses(text, _naming(name), _END_OF_LIST, words):
                    yield Promise(book=number, section=place, start=start, end=end)


def _name(row: Indicator) -> str:
    return _FOREWORD.sub("", row.name.text).strip()


def _text(section: TaskBookSection) -> str:
    return section.reading.raw if section.reading is not None else section.text


def _promise(book: int, section: int, start: int, end: int, text: str, heading: Heading) -> Iterator[Promise]:
    statement = scaled(read_statement(text[start:end].replace("\n", "")), heading)
    plain = all(measure.condition(kind) is None for measure in statement.measures for kind in (BASELINE, YEAR))
    if statement.is_decided and len(statement.measures) == 1 and plain:
        yield Promise(book=book, section=section, start=start, end=end, statement=statement)


def _clauses(
    text: str, pattern: re.Pattern[str], ends: re.Pattern[str], words: LevelWords
) -> Iterator[tuple[int, int]]:
    """Where a clause states a goal right behind the name (the pattern's group); lines break anywhere in it."""
    for match in pattern.finditer(text):
        before = text[: match.start()]
        sentence = re.split(f"[{_SENTENCE}]", before)[-1].replace("\n", "")
        years = _YEAR.findall(before.replace("\n", ""))
        foreign = any(word in sentence for word in words.foreign) or (years and years[-1] != words.year)
        if not foreign and _opens(sentence, words.openers):
            end = ends.search(text.replace("\n", " "), match.end())
            yield match.start(1), end.start() if end else len(text)


@lru_cache(maxsize=512)
def _stating(name: str, stating: Sequence[str]) -> re.Pattern[str]:
    """The name, then words that state, perhaps behind a colon, then a figure; the group is all behind the name."""
    between = "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(stating, key=len, reverse=True))
    return re.compile(rf"{_letters(name)}((?:\s*[:：])?(?:\s*(?:{between}))*\s*{_FIGURE})")


@lru_cache(maxsize=512)
def _naming(name: str) -> re.Pattern[str]:
    """The name, a colon, then no figure; the group begins behind the colon."""
    return re.compile(rf"{_letters(name)}\s*[:：]\s*(?!{_FIGURE})(\S)")


def _letters(name: str) -> str:
    return r"\s*".join(re.escape(letter) for letter in name if not letter.isspace())


def _opens(sentence: str, openers: Sequence[str]) -> bool:
    """Whether the name is whole where it begins, not the end of a longer one."""
    return not sentence or sentence[-1] in _BEFORE or sentence.endswith(tuple(openers))
