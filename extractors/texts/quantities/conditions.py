"""What a number holds under: precision, distance, field of view, year, scene; found before the numbers, then masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.quantity import BASELINE, DISTANCE, FIELD_OF_VIEW, PRECISION, SCENE, SPARSITY, YEAR, Condition
from pipeline.values.unit_names import canonical_unit

PRECISION_NAME = r"(?:FP|TF|BF|INT|UINT)\d{1,2}"
_PRECISION = re.compile(rf"(?<![A-Za-z0-9])({PRECISION_NAME})(?![A-Za-z0-9])(?:精度|量化)?下?", re.IGNORECASE)
_LIST_JOINT = re.compile(r"[/、,和与及]+|以及|或")
_VERB_BEFORE = re.compile(r"(?:支持|兼容|适配|包括|包含|涵盖|覆盖)$")
_LENGTH = r"(?<![\d.])\d+(?:\.\d+)?(?:km|cm|mm|m|米|公里|厘米)"
_DISTANCE = re.compile(
    rf"(?:在|距离|于)?({_LENGTH})(?:距离|处|远处|开外)(?:上|下|时|内|的)?"
    rf"|在?距离({_LENGTH})(?:时|下|处)"
)
_FOV = re.compile(r"(?:FOV|视场角)[:=为 ]?(\d+(?:\.\d+)?)(?:°|度)", re.IGNORECASE)
_NOW = re.compile(r"(?:目前|当前|现阶段|现已)(?:为|已|:)?")
_RISEN = "提升|提高|降低|下降|增加|增长|缩短|减少|扩展|降"
_FROM = re.compile(
    rf"[由从自](?=(?:约|原来的|目前的?)?[\d.]+[^，,;。\d]{{1,6}}?(?:{_RISEN})[^，,;。\d]{{0,4}}[至到为])"
)
_YEAR = re.compile(
    r"(?:截至|截止到?|预计|到|于|至|在)?((?:19|20)\d\d)年"
    r"(?:\d{1,2}月(?:\d{1,2}日)?|上半年|下半年)?[底末初]?(?:目标|前)?:?"
)
_SETTING = "条件|环境|场景|模式|情况|工况|状态|网络|负载|光照|温度|底库|大库|规模"
_SCENE = re.compile(
    rf"(?:^|(?<=[，,。;、:\n(])|在|于|实现|针对)([^，,。;、:\n()在]{{1,24}}?(?:{_SETTING}))之?(?:下|中)(?=.)"
    r"|(?:^|(?<=[，,。;、:\n(])|在|于)(常温|室温|低温|高温|暗光|强光|弱光|满载|空载|静态|动态|典型负载|标准大气压)下"
)
_SCENE_BEHIND = re.compile(rf"(?<=[，,])在([^，,。;、:\n()]{{1,24}}?(?:{_SETTING}))之?(?:下|中)(?=$|[。;\n])")
_BRACKETS = re.compile(r"\(([^()\n]{0,60})\)")
_AT = re.compile(r"@([^@，,;、。()\n/ ≥≤<>=→]+(?:/(?:FP|INT|BF|TF)\d+)*)", re.IGNORECASE)
_INCLUDING = re.compile(r"含.*|包括.*本数")
_BOUNDED = re.compile(r"[≥≤<>]|不低于|不高于|不超过|不少于|不大于|不小于|大于|小于|以上|以下|以内|超过|低于|高于")
_UNSURE = re.compile(r"\d")
_QUANTITY = re.compile(r"[\d.,]+(?:[%‰°℃]|[A-Za-zμΩ/]+|[万亿]?[一-鿿]{0,2})")
_NUMBER_BEFORE = re.compile(r"\d[万亿千百]*[^\d\s，,。;]{0,4}(?<!年)$")
"""A number that brackets stand behind; without one they hold the number itself."""
SEVERAL = "?"
"""The kind of a condition that is none for sure, such as two precisions of one number."""


@dataclass(frozen=True, slots=True)
class Found:
    """A condition at a place of the plain text; `behind` where it belongs to what stands before it."""

    condition: Condition
    start: int
    end: int
    behind: bool = False


def find_conditions(text: str) -> tuple[tuple[Found, ...], str]:
    """The conditions of a plain text, and the text with them masked by NULs; masked, too: `(含)`."""
    found: list[Found] = []
    for step in (_bracketed, _at, _scenes, _distances, _years, _times, _precisions):
        new = tuple(step(text))
        for entry in new:
            text = text[: entry.start] + "\0" * (entry.end - entry.start) + text[entry.end :]
        found += (entry for entry in new if entry.condition.text)
    return tuple(sorted(found, key=lambda entry: entry.start)), text


def _bracketed(text: str) -> Iterator[Found]:
    for match in _BRACKETS.finditer(text):
        inner = match.group(1)
        if _QUANTITY.fullmatch(inner) and not _NUMBER_BEFORE.search(text[: match.start()]):
            continue
        if _INCLUDING.fullmatch(inner) or not inner or _is_listing(text, match):
            yield Found(Condition(kind=SCENE, text=""), *match.span())
        elif _BOUNDED.search(inner):
            if not _UNSURE.search(inner):
                yield Found(Condition(kind=SEVERAL, text=inner), *match.span(), behind=True)
        elif canonical_unit(inner) is not None and text[: match.start()][-1:].isdigit():
            yield Found(Condition(kind=SEVERAL, text=inner), *match.span(), behind=True)
        else:
            yield from _named(inner, match.start(), match.end())


def _is_listing(text: str, match: re.Match[str]) -> bool:
    """Whether brackets are the number of a point, (1), at the beginning of a sentence."""
    return match.group(1).isdigit() and text[: match.start()][-1:] in ("", "。", ";", "，", "\n")


def _at(text: str) -> Iterator[Found]:
    for match in _AT.finditer(text):
        yield from _named(match.group(1), match.start(), match.end())


def _named(inner: str, start: int, end: int) -> Iterator[Found]:
    """What brackets or an @ say: a precision, a distance, a field of view, or else a scene in its own words."""
    precisions = re.findall(PRECISION_NAME, inner, re.IGNORECASE)
    if len(precisions) > 1:
        yield Found(Condition(kind=SEVERAL, text=inner), start, end, behind=True)
    elif precisions:
        yield Found(Condition(kind=PRECISION, text=precisions[0].upper()), start, end, behind=True)
        if "稀疏" in inner or "稠密" in inner or "sparse" in inner.lower():
            yield Found(_sparsity(inner), start, end, behind=True)
    elif re.fullmatch(r"稀疏|稠密|sparse|dense", inner, re.IGNORECASE):
        yield Found(_sparsity(inner), start, end, behind=True)
    elif match := _FOV.fullmatch(inner):
        yield Found(Condition(kind=FIELD_OF_VIEW, text=f"{match.group(1)} °"), start, end, behind=True)
    elif match := re.fullmatch(rf"(?:在|距离)*({_LENGTH})(?:距离|处|远|时|下)*", inner):
        yield Found(Condition(kind=DISTANCE, text=_length(match.group(1))), start, end, behind=True)
    else:
        yield Found(Condition(kind=SCENE, text=inner.replace("\0", "")), start, end, behind=True)


def _sparsity(words: str) -> Condition:
    return Condition(kind=SPARSITY, text="稠密" if "稠密" in words or "dense" in words.lower() else "稀疏")


def _length(written: str) -> str:
    match = re.fullmatch(r"([\d.]+)(.+)", written)
    return f"{match.group(1)} {canonical_unit(match.group(2))}" if match else written


def _scenes(text: str) -> Iterator[Found]:
    for match in _SCENE.finditer(text):
        words = (match.group(1) or match.group(2)).replace("\0", "")
        yield Found(Condition(kind=SCENE, text=words.removeprefix("实现")), *match.span())
    for match in _SCENE_BEHIND.finditer(text):
        yield Found(Condition(kind=SCENE, text=match.group(1)), *match.span(), behind=True)


def _distances(text: str) -> Iterator[Found]:
    for match in _DISTANCE.finditer(text):
        yield Found(Condition(kind=DISTANCE, text=_length(match.group(1) or match.group(2))), *match.span())


def _years(text: str) -> Iterator[Found]:
    for match in _YEAR.finditer(text):
        compared = text[: match.start()].endswith(("较", "比", "自"))
        yield Found(Condition(kind=YEAR, text="" if compared else match.group(1)), *match.span())


def _times(text: str) -> Iterator[Found]:
    for match in _NOW.finditer(text):
        yield Found(Condition(kind=YEAR, text="目前"), *match.span())
    for match in _FROM.finditer(text):
        yield Found(Condition(kind=BASELINE, text="原值"), *match.span())


def _precisions(text: str) -> Iterator[Found]:
    """Precisions in running text, unless they are members of a list behind 支持; several in a row are unsure."""
    group: list[re.Match[str]] = []
    for match in [*_PRECISION.finditer(text), None]:
        if match and group and _LIST_JOINT.fullmatch(text, group[-1].end(), match.start()):
            group.append(match)
            continue
        yield from _group(text, group)
        group = [match] if match else []


def _group(text: str, group: list[re.Match[str]]) -> Iterator[Found]:
    if not group or _VERB_BEFORE.search(text[: group[0].start()]):
        return
    start, end = group[0].start(), group[-1].end()
    if len(group) > 1:
        yield Found(Condition(kind=SEVERAL, text=text[start:end]), start, end)
    else:
        yield Found(Condition(kind=PRECISION, text=group[0].group(1).upper()), start, end)
