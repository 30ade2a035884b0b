"""揭榜单位申报表 in several arrangements of the same boxes."""

from __future__ import annotations

from pipeline.notices.profile import Profile
from samples.filing import Filing
from samples.printing.blocks import Block, Break, Cell, Heading, Para, Table
from samples.printing.layout import NOTICE_LABELS, Layout

Rows = tuple[tuple[Cell, ...], ...]
MARKS = {
    "ballot": ("☑", "□"), "root": ("√", "□"), "black": ("■", "□"), "check": ("✔", "□"), "bracket": ("[√]", "[  ]"),
    "lenticular": ("【√】", "【　】"), "crossed": ("☒", "□"), "disc": ("●", "○"), "hand": ("□", "□"),
}  # fmt: skip
OWNERSHIPS = ("国有企业", "民营企业", "外资企业", "事业单位")


def form_blocks(filing: Filing, layout: Layout, profile: Profile) -> tuple[Block, ...]:
    """The form's title and table or tables."""
    title = (Heading("人工智能产业创新任务"), Heading("揭榜单位申报表"))
    widths, unit_rows = UNIT_PARTS[layout.arrangement](filing, layout)
    product_rows = _product_rows(filing, layout, profile, len(widths))
    if layout.arrangement == "split":
        return (
            *title, Para("一、单位基本情况", indent=False), Table(widths, unit_rows),
            Break(), Para("二、揭榜产品情况", indent=False), Table(widths, product_rows),
        )  # fmt: skip
    return (*title, Table(widths, (*unit_rows, *product_rows)))


def tick(on: bool, layout: Layout, anchor: str) -> str:
    """A tick box in this applicant's style; a hand-made tick is put on the paper later, at the anchor."""
    mark = MARKS[layout.tick][0 if on else 1]
    return f"{mark}[[@tick.{layout.pen_tick}.{anchor}]]" if on and layout.tick == "hand" else mark


def ownership_text(filing: Filing, layout: Layout) -> str:
    """单位性质 with its boxes; 其他 has none of its own in the notice's template."""
    value = filing.values["ownership"]
    options = [f"{tick(value == name, layout, 'ownership')}{name}" for name in OWNERSHIPS]
    other = value.removeprefix("其他：") if value.startswith("其他") else ""
    box = tick(bool(other), layout, "ownership") if layout.boxed_other or other else ""
    options.append(f"{box}其他（请注明）：[[u:{other}]]" if other else f"{box}其他（请注明）：____")
    return ("　" * layout.spaced_options or " ").join(options)


def _listed_text(filing: Filing, layout: Layout) -> str:
    value = filing.values["listed"]
    return ("　" * (1 + layout.spaced_options)).join(
        f"{tick(value == name, layout, 'listed')}{name}" for name in ("否", "是")
    )


def _directions_text(filing: Filing, layout: Layout, profile: Profile) -> str:
    lines, category = [], ""
    for direction in profile.directions:
        if direction.category != category:
            category = direction.category
            lines.append(category)
        box = tick(direction.number in filing.directions, layout, "directions")
        lines.append(f"{box}方向{direction.number}：{direction.name}")
    return "\n".join(lines)


def _value(filing: Filing, layout: Layout, key: str) -> str:
    if key == "ownership":
        return ownership_text(filing, layout)
    if key == "listed":
        return _listed_text(filing, layout)
    return filing.show(key)


def _pair(filing: Filing, layout: Layout, key: str, label: int, value: int) -> tuple[Cell, Cell]:
    """A label cell and its value cell with their column spans."""
    return (
        Cell(layout.label(key), columns=label, align="center"),
        Cell(_value(filing, layout, key), columns=value),
    )


def _person_cells(filing: Filing, layout: Layout, group: str, entries: tuple[str, ...]) -> list[tuple[Cell, Cell]]:
    return [
        (Cell(layout.label(entry), align="center"), Cell(filing.show(f"{group}_{entry}"))) for entry in entries
    ]  # fmt: skip


PEOPLE = {"leader": ("name", "title", "email", "mobile"), "contact": ("name", "mobile", "email", "fax")}
SIX = {"leader": ("name", "title", "mobile", "email"), "contact": ("name", "mobile", "fax", "email")}
FULL = ("address", "uscc", "ownership", "listed")
HALVES = (("revenue", "rd_spend"), ("ai_revenue", None), ("staff", "rd_staff"))


