"""Financial evidence: statements, audit reports, tax certificates, the R&D detail and its special audit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from samples.filing import Filing
from samples.printing.blocks import Block, Break, Cell, Heading, Para, Space, Table
from samples.printing.evidence_document import EvidenceDocument, line
from samples.printing.evidence_wording import Wording

YUAN_SHARE = 0.5
"""Half of the statements are kept in 元, as accountants do."""
CENT = Decimal("0.01")
OFFICES = ("四川中衡信会计师事务所有限公司", "成都正则会计师事务所（普通合伙）", "四川恒立税务师事务所有限责任公司")

Rows = Sequence[tuple[str, Decimal]]


def income(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """An income statement of its own."""
    blocks = (*_income_blocks(filing, words, rng), *_sign_off(filing, "2021年3月18日"))
    return EvidenceDocument(1, "利润表", words.income_title.replace(" ", ""), filing.values["applicant"], blocks, 2020,
                            amounts=_known(filing, words))  # fmt: skip


def audit_report(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """An audit report: the auditor's text, the balance sheet, the income statement."""
    office, unit = rng.choice(OFFICES[:2]), filing.show("applicant")
    number = f"川{office[2:4]}审字〔2021〕第{rng.randint(100, 999)}号"
    blocks = (
        Heading("审 计 报 告" if words.brackets else "审计报告"), line(number, "right"), line(f"{unit}全体股东："),
        Para(f"我们审计了{unit}（以下简称“贵公司”）财务报表，包括2020年12月31日的资产负债表，2020年度的利润表、"
             "现金流量表、所有者权益变动表以及相关财务报表附注。"),
        Para("我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司2020年12月31日的"
             "财务状况以及2020年度的经营成果和现金流量。"),
        Space(20), line(f"{office}[[@seal.issuer]]", "right"), line("2021年3月26日", "right"), Break(),
        *_balance_blocks(filing, words, rng), Break(), *_income_blocks(filing, words, rng),
        *_sign_off(filing, "2021年3月26日"),
    )  # fmt: skip
    return EvidenceDocument(1, "审计报告", "审计报告", filing.values["applicant"], blocks, 2020, number,
                            amounts=_known(filing, words), issuer=office)  # fmt: skip


