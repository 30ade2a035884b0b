"""How one applicant sets the form: arrangement, wordings of labels, ticks, faces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Literal

Arrangement = Literal["official", "inline", "six", "vertical", "split", "wide"]
ARRANGEMENTS: tuple[Arrangement, ...] = ("official", "inline", "six", "vertical", "split", "wide")
TickStyle = Literal["ballot", "root", "black", "check", "bracket", "lenticular", "crossed", "disc", "hand"]
TICKS: tuple[TickStyle, ...] = (
    "ballot", "hand", "root", "black", "hand", "check", "bracket", "hand", "lenticular", "crossed", "disc",
)  # fmt: skip
PenTick = Literal["check", "vee", "cross", "slash", "blot", "ring"]
PEN_TICKS: tuple[PenTick, ...] = ("check", "vee", "cross", "slash", "blot", "ring")
"""What a hand leaves in a box: tuning and calibration know all of them, the others the first alone."""

NOTICE_LABELS = {
    "applicant": "单位名称", "leader": "揭榜负责人", "contact": "申报联系人", "name": "姓名", "title": "职务职称",
    "email": "邮箱", "mobile": "手机", "fax": "传真", "legal_representative": "法定代表人",
    "registered_capital": "注册资本（万元）", "address": "单位地址", "uscc": "组织机构代码/三证合一码",
    "ownership": "单位性质", "listed": "是否上市公司", "revenue": "整体业务收入（万元）",
    "rd_spend": "研发投入（万元）",
    "ai_revenue": "其中与人工智能业相关的业务收入（万元）", "staff": "单位人数", "rd_staff": "研发人员人数",
    "unit_profile": "揭榜单位简介", "partners": "参与单位", "product": "揭榜产品名称", "directions": "重点产品方向",
    "product_summary": "揭榜产品概述",
}  # fmt: skip
"""The notice's own words."""
ALIASES = {
    "tuning": {
        "uscc": "统一社会信用代码", "mobile": "手机号", "email": "电子邮箱", "unit_profile": "单位简介",
        "title": "职务/职称", "address": "通讯地址",
    },
    "judging": {
        "applicant": "单 位 名 称", "uscc": "组织机构代码\n（三证合一码）", "mobile": "移动电话", "email": "E-mail",
        "title": "职务、职称", "address": "单位通讯地址", "registered_capital": "注册资金（万元）", "staff": "员工人数",
        "rd_staff": "研发人数", "listed": "是否为上市公司", "ownership": "单 位 性 质", "partners": "参与单位（如有）",
        "rd_spend": "研发经费投入（万元）", "name": "姓  名",
    },
    "reserve": {
        "uscc": "统一社会信用代码/组织机构代码", "mobile": "手机号码", "email": "电子邮件", "staff": "职工总数",
        "unit_profile": "申报单位简介", "product_summary": "揭榜产品简介", "fax": "传真号码",
    },
    "calibration": {
        "uscc": "组织机构代码/统一社会信用代码", "mobile": "手机", "email": "电子邮箱", "address": "单位地址",
        "unit_profile": "单位简介", "product_summary": "产品概述",
    },
}  # fmt: skip
"""Other wordings of the same labels; each family has its own."""
FACES = {
    "tuning": (
        ("Noto Serif CJK SC", "Noto Serif CJK SC"), ("Noto Sans CJK SC", "DejaVu Sans"),
        ("WenQuanYi Micro Hei", "WenQuanYi Micro Hei"), ("LXGW WenKai", "LXGW WenKai"),
        ("Noto Serif CJK SC", "DejaVu Serif"), ("LXGW WenKai Light", "DejaVu Serif"),
        ("AR PL UKai CN", "AR PL UKai CN"), ("Noto Serif CJK SC", "Liberation Serif"),
        ("WenQuanYi Micro Hei Mono", "Liberation Mono"), ("LXGW WenKai", "Liberation Sans"),
        ("Noto Sans CJK SC", "Noto Sans CJK SC"), ("LXGW WenKai", "Noto Serif CJK SC"),
    ),
    "judging": (
        ("AR PL UMing CN", "AR PL UMing CN"), ("AR PL SungtiL GB", "AR PL SungtiL GB"),
        ("AR PL KaitiM GB", "AR PL UMing CN"), ("AR PL KaitiM GB", "AR PL KaitiM GB"),
    ),
    "reserve": (("WenQuanYi Zen Hei", "WenQuanYi Zen Hei"),),
    "calibration": (
        ("Noto Serif CJK HK", "DejaVu Serif Condensed"), ("LXGW WenKai Mono", "LXGW WenKai Mono"),
        ("Noto Sans Mono CJK SC", "Noto Sans Mono CJK SC"), ("Noto Serif CJK HK", "Noto Serif CJK HK"),
        ("LXGW WenKai Mono Light", "Liberation Sans Narrow"), ("Noto Sans Mono CJK SC", "DejaVu Sans Condensed"),
    ),
}  # fmt: skip
"""Chinese and Latin faces of each family; no Chinese face stands in two families."""
VARIED = ("tuning", "calibration")
"""Families that differ in pens and leading too."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One applicant's way of setting the form; `size_pt` of body text, `rule_pt` of table lines.

    The last four vary in the families of VARIED alone: the mark a pen leaves, the leading of cells, whether lines break
    inside Latin words, and how many wide blanks stand between options.
    """

    family: str
    arrangement: Arrangement
    labels: dict[str, str]
    tick: TickStyle
    face: str
    latin: str
    size_pt: float
    rule_pt: float
    colon: bool
    boxed_other: bool
    named_commitment: bool
    date_style: Literal["chinese", "mixed", "plain"]
    cover_number: bool
    merged_indicators: bool
    label_share: float
    pen_tick: PenTick = "check"
    line_height: float = 1.45
    break_anywhere: bool = False
    spaced_options: int = 1

    def label(self, key: str) -> str:
        """The wording of a label, with a colon where this applicant writes one."""
        return self.labels[key] + ("：" if self.colon else "")


