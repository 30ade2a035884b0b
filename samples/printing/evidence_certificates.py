"""Certificates: patents, software copyright, standards, honours."""

from __future__ import annotations

from datetime import date
from random import Random

from samples.codes import patent_check
from samples.filing import Filing
from samples.printing.blocks import Block, Heading, Para, Space
from samples.printing.evidence_document import EvidenceDocument, copied, line
from samples.printing.evidence_wording import Wording

PATENT_TEXT = (
    "国家知识产权局依照中华人民共和国专利法进行审查，决定授予专利权，颁发{title}并在专利登记簿上予以登记。"
    "专利权自授权公告之日起生效。专利权期限为{years}年，自申请日起算。"
)


def invention(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A patent for an invention."""
    name = f"一种面向{filing.values['product'][:12]}的数据处理方法及装置"
    return _patent(filing, words, rng, ("发明专利证书", "发明名称", "发明人", "二十"), name, filing.patent)


def utility_model(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A patent for a utility model."""
    body = f"2020{rng.choice('2')}{rng.randint(0, 9999999):07d}"
    number = f"ZL{body}.{patent_check(body)}"
    name = f"一种{filing.values['product'][:8]}用安装结构"
    return _patent(filing, words, rng, ("实用新型专利证书", "实用新型名称", "设计人", "十"), name, number)


def _patent(
    filing: Filing, words: Wording, rng: Random, labels: tuple[str, str, str, str], name: str, number: str
) -> EvidenceDocument:
    title, called, by, years = labels
    blocks = (
        Space(12), Heading(title), Space(8), line(words.certified.format(rng.randint(4000000, 14999999)), "right"),
        line(f"{called}：{name}"), line(f"{by}：{filing.values['leader_name']}"), line(f"专利号：{number}"),
        line(f"专利申请日：2019年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"),
        line(f"{words.patentee}：{filing.show('applicant')}"),
        line(f"授权公告日：2020年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"),
        Space(6), Para(PATENT_TEXT.format(title=title, years=years)), *copied(40),
    )  # fmt: skip
    return EvidenceDocument(3, "专利证书", title, filing.values["applicant"], blocks, number=number)


def software(filing: Filing, _words: Wording, rng: Random) -> EvidenceDocument:
    """A certificate of a software copyright."""
    number = f"{rng.choice((2019, 2020, 2021))}SR{rng.randint(100000, 1999999):07d}"
    product, day = filing.values["product"][:14], f"2020年{rng.randint(1, 12):02d}月{rng.randint(1, 28):02d}日"
    blocks = (
        Space(10), Heading("中华人民共和国国家版权局"), Heading("计算机软件著作权登记证书"), Space(6),
        line(f"证书号：软著登字第{rng.randint(4000000, 8999999)}号", "center"), Space(6),
        line(f"软件名称：{product}软件V{rng.randint(1, 3)}.0"), line(f"著作权人：{filing.show('applicant')}"),
        line(f"开发完成日期：{day}"), line("首次发表日期：未发表"), line("权利取得方式：原始取得"),
        line("权利范围：全部权利"), line(f"登记号：{number}"), Space(6),
        Para("根据《计算机软件保护条例》和《计算机软件著作权登记办法》的规定，经中国版权保护中心审核，对以上事项予以登记。"),
        *copied(30),
    )  # fmt: skip
    return EvidenceDocument(3, "软件著作权", "计算机软件著作权登记证书", filing.values["applicant"], blocks,
                            number=number)  # fmt: skip


def standard(filing: Filing, _words: Wording, rng: Random) -> EvidenceDocument:
    """The title page of a standard that the applicant had a part in."""
    number = rng.choice((f"T/SCAI {rng.randint(1, 60):03d}-2020", f"DB51/T {rng.randint(2600, 2800)}-2020"))
    title = "团体标准" if number.startswith("T/") else "四川省地方标准"
    blocks = (
        Space(4), line("ICS 35.240"), Heading(title), line(number.replace("-", "—"), "right"), Space(30),
        Heading(f"{filing.values['product'][:10]}通用技术要求"), Space(30),
        line("2020-09-10发布　　　　　　　　2020-11-01实施"),
        line(f"主要起草单位：{filing.show('applicant')}"), *copied(30),
    )  # fmt: skip
    return EvidenceDocument(3, "标准", title, filing.values["applicant"], blocks, number=number.replace(" ", ""))


def high_tech(filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
    """A certificate of a high-tech enterprise, three years from the day of issue."""
    number, issued = f"GR2020510{rng.randint(10000, 99999):05d}", date(2020, rng.choice((9, 12)), rng.randint(1, 28))
    until = issued.replace(year=2023)
    validity = "有效期：三年" if words.validity == "years" else f"有效期至：{_chinese(until)}"
    blocks = (
        Space(16), Heading("高新技术企业证书"), Space(10), line(f"{words.holder}：{filing.show('applicant')}"),
        line(f"{words.number_label}：{number}"), line(f"{words.issued}：{_chinese(issued)}"), line(validity), Space(10),
        line("批准机关：四川省科学技术厅　四川省财政厅　国家税务总局四川省税务局"), *copied(45),
    )  # fmt: skip
    return EvidenceDocument(4, "高新技术企业", "高新技术企业证书", filing.values["applicant"], blocks, number=number,
                            valid_until=until.isoformat())  # fmt: skip


def award(filing: Filing, _words: Wording, rng: Random) -> EvidenceDocument:
    """A certificate of an honour: a prize, or a technology centre."""
    unit, number = (
        filing.show("applicant"),
        f"{rng.choice(('2020', '2021'))}-{rng.randint(1, 99):02d}-{rng.randint(1, 9)}",
    )
    if rng.random() < 0.5:
        title = "荣誉证书"
        body: tuple[Block, ...] = (
            line(f"{unit}："),
            Para("在2020年人工智能创新应用大赛中荣获一等奖。特发此证，以资鼓励。"),
        )
    else:
        title = "获奖证书"
        body = (Para(f"授予{unit}四川省科学技术进步奖二等奖，特颁此证。"),)
    blocks = (Space(16), Heading(title), Space(10), *body, line(f"证书编号：{number}"), Space(10),
              line("四川省人工智能学会", "right"), line("2020年11月", "right"), *copied(40))  # fmt: skip
    return EvidenceDocument(4, "荣誉", title, filing.values["applicant"], blocks, number=number)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