def tax_certificate(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A certificate of taxes paid, in 元; the sum in figures and in words."""
    first, second = (Decimal(rng.randint(10_000, 900_000)) for _ in range(2))
    head = tuple(Cell(text, align="center") for text in ("税种", "税款所属时期", "入（退）库日期", "实缴（退）金额"))
    rows = [head] + [
        (Cell(name), Cell("2020-01-01至2020-12-31"), Cell(day, align="center"), Cell(f"{tax:,.2f}", align="center"))
        for name, day, tax in (("增值税", "2021-01-14", first), ("企业所得税", "2021-05-20", second))
    ]
    total = first + second
    blocks = (
        Heading(words.tax_title), line(f"填发日期：2021年6月{rng.randint(1, 28)}日", "right"),
        line(f"纳税人名称：{filing.show('applicant')}"), line(f"纳税人识别号：{filing.values['uscc']}"),
        Table((20, 35, 22, 23), tuple(rows), row_mm=9),
        line(f"金额合计：￥{total:,.2f}"), line("单位：元"), Space(20),
        line("税务机关（盖章）"), Space(20), line("复印件与原件一致[[@seal.evidence]]", "right"),
    )  # fmt: skip
    return EvidenceDocument(1, "纳税证明", words.tax_title, filing.values["applicant"], blocks, 2020,
                            amounts=(("other", _wan(total)),))  # fmt: skip


def research(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """The detail of the R&D expense."""
    blocks = (
        *_research_blocks(filing, words, rng),
        Para("注：上述研发投入按研发项目归集，已在财务会计报表中列示。", indent=False),
        *_sign_off(filing, "2021年3月20日"),
    )
    return EvidenceDocument(2, "研发费用", words.research_title, filing.values["applicant"], blocks, 2020,
                            amounts=(("rd_spend", filing.values["rd_spend"]),))  # fmt: skip


def research_audit(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A special audit of the R&D expense: the auditor's text, and the detail."""
    office, unit = OFFICES[2], filing.show("applicant")
    number = f"川恒专审字〔2021〕{rng.randint(100, 999)}号"
    title = rng.choice(("研发费用专项审计报告", "关于2020年度研究开发费用的专项审计报告"))
    blocks = (
        Heading(title), line(number, "right"), line(f"{unit}："),
        Para(f"我们接受委托，审计了{unit}2020年度研究开发费用结构明细表。编制该明细表是贵单位管理层的责任。"),
        Para("我们认为，上述明细表在所有重大方面公允反映了贵单位2020年度研究开发费用的实际发生情况。"),
        Space(20), line(f"{office}[[@seal.issuer]]", "right"), line("2021年4月2日", "right"), Break(),
        *_research_blocks(filing, words, rng), *_sign_off(filing, "2021年4月2日"),
    )  # fmt: skip
    return EvidenceDocument(2, "研发费用", title, filing.values["applicant"], blocks, 2020, number,
                            amounts=(("rd_spend", filing.values["rd_spend"]),), issuer=office)  # fmt: skip


def _known(filing: Filing, words: Wording) -> tuple[tuple[str, str], ...]:
    keys = ("revenue", "ai_revenue", "rd_spend") if words.rd_row else ("revenue", "ai_revenue")
    return tuple((key, filing.values[key]) for key in keys)


def _income_blocks(filing: Filing, words: Wording, rng: Random) -> tuple[Block, ...]:
    values = filing.values
    revenue, spent = Decimal(values["revenue"]), Decimal(values["rd_spend"]) if words.rd_row else Decimal(0)
    cost, tax, fees = ((revenue * Decimal(share)).quantize(CENT) for share in ("0.58", "0.01", "0.21"))
    rows = [
        (words.revenue, revenue), (words.ai_revenue, Decimal(values["ai_revenue"])), ("减：营业成本", cost),
        ("税金及附加", tax), ("销售及管理费用", fees), ("二、营业利润", revenue - cost - tax - fees - spent),
        ("三、利润总额", revenue - cost - tax - fees - spent),
    ]  # fmt: skip
    rows = [*rows[:5], ("研发费用", spent), *rows[5:]] if words.rd_row else rows
    people = f"单位负责人：{values['legal_representative']}　　会计机构负责人：{values['contact_name']}"
    return _statement(filing, words, rng, words.income_title, words.period, rows, words.years, line(people))


def _balance_blocks(filing: Filing, words: Wording, rng: Random) -> tuple[Block, ...]:
    total = Decimal(filing.values["registered_capital"]) * 3
    rows = [
        ("货币资金", total / 5), ("应收账款", total / 4), ("固定资产", total * 11 / 20), ("资产总计", total),
        ("负债合计", total / 3), ("所有者权益合计", total - total / 3),
    ]  # fmt: skip
    return _statement(filing, words, rng, "资产负债表", "2020年12月31日", rows, ("期末余额", "年初余额"), Space(2))


def _research_blocks(filing: Filing, words: Wording, rng: Random) -> tuple[Block, ...]:
    total = Decimal(filing.values["rd_spend"])
    people, material = ((total * Decimal(share)).quantize(CENT) for share in ("0.6", "0.25"))
    amounts = (people, material, total - people - material, total)
    rows = list(zip(words.research_rows, amounts, strict=True))
    head = "2020年度金额" if words.line_head else "2020年度"
    period = "" if "2020" in words.research_title else "2020年度"
    return _statement(filing, words, rng, words.research_title, period, rows, (head, ""), Space(2), single=True)


def _statement(
    filing: Filing, words: Wording, rng: Random, title: str, period: str, rows: Rows, years: tuple[str, str],
    foot: Block, single: bool = False,
) -> tuple[Block, ...]:  # fmt: skip
    """A titled table of amounts of one or two years."""
    yuan, earlier = rng.random() < YUAN_SHARE, Decimal(rng.randint(55, 92)) / 100
    unit = words.unit.format("元" if yuan else "万元")
    unit = unit if "：" in unit else f"单位:人民币{unit}"
    numbered, double = bool(words.line_head), words.two_years and not single
    heads = [years[1], years[0]] if double and words.last_first else list(years[: 2 if double else 1])
    named = [Cell("项　目" if words.brackets else "项目", align="center")]
    table = [named + [Cell(text, align="center") for text in [words.line_head] * numbered + heads]]
    for number, (name, amount) in enumerate(rows, 1):
        shown = [_money(amount, yuan, words.brackets), _money(amount * earlier, yuan, words.brackets)][: 1 + double]
        shown = shown[::-1] if words.last_first else shown
        table.append([Cell(name)] + [Cell(str(number), align="center")] * numbered
                     + [Cell(text, align="center") for text in shown])  # fmt: skip
    widths = (44,) + (12,) * numbered + (22,) * len(heads)
    head = f"{words.prepared_by}：{filing.show('applicant')}　　　{period}　　　{unit}"
    if len(head) > 44:  # it would break in the middle of a word
        lines: tuple[Block, ...] = (line(head.split("　　　", 1)[0]), line(f"{period}　　　　　{unit}"))
    else:
        lines = (line(head),)
    return (Heading(title), *lines, Table(widths, tuple(tuple(row) for row in table), row_mm=8), foot)


def _sign_off(filing: Filing, date: str) -> tuple[Block, ...]:
    owner = filing.show("applicant")
    return (Space(8), line(f"{owner}（盖章）[[@seal.evidence]]", "right"), line(date, "right"))


def _money(amount: Decimal, yuan: bool, brackets: bool) -> str:
    shown = f"{abs(amount * 10000 if yuan else amount):,.2f}"
    return shown if amount >= 0 else f"({shown})" if brackets else f"-{shown}"


def _wan(yuan: Decimal) -> str:
    text = format(yuan / 10000, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
