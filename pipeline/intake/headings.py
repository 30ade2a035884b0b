"""The headings of online exports: which column holds which key of the contract."""

from __future__ import annotations

from collections import Counter

from pipeline.intake.headed import alias_index
from pipeline.notices.profile import FieldSpec, Profile

RECORD_HEADINGS = {
    "no": ("申报编号", "编号", "项目编号", "申报号", "申报书编号"),
    "submitted_at": ("提交时间", "提交日期", "上报时间"),
    "status": ("状态", "申报状态", "项目状态", "提交状态"),
    "recommender": ("推荐单位", "推荐单位名称"),
    "taskbook": ("揭榜任务书", "任务书"),
}
"""Columns of the export that are no boxes of the form."""
ROW_HEADINGS = {
    "no": RECORD_HEADINGS["no"],
    "applicant": ("单位名称", "申报单位", "揭榜单位"),
}
"""Columns by which an indicator row says whose it is, besides the indicator table's own."""
YUAN = "(元)"
"""A heading's unit: amounts below it are in 元."""


def application_index(profile: Profile) -> dict[str, str]:
    """Folded heading -> key, for the sheet of applications; keys themselves are headings too."""
    shared = _shared_labels(profile)
    aliases: dict[str, tuple[str, ...]] = {key: (*names, key) for key, names in RECORD_HEADINGS.items()}
    for spec in profile.fields:
        aliases[spec.key] = _headings(spec, profile, shared)
    return alias_index(aliases)


def indicator_index(profile: Profile) -> dict[str, str]:
    """Folded heading -> key, for the sheet of indicators."""
    columns = {key: (*names, key) for key, names in profile.indicator_columns.items()}
    return alias_index({**{key: (*names, key) for key, names in ROW_HEADINGS.items()}, **columns})


def _headings(spec: FieldSpec, profile: Profile, shared: frozenset[str]) -> tuple[str, ...]:
    own = tuple(label for label in spec.labels if label not in shared)
    grouped = [f"{group}{label}" for group in profile.groups.get(spec.group or "", ()) for label in spec.labels]
    names = (spec.heading, *own, *grouped, spec.key)
    in_yuan = [name.replace("(万元)", YUAN) for name in names if "(万元)" in name] if spec.kind == "amount" else []
    return (*names, *in_yuan)


def _shared_labels(profile: Profile) -> frozenset[str]:
    """Labels of more than one box (姓名, 手机): a heading only together with their group."""
    counts = Counter(label for spec in profile.fields for label in spec.labels)
    return frozenset(label for label, count in counts.items() if count > 1)
