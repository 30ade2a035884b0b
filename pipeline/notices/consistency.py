"""Whether the parts of a notice's profile fit one another: what each record by itself can't tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.model.document import Section
from pipeline.notices.layers import PROFILE, paths_of
from pipeline.notices.profile import EVERY_SHEET, Profile
from pipeline.notices.yaml_file import Complaint, Steps, complaint

NEEDED: Mapping[str, tuple[str, ...]] = {
    "sections": (
        "cover", "instructions", "form", "indicators", "taskbook", "evidence", "commitment", "recommendation",
    ),
    "word_limits": ("unit_profile", "product_summary", "taskbook"),
    "notes": ("taskbook",),
    "taskbook_labels": ("product", "directions"),
    "indicator_columns": ("name",),
}  # fmt: skip
"""Entries that readers and rules look up, whatever the notice asks for."""
Problem = tuple[Steps, str]
"""Where in the profile, and what is wrong there."""


def inconsistencies(profile: Profile) -> tuple[Complaint, ...]:
    """All that contradicts itself or leads nowhere in a valid profile."""
    paths = paths_of(profile.folder, PROFILE)
    parts = (
        _needed(profile), _times(profile), _hops(profile), _fields(profile), _sections(profile), _places(profile),
        _taskbook(profile), _evidence(profile), _regions(profile),
    )  # fmt: skip
    return tuple(complaint(paths, steps, problem) for part in parts for steps, problem in part)


def _needed(profile: Profile) -> Iterator[Problem]:
    for key, entries in NEEDED.items():
        for entry in entries:
            if entry not in getattr(profile, key):
                yield (key,), f"缺少 {entry}"
    if not profile.taskbook_sections:
        yield ("taskbook_sections",), "至少要有 1 项"


def _times(profile: Profile) -> Iterator[Problem]:
    try:
        ZoneInfo(profile.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("timezone",), f"没有时区“{profile.timezone}”，应写作 Asia/Shanghai"
    if profile.deadlines.earliest_date > profile.deadlines.online.date():
        yield ("deadlines", "earliest_date"), "晚于网上填报截止时间"


def _hops(profile: Profile) -> Iterator[Problem]:
    names = [hop.name for hop in profile.hops]
    yield from _twice(("hops", "name"), names)
    limits = [(place, hop.deadline) for place, hop in enumerate(profile.hops) if hop.deadline is not None]
    for (_, before), (place, after) in pairwise(limits):
        if after < before:
            yield ("hops", place, "deadline"), "早于上一环节的截止时间"
    for place, seal in enumerate(profile.required_seals):
        for stage in seal.stages:
            if stage not in names:
                yield ("required_seals", place, "stages"), f"hops 中没有“{stage}”"


def _fields(profile: Profile) -> Iterator[Problem]:
    yield from _twice(("fields", "key"), [spec.key for spec in profile.fields])
    yield from _twice(("cover", "key"), [line.key for line in profile.cover])
    known = {spec.key for spec in profile.fields}
    for place, spec in enumerate(profile.fields):
        if spec.group is not None and spec.group not in profile.groups:
            yield ("fields", place, "group"), f"groups 中没有“{spec.group}”"
        if spec.kind in ("choice", "yesno") and not spec.options:
            yield ("fields", place), f"{spec.key} 是勾选项，须写明 options"
    for part, total in profile.parts.items():
        for key in (part, total):
            if key not in known:
                yield ("parts", part), f"fields 中没有“{key}”"
    for key in profile.prompts:
        if key not in known:
            yield ("prompts", key), f"fields 中没有“{key}”"
    for key in profile.word_limits:
        if key not in known | {Section.TASKBOOK.value}:
            yield ("word_limits", key), f"fields 中没有“{key}”"


def _sections(profile: Profile) -> Iterator[Problem]:
    known = {section.value for section in Section}
    for key in profile.sections:
        if key not in known:
            yield ("sections", key), f"不认识这一部分，只能是 {'、'.join(sorted(known))}"
    for place, section in enumerate(profile.required_sections):
        if section.value not in profile.sections:
            yield ("required_sections", place), f"sections 中没有“{section.value}”"
    for key in profile.notes:
        if key not in profile.sections:
            yield ("notes", key), f"sections 中没有“{key}”"


def _places(profile: Profile) -> Iterator[Problem]:
    owners = {spec.key for spec in profile.fields} | {line.key for line in profile.cover}
    yield from _twice(("required_seals", "place"), [seal.place for seal in profile.required_seals])
    for place, seal in enumerate(profile.required_seals):
        if seal.owner not in owners:
            yield ("required_seals", place, "owner"), f"fields 和 cover 中没有“{seal.owner}”"
        if seal.section not in profile.sections and seal.section != EVERY_SHEET:
            yield ("required_seals", place, "section"), f"sections 中没有“{seal.section}”"
    for place, signature in enumerate(profile.required_signatures):
        if signature.section not in profile.sections:
            yield ("required_signatures", place, "section"), f"sections 中没有“{signature.section}”"


def _taskbook(profile: Profile) -> Iterator[Problem]:
    parts = [part.id for part in profile.taskbook_sections]
    containers = {part.id for part in profile.taskbook_sections if part.container}
    yield from _twice(("taskbook_sections", "id"), parts)
    for place, part in enumerate(profile.taskbook_sections):
        if part.parent is not None and part.parent not in containers:
            yield ("taskbook_sections", place, "parent"), f"没有 container 为 true 的“{part.parent}”"


def _evidence(profile: Profile) -> Iterator[Problem]:
    borne = {item for kind in profile.evidence_kinds for item in kind.items}
    for item in profile.evidence_items:
        if item not in borne:
            yield ("evidence_items", item), "evidence.yaml 中没有能证明这一项的材料种类"


def _regions(profile: Profile) -> Iterator[Problem]:
    for name, city in profile.cities.items():
        if not city.code.startswith(profile.province_code):
            yield ("cities", name, "code"), f"不以本省代码 {profile.province_code} 开头"


def _twice(steps: tuple[str, str], names: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield (steps[0], place, steps[1]), f"“{name}”出现不止一次"
        seen.add(name)