def choose_layout(family: str, index: int, rng: Random) -> Layout:
    """A layout for the index-th package; arrangements, ticks and faces go round so that few packages show all."""
    aliases = ALIASES[family]
    some = {key: aliases[key] for key in aliases if rng.random() < (0.75 if family == "judging" else 0.4)}
    faces = FACES[family]
    face, latin = faces[index % len(faces)]
    ticks = ("hand", "ballot", "root", "bracket") if family == "judging" else TICKS
    layout = Layout(
        family=family,
        arrangement=ARRANGEMENTS[(index + index // len(ARRANGEMENTS)) % len(ARRANGEMENTS)],
        labels={**NOTICE_LABELS, **some},
        tick=ticks[index % len(ticks)],
        face=face,
        latin=latin,
        size_pt=rng.choice([10.5, 11, 12]),
        rule_pt=rng.choice([0.5, 0.75, 1.0]),
        colon=rng.random() < 0.15,
        boxed_other=rng.random() < 0.5,
        named_commitment=rng.random() < 0.5,
        date_style=rng.choice(("chinese", "mixed", "plain")),
        cover_number=rng.random() < 0.5,
        merged_indicators=rng.random() < 0.7,
        label_share=rng.uniform(0.85, 1.25),
    )
    return _varied(layout, index, rng) if family in VARIED else layout


def _varied(layout: Layout, index: int, rng: Random) -> Layout:
    """A layout with more that real forms differ in: pens, leading, breaks inside words, gaps between options."""
    return replace(
        layout,
        pen_tick=PEN_TICKS[(index // 3) % len(PEN_TICKS)],
        line_height=rng.choice((1.2, 1.45, 1.8)),
        break_anywhere=rng.random() < 0.5,
        spaced_options=rng.choice((0, 1, 2)),
    )
