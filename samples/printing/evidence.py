"""Evidence documents 1-5 that bear out what an application says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from samples.filing import Filing
from samples.printing.blocks import Block, Cell, Heading, Para, Space, Table

PATENT_TEXT = (
    "国家知识产权局依照中华人民共和国专利法进行审查，决定授予专利权，颁发发明专利证书并在专利登记簿上予以登记。"
    "专利权自授权公告之日起生效。专利权期限为二十年，自申请日起算。"
)
YUAN_SHARE = 0.5
"""Half of the statements are kept in 元, as accountants do."""


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """One document: what it says (amounts in 万元) and its blocks; `issuer` stamps it beside the applicant."""

    item: int
    kind: str
    title: str
    owner: str
    blocks: tuple[Block, ...]
    year: int | None = None
    number: str = ""
    amounts: tuple[tuple[str, str], ...] = ()
    issuer: str = ""


def evidence_documents(filing: Filing, rng: Random) -> tuple[EvidenceDocument, ...]:
    """One document for each item, in order."""
    return tuple(make(filing, rng) for make in (_income, _research, _patent, _honour, _test_report))


def _money(wan: str, yuan: bool) -> str:
    return f"{Decimal(wan) * 10000:,.2f}" if yuan else f"{Decimal(wan):,.2f}"


def _statement(rows: tuple[tuple[str, str, str], ...], heads: tuple[str, str, str]) -> Table:
    cells = [tuple(Cell(head, align="center") for head in heads)]
    cells += [(Cell(name), Cell(line, align="center"), Cell(amount, align="center")) for name, line, amount in rows]
    return Table((50, 15, 35), tuple(cells), row_mm=8)


def _sign_off(owner: str, date: str) -> tuple[Block, ...]:
    return (Space(8), Para(f"{owner}（盖章）[[@seal.evidence]]", "right", False), Para(date, "right", False))


def _income(filing: Filing, rng: Random) -> EvidenceDocument:
    values, yuan = filing.values, rng.random() < YUAN_SHARE
    revenue = Decimal(values["revenue"])
    cost, tax, fees = (revenue * Decimal(share) for share in ("0.58", "0.01", "0.21"))
    amounts = (
        ("一、营业收入", values["revenue"]), ("其中：人工智能相关业务收入", values["ai_revenue"]),
        ("减：营业成本", f"{cost:.2f}"), ("税金及附加", f"{tax:.2f}"), ("销售及管理费用", f"{fees:.2f}"),
        ("二、营业利润", f"{revenue - cost - tax - fees:.2f}"), ("三、利润总额", f"{revenue - cost - tax - fees:.2f}"),
    )  # fmt: skip
    rows = tuple((name, str(line), _money(amount, yuan)) for line, (name, amount) in enumerate(amounts, 1))
    head = f"编制单位：{filing.show('applicant')}　　　　2020年度　　　　单位：{'元' if yuan else '万元'}"
    blocks = (
        Heading("利润表"), Para(head, indent=False), _statement(rows, ("项目", "行次", "本年金额")),
        Para(f"单位负责人：{values['legal_representative']}　　会计机构负责人：{values['contact_name']}", indent=False),
        *_sign_off(filing.show("applicant"), "2021年3月18日"),
    )  # fmt: skip
    known = (("revenue", values["revenue"]), ("ai_revenue", values["ai_revenue"]))
    return EvidenceDocument(1, "利润表", "利润表", values["applicant"], blocks, 2020, amounts=known)


def _research(filing: Filing, rng: Random) -> EvidenceDocument:
    values, yuan = filing.values, rng.random() < YUAN_SHARE
    total = Decimal(values["rd_spend"])
    people, material = (
        (total * Decimal("0.6")).quantize(Decimal("0.01")),
        (total * Decimal("0.25")).quantize(Decimal("0.01")),
    )
    amounts = (
        ("人员人工费用", str(people)), ("直接投入费用", str(material)),
        ("其他相关费用", str(total - people - material)),
        ("研发投入合计", str(total)),
    )  # fmt: skip
    rows = tuple((name, str(line), _money(amount, yuan)) for line, (name, amount) in enumerate(amounts, 1))
    title = rng.choice(("2020年度研发投入明细表", "2020年度研发费用明细表"))
    head = f"编制单位：{filing.show('applicant')}　　　　　　单位：{'元' if yuan else '万元'}"
    blocks = (
        Heading(title), Para(head, indent=False), _statement(rows, ("费用项目", "行次", "2020年度金额")),
        Para("注：上述研发投入按研发项目归集，已在财务会计报表中列示。", indent=False),
        *_sign_off(filing.show("applicant"), "2021年3月20日"),
    )  # fmt: skip
    known = (("rd_spend", values["rd_spend"]),)
    return EvidenceDocument(2, "研发费用", title, values["applicant"], blocks, 2020, amounts=known)


def _patent(filing: Filing, rng: Random) -> EvidenceDocument:
    name = f"一种面向{filing.values['product'][:12]}的数据处理方法及装置"
    blocks = (
        Space(12), Heading("发明专利证书"), Space(8),
        Para(f"证书号第{rng.randint(4000000, 4999999)}号", "right", False),
        Para(f"发明名称：{name}", indent=False), Para(f"发明人：{filing.values['leader_name']}", indent=False),
        Para(f"专利号：{filing.patent}", indent=False),
        Para(f"专利申请日：2019年{rng.randint(1, 12)}月{rng.randint(1, 28)}日", indent=False),
        Para(f"专利权人：{filing.show('applicant')}", indent=False),
        Para(f"授权公告日：2020年{rng.randint(1, 12)}月{rng.randint(1, 28)}日", indent=False),
        Space(6), Para(PATENT_TEXT),
        Space(40), Para("复印件与原件一致[[@seal.evidence]]", "right", False),
    )  # fmt: skip
    return EvidenceDocument(3, "专利证书", "发明专利证书", filing.values["applicant"], blocks, number=filing.patent)


def _honour(filing: Filing, rng: Random) -> EvidenceDocument:
    number = f"GR2020510{rng.randint(10000, 99999):05d}"
    blocks = (
        Space(16), Heading("高新技术企业证书"), Space(10),
        Para(f"企业名称：{filing.show('applicant')}", indent=False), Para(f"证书编号：{number}", indent=False),
        Para(f"发证时间：2020年{rng.choice((9, 12))}月{rng.randint(1, 28)}日", indent=False),
        Para("有效期：三年", indent=False),
        Space(10), Para("批准机关：四川省科学技术厅　四川省财政厅　国家税务总局四川省税务局", indent=False),
        Space(45), Para("复印件与原件一致[[@seal.evidence]]", "right", False),
    )  # fmt: skip
    title = "高新技术企业证书"
    return EvidenceDocument(4, "高新技术企业", title, filing.values["applicant"], blocks, number=number)


def _test_report(filing: Filing, rng: Random) -> EvidenceDocument:
    agency = rng.choice(("四川省软件产品质量检验中心", "成都锦程电子信息检测有限公司", "西南智能系统测评中心"))
    number = f"{rng.choice(('CT', 'WT', 'SJ'))}2021-{rng.randint(100, 9999):04d}"
    head = tuple(Cell(text, align="center") for text in ("序号", "测试项目", "测试结果", "结论"))
    rows = tuple(
        (Cell(str(line), align="center"), Cell(row.name), Cell(row.current), Cell("符合", align="center"))
        for line, row in enumerate(filing.rows[:6], 1)
    )
    blocks = (
        Heading("测试报告"), Para(f"报告编号：{number}", "right", False),
        Para(f"产品名称：{filing.values['product']}", indent=False),
        Para(f"委托单位：{filing.show('applicant')}", indent=False), Para(f"测试机构：{agency}", indent=False),
        Para(f"测试日期：2021年{rng.randint(6, 9)}月{rng.randint(1, 28)}日", indent=False),
        Table((10, 40, 35, 15), (head, *rows), row_mm=8),
        Para("测试结论：样品所检项目符合委托方提供的技术要求。"),
        Space(6), Para(f"测试机构：{agency}（章）[[@seal.issuer]]", "left", False), Space(22),
        Para("委托单位确认[[@seal.evidence]]", "right", False),
    )  # fmt: skip
    return EvidenceDocument(5, "测试报告", "测试报告", filing.values["applicant"], blocks, 2021, number, issuer=agency)
