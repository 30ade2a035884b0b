"""When a unit was founded, as its text says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.claim import Claim, ClaimKind
from pipeline.notices.vocabulary import ClaimWords

HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
DATE = (
    r"(?P<year>(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})\s*年\s*"
    r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?\s*"
    r"(?:(?P<day>[0-3]?\d|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号])?)?"
)
DOTTED = r"(?P<year>(?:19|20)\d{2})[.\-/](?P<month>1[0-2]|0?[1-9])(?:[.\-/](?P<day>[0-3]?\d))?(?!\d)"
SELF = r"(?:，?(?:公司|单位|本公司|本单位|我公司|企业))?"
PLACE = r"(?:在[^，。；,]{1,18}?|由[^，。；,]{1,24}?|经[^，。；,]{1,18}?)?"
AFTER = re.compile(r"^(?:$|[，,。；;、（()）]|于|在|以来|后|之后|至今|时|之初|之日|，|的)")
"""What may follow the verb, if it is the unit itself that was founded."""


def foundings(sentence: str, words: ClaimWords, unit: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, date, doubtful) where a sentence says that the unit was founded; not that a laboratory was."""
    for match in _matches(sentence, words):
        said = _date(match)
        if said and not _other(_subject(sentence, match.start()), words, unit):
            yield match.start(), match.end(), said, "前身" in sentence[: match.start()]


def _matches(sentence: str, words: ClaimWords) -> Iterator[re.Match[str]]:
    """Verb before date (成立于2015年), or date before verb (2015年在成都成立) with the unit for its object."""
    verbs = "|".join(words.founded)
    for date in (DATE, DOTTED):
        yield from re.finditer(rf"(?:{verbs})(?:时间|日期)?(?:为|是)?(?:于|在|:|：)\s*{date}", sentence)
        for match in re.finditer(rf"{date}{SELF}{PLACE}(?:正式|依法|登记|注册)*(?:{verbs})", sentence):
            if AFTER.match(sentence[match.end() :]):
                yield match


def _subject(sentence: str, end: int) -> str:
    return re.split(r"[，,；;。]", sentence[:end])[-1]


def _other(subject: str, words: ClaimWords, unit: str) -> bool:
    """Whether what is founded is a part of the unit, or beside it."""
    plain = subject.replace(unit, "") if unit else subject
    ends = re.sub(r"(?:于|自|在|已|是|为)+$", "", plain).strip()
    return any(ends.endswith(part) for part in words.parts)


def _date(match: re.Match[str]) -> str:
    year, month, day = match["year"].translate(HAN_DIGITS), _number(match["month"]), _number(match["day"])
    if day > 31:
        return ""
    return "-".join([year, *([f"{month:02}"] if month else []), *([f"{day:02}"] if month and day else [])])


def _number(said: str | None) -> int:
    if not said:
        return 0
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
    figure = {char: number for number, char in enumerate("一二三四五六七八九", 1)}
    return (10 * figure.get(tens, 1) if "十" in said else 0) + figure.get(ones, 0)


def founding(field: str, sentence: str, at: int, found: tuple[int, int, str, bool]) -> Claim:
    """The claim of a founding; `at` is where its sentence starts in the text."""
    start, end, date, doubtful = found
    return Claim(kind=ClaimKind.FOUNDING, field=field, text=sentence[start:end], start=at + start, end=at + end,
                 date=date, doubtful=doubtful)  # fmt: skip