def _official(filing: Filing, layout: Layout, vertical: bool = False) -> tuple[tuple[float, ...], Rows]:
    """The notice's own grid: a group label, then label and value twice."""
    share = layout.label_share
    widths = (8.0 if vertical else 18 * share, 12 if vertical else 10, 30, 16 * share, 30)
    rows: list[tuple[Cell, ...]] = [_pair(filing, layout, "applicant", 2 if vertical else 1, 3 if vertical else 4)]
    for group, entries in PEOPLE.items():
        cells = _person_cells(filing, layout, group, entries)
        name = "\n".join(layout.labels[group]) if vertical else layout.label(group)
        rows.append((Cell(name, rows=2, align="center"), *cells[0], *cells[1]))
        rows.append((*cells[2], *cells[3]))
    label, wide = (2, 1) if vertical else (1, 2)
    legal, capital = (
        _pair(filing, layout, "legal_representative", label, wide),
        _pair(filing, layout, "registered_capital", 1, 1),
    )
    rows.append((*legal, *capital))
    rows += [_pair(filing, layout, key, label, wide + 2) for key in FULL]
    for left, right in HALVES:
        first = _pair(filing, layout, left, label, wide if right else wide + 2)
        rows.append((*first, *_pair(filing, layout, right, 1, 1)) if right else first)
    rows += [_pair(filing, layout, key, label, wide + 2) for key in ("unit_profile", "partners")]
    return widths, tuple(rows)


def _vertical(filing: Filing, layout: Layout) -> tuple[tuple[float, ...], Rows]:
    """The official grid with the group labels written downwards."""
    return _official(filing, layout, vertical=True)


def _inline(filing: Filing, layout: Layout) -> tuple[tuple[float, ...], Rows]:
    """People's entries as label and value in one cell: 姓名：张三."""
    widths = (20 * layout.label_share, 27, 18, 27)
    rows: list[tuple[Cell, ...]] = [_pair(filing, layout, "applicant", 1, 3)]
    for group, entries in PEOPLE.items():
        texts = [f"{layout.labels[entry]}：{filing.show(f'{group}_{entry}')}" for entry in entries]
        rows.append((Cell(layout.label(group), rows=2, align="center"), Cell(texts[0]), Cell(texts[1], columns=2)))
        rows.append((Cell(texts[2]), Cell(texts[3], columns=2)))
    pairs = [("legal_representative", "registered_capital"), *HALVES]
    full = [_pair(filing, layout, key, 1, 3) for key in FULL]
    halves = [
        (*_pair(filing, layout, left, 1, 1), *_pair(filing, layout, right, 1, 1))
        if right
        else _pair(filing, layout, left, 1, 3)
        for left, right in pairs
    ]
    rows += [halves[0], *full, *halves[1:]]
    rows += [_pair(filing, layout, key, 1, 3) for key in ("unit_profile", "partners")]
    return widths, tuple(rows)


def _six(filing: Filing, layout: Layout) -> tuple[tuple[float, ...], Rows]:
    """Three pairs of label and value a row; people's labels carry the group's name."""
    widths = (14.0, 18, 12, 19, 13, 24)
    rows: list[tuple[Cell, ...]] = [_pair(filing, layout, "applicant", 1, 5)]
    for group, entries in SIX.items():
        pairs = [
            (Cell(NOTICE_LABELS[group] + NOTICE_LABELS[entry], align="center"), Cell(filing.show(f"{group}_{entry}")))
            for entry in entries
        ]
        rows.append(tuple(cell for pair in pairs[:3] for cell in pair))
        rows.append((pairs[3][0], Cell(pairs[3][1].text, columns=5)))
    rows.append(
        (*_pair(filing, layout, "legal_representative", 1, 2), *_pair(filing, layout, "registered_capital", 1, 2))
    )
    rows += [_pair(filing, layout, key, 1, 5) for key in FULL]
    three = [_pair(filing, layout, key, 1, 1) for key in ("revenue", "ai_revenue", "rd_spend")]
    rows.append(tuple(cell for pair in three for cell in pair))
    rows.append((*_pair(filing, layout, "staff", 1, 2), *_pair(filing, layout, "rd_staff", 1, 2)))
    rows += [_pair(filing, layout, key, 1, 5) for key in ("unit_profile", "partners")]
    return widths, tuple(rows)


def _wide(filing: Filing, layout: Layout) -> tuple[tuple[float, ...], Rows]:
    """Narrow label columns, so that labels break over lines, and wide values."""
    _, rows = _official(filing, layout)
    return (13.0, 8, 34, 11, 34), rows


def _product_rows(filing: Filing, layout: Layout, profile: Profile, columns: int) -> Rows:
    span = 2 if layout.arrangement == "vertical" else 1
    value = columns - span
    directions = (
        Cell(layout.label("directions"), columns=span, align="center"),
        Cell(_directions_text(filing, layout, profile), columns=value),
    )
    return (
        _pair(filing, layout, "product", span, value),
        directions,
        _pair(filing, layout, "product_summary", span, value),
    )


UNIT_PARTS = {
    "official": _official, "inline": _inline, "six": _six, "vertical": _vertical, "split": _official, "wide": _wide,
}  # fmt: skip
