"""The stamped copy's sections as blocks: cover, instructions, form, indicators, task book, evidence, commitment."""

from __future__ import annotations

from datetime import date

from pipeline.notices.profile import Profile, SealPlace
from samples.filing import Filing
from samples.printing.blocks import Block, Cell, Heading, Para, Section, Space, Table
from samples.printing.evidence import EvidenceDocument
from samples.printing.form import form_blocks
from samples.printing.layout import Layout

DIGITS = "〇一二三四五六七八九"
INSTRUCTIONS = (
    "一、揭榜单位应仔细阅读《2021年人工智能产业创新任务揭榜挂帅申报指南》的有关说明，如实、详细地填写每一部分内容。",
    "二、除另有说明外，申报表中栏目不得空缺。申报表要求提供证明材料处，请补充附件。",
    "三、揭榜主体所申报的产品需拥有知识产权，对报送的全部资料真实性负责，对能否按计划完成重点揭榜任务作出有效承诺，"
    "并签署企业承诺声明（见“揭榜任务承诺书”模板）。",
)
INDICATOR_NOTES = (
    "注：1、表中指标主要包括技术性能指标、产业化指标等，指标不对外公开，仅用于专家和评测机构评价参考。",
    "2、揭榜单位申报指标需包含“揭榜任务和预期目标”中所提及的指标，可在此基础上合理增加指标。表中“本单位2023年目标”至少为预计可实现的指标下限值，"
    "鼓励提出超过预期目标的2023年目标。",
)
TASKBOOK_NOTE = (
    "注：任务书篇幅不宜过长，原则上不超过6000字，"
    "重点讲述攻关目标及计划部分；如果申报多个领域，请按此模板分别填报任务书。"
)
WIDTHS = {"no": 7, "applicant": 20, "direction": 17, "product": 18, "reason": 18, "contact": 8, "mobile": 14, "city": 9}
"""Widths of the recommendation table's columns, in shares."""
NARROW = ("no", "contact", "mobile", "city")
ORDER = ("cover", "instructions", "form", "indicators", "taskbook", "evidence", "commitment")
COMMITMENT_FIRST = ("cover", "instructions", "form", "indicators", "taskbook", "commitment", "evidence")


def copy_sections(
    filing: Filing, layout: Layout, profile: Profile, evidence: tuple[EvidenceDocument, ...], order: tuple[str, ...]
) -> tuple[Section, ...]:
    """The sections of a stamped copy in the given order; evidence is one section a document."""
    made: dict[str, tuple[Block, ...]] = {
        "cover": cover(filing, layout, profile),
        "instructions": (Heading("填 报 须 知"), Space(4), *(Para(text) for text in INSTRUCTIONS)),
        "form": form_blocks(filing, layout, profile),
        "indicators": indicators(filing, layout, profile),
        "taskbook": taskbook(filing, profile),
        "commitment": commitment(filing, layout, profile),
    }
    sections: list[Section] = []
    for name in order:
        if name == "evidence":
            sections += [part for number, document in enumerate(evidence) for part in _evidence(document, number)]
        else:
            sections.append(Section(name, made[name]))
    return tuple(sections)


def _evidence(document: EvidenceDocument, number: int) -> tuple[Section, ...]:
    """A document, behind its separator sheet where it has one."""
    own = Section("evidence", document.blocks, number)
    return (Section("evidence", document.separator), own) if document.separator else (own,)


def cover(filing: Filing, layout: Layout, profile: Profile) -> tuple[Block, ...]:
    """The cover with its four lines."""
    names = {direction.number: direction.name for direction in profile.directions}
    prefix = layout.cover_number
    wanted = "、".join((f"方向{number}：" if prefix else "") + names[number] for number in filing.directions)
    day = filing.filed_on
    date_text = (
        f"[[u: {day.year} ]]年[[u: {day.month} ]]月[[u: {day.day} ]]日"
        if filing.values.get("filing_date")
        else "____年____月____日"
    )
    label = {line.key: line.labels[0] for line in profile.cover}
    lines = (
        f"{label['directions']}：[[u:{wanted}]]",
        f"{label['applicant']}：[[u:{filing.show('applicant')}]]{_to_stamp('cover.applicant', profile)}",
        f"{label['recommender']}：[[u:{filing.recommender}]]{_to_stamp('cover.recommender', profile)}",
        f"{label['filing_date']}：{date_text}",
    )
    spaced = [block for line in lines for block in (Para(line, indent=False, large=True), Space(19))]
    return (
        Space(22),
        Heading(f"{profile.year}年人工智能产业创新任务"),
        Heading(profile.sections["cover"].titles[0]),
        Space(48),
        *spaced,
    )


