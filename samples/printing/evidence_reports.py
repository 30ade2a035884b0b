"""What bears out the product: test reports of a third party, proofs of its use."""

from __future__ import annotations

from random import Random

from samples.filing import Filing
from samples.printing.blocks import Block, Break, Cell, Heading, Para, Space, Table
from samples.printing.evidence_document import EvidenceDocument, line
from samples.printing.evidence_wording import Wording

AGENCIES = ("四川省软件产品质量检验中心", "成都锦程电子信息检测有限公司", "西南智能系统测评中心")
USERS = ("四川岷江水务集团有限公司", "成都锦江云商物流有限公司")


def report(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A test report on one page."""
    agency, number, facts = _facts(filing, words, rng)
    blocks = (
        Heading(words.report_title), line(f"{words.report_number}：{number}", "right"), *facts, _results(filing),
        Para("测试结论：样品所检项目符合委托方提供的技术要求。"), *_signed(agency),
    )  # fmt: skip
    return _report(filing, words, blocks, number, agency)


def long_report(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A test report of a title page and one of results, its number at the head of both."""
    agency, number, facts = _facts(filing, words, rng)
    head = f"{words.report_number}：{number}"
    blocks = (
        line(f"{head}　　　　第1页 共2页", "right"), Space(20), Heading(words.report_title), Space(20), *facts,
        Space(10), Para("本报告仅对所检样品负责，未经本机构书面批准不得部分复制。"), Break(),
        line(f"{head}　　　　第2页 共2页", "right"), _results(filing),
        Para("结论：样品所检项目符合委托方提供的技术要求。"), *_signed(agency),
    )  # fmt: skip
    return _report(filing, words, blocks, number, agency)


def application_proof(filing: Filing, _words: Wording, rng: Random) -> EvidenceDocument:
    """A user's word on the product."""
    user, product = rng.choice(USERS), filing.values["product"]
    blocks = (
        Heading("应用证明"), Space(6),
        Para(f"{filing.show('applicant')}研发的{product}自2021年3月起在我单位投入使用，系统运行稳定，各项指标达到设计"
             "要求，应用效果良好。"),
        Para("特此证明。"), Space(10), line(f"应用单位：{user}（章）[[@seal.issuer]]", "right"),
        line("2021年9月", "right"),
        Space(40), line("复印件与原件一致[[@seal.evidence]]", "left"),
    )  # fmt: skip
    return EvidenceDocument(5, "应用证明", "应用证明", filing.values["applicant"], blocks, 2021, issuer=user)


def _facts(filing: Filing, words: Wording, rng: Random) -> tuple[str, str, tuple[Block, ...]]:
    """Who tested it, the report's number, and the lines that say what was tested for whom."""
    agency = rng.choice(AGENCIES)
    number = f"{rng.choice(('CT', 'WT', 'SJ'))}2021-{rng.randint(100, 9999):04d}"
    lines = (
        line(f"产品名称：{filing.values['product']}"), line(f"{words.client}：{filing.show('applicant')}"),
        line(f"测试机构：{agency}"), line(f"{words.tested_on}：2021年{rng.randint(6, 9)}月{rng.randint(1, 28)}日"),
    )  # fmt: skip
    return agency, number, lines


def _results(filing: Filing) -> Table:
    head = tuple(Cell(text, align="center") for text in ("序号", "测试项目", "测试结果", "结论"))
    rows = tuple(
        (Cell(str(count), align="center"), Cell(row.name), Cell(row.current), Cell("符合", align="center"))
        for count, row in enumerate(filing.rows[:6], 1)
    )
    return Table((10, 40, 35, 15), (head, *rows), row_mm=8)


def _signed(agency: str) -> tuple[Block, ...]:
    return (Space(6), line(f"测试机构：{agency}（章）[[@seal.issuer]]"), Space(22),
            line("委托单位确认[[@seal.evidence]]", "right"))  # fmt: skip


def _report(filing: Filing, words: Wording, blocks: tuple[Block, ...], number: str, agency: str) -> EvidenceDocument:
    title = words.report_title.replace(" ", "")
    return EvidenceDocument(5, "测试报告", title, filing.values["applicant"], blocks, 2021, number, issuer=agency)