def _to_stamp(place: SealPlace, profile: Profile) -> str:
    """The template's note and anchor where a place needs a seal."""
    return f"[[@seal.{place}]]（加盖单位公章）" if profile.required_seal(place) else ""


def indicators(filing: Filing, layout: Layout, profile: Profile) -> tuple[Block, ...]:
    """The six-column table of indicators and its notes."""
    names = {direction.number: direction.name for direction in profile.directions}
    name, product = names[filing.directions[0]], filing.values["product"]
    head = tuple(Cell(text, align="center") for texts in profile.indicator_columns.values() for text in texts[:1])
    rows: list[tuple[Cell, ...]] = [head]
    for index, row in enumerate(filing.rows):
        own = (Cell(row.name), Cell(row.current), Cell(row.target), Cell(row.note))
        if not layout.merged_indicators:
            rows.append((Cell(name), Cell(product), *own))
        elif index == 0:
            count = len(filing.rows)
            rows.append((Cell(name, rows=count, align="center"), Cell(product, rows=count, align="center"), *own))
        else:
            rows.append(own)
    table = Table((14, 14, 18, 17, 17, 20), tuple(rows), row_mm=10)
    return (
        Heading(profile.sections["indicators"].titles[0]),
        table,
        *(Para(text, indent=False) for text in INDICATOR_NOTES),
    )


def taskbook(filing: Filing, profile: Profile) -> tuple[Block, ...]:
    """The task book with its headings; parts that are not in the filing are left out, heading and all."""
    blocks: list[Block] = [Heading(profile.sections["taskbook"].titles[0])]
    for part in profile.taskbook_sections:
        if part.container:
            blocks.append(Heading(part.heading, "part"))
        elif part.id in filing.taskbook:
            blocks.append(Heading(part.heading, "part" if part.parent is None else "item"))
            blocks += [Para(text) for text in filing.taskbook[part.id].split("\n")]
    return (*blocks, Para(TASKBOOK_NOTE, indent=False))


def commitment(filing: Filing, layout: Layout, profile: Profile) -> tuple[Block, ...]:
    """The commitment letter with its blanks, the place to sign and the place to stamp."""
    blank, *texts = profile.commitment_text
    product = filing.values["commitment_product"]
    opening = blank.replace("____", f"[[u:{product or '　　　　　　'}]]")
    name = filing.show("applicant") if layout.named_commitment else "公司"
    right: list[Block] = [
        Para(f"联系人：{filing.values['commitment_contact']}", indent=False),
        Para(f"联系电话：{filing.values['commitment_phone']}", indent=False),
        Space(4),
        Para("法定代表人：[[@sign]]　　　　　　　（签字）", indent=False),
        Space(8), Para(f"{name}（企业盖章）[[@seal.commitment]]", "right", False),
        Para(_date(filing.committed_on, layout.date_style, bool(filing.values["commitment_date"])), "right", False),
    ]  # fmt: skip
    return (
        Heading(profile.sections["commitment"].titles[0]),
        Space(4),
        Para(opening),
        *(Para(text) for text in texts),
        Space(6),
        *right,
    )


def _date(day: date, style: str, filled: bool) -> str:
    if not filled:
        return "二〇二一年　　月　　日"
    if style == "chinese":
        return f"二〇二一年{_numeral(day.month)}月{_numeral(day.day)}日"
    if style == "mixed":
        return f"二〇二一年{day.month:>3}月{day.day:>3}日"
    return f"{day.year}年{day.month}月{day.day}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")


def recommendation(recommender: str, rows: tuple[tuple[str, ...], ...], profile: Profile) -> Section:
    """推荐表: a row an application, with the notice's columns."""
    columns = tuple(profile.recommendation_columns)
    table = [tuple(Cell(texts[0], align="center") for texts in profile.recommendation_columns.values())]
    table += [
        tuple(
            Cell(text, align="center" if column in NARROW else "left")
            for column, text in zip(columns, row, strict=True)
        )
        for row in rows
    ]
    notes = (
        "注：1、本表由地方、央企、联盟或协会等推荐单位填报", "2、推荐单位按优先次序排名",
        f"3、{profile.recommendation_columns['direction'][0]}是指技术产品创新揭榜任务和预期目标中涉及的"
        f"{len(profile.directions)}个重点任务方向。",
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        Heading(f"{profile.year}年人工智能产业创新任务{profile.sections['recommendation'].titles[0]}"),
        Para(f"{profile.recommendation_labels[0]}：{recommender}[[@seal.recommendation]]", indent=False),
        Table(tuple(WIDTHS.get(column, WIDTHS["city"]) for column in columns), tuple(table), row_mm=12),
        *(Para(note, indent=False) for note in notes),
    )
    return Section("recommendation", blocks)
