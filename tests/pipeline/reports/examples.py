"""A small world of judged packages for the tests of the reports; every name and code is invented."""

from __future__ import annotations

from datetime import datetime

from pipeline.model.application import Application, Field, Mention, TaskBook, TaskBookSection
from pipeline.model.document import Format, Page, Section, SourceFile
from pipeline.model.evidence import Place, Reading, Source, Variant
from pipeline.model.finding import Fault, Finding, Outcome, Severity, Verdict
from pipeline.model.geometry import BBox
from pipeline.model.indicator import Indicator
from pipeline.model.package import Delivery, DeliveryResult, EvidenceItem, FileRecord, Package, Result
from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.model.run import RunRecord
from pipeline.model.seal import (
    Ink,
    PageRef,
    Purpose,
    Seal,
    SealMark,
    Seam,
    SeamState,
    Shape,
    Signature,
)
from tests.bare_pages import bare_page

SCAN = "盖章件.pdf"
IDENTITY = "成都市/成都示例智能科技有限公司"
APPLICANT = "成都示例智能科技有限公司"
RECOMMENDER = "成都市经济和信息化局"
SECTIONS = (
    Section.COVER,
    Section.FORM,
    Section.FORM,
    Section.INDICATORS,
    Section.TASKBOOK,
    Section.EVIDENCE,
    Section.COMMITMENT,
    Section.BLANK,
)
VALUES = {
    "applicant": APPLICANT,
    "leader_name": "李晓明",
    "leader_title": "总经理/高级工程师",
    "leader_email": "lixm@example.cn",
    "leader_mobile": "13800000001",
    "contact_name": "王芳",
    "contact_mobile": "13900000002",
    "contact_email": "wangf@example.cn",
    "contact_fax": "无",
    "legal_representative": "李晓明",
    "registered_capital": "5000",
    "address": "成都市高新区示例路1号",
    "uscc": "91510100MA00000000",
    "ownership": "民营企业",
    "listed": "否",
    "revenue": "23456.78",
    "rd_spend": "3120",
    "ai_revenue": "18000",
    "staff": "320",
    "rd_staff": "150",
    "unit_profile": "公司成立于2015年,主营智能语音。" * 8,
    "partners": "无",
    "product": "多模态语音交互系统",
    "product_summary": "本产品面向车载场景,2023年达到国际先进水平。" * 8,
}


def box(x: float, y: float, width: float = 0.3, height: float = 0.03) -> BBox:
    return BBox(x, y, x + width, y + height)


def place(page: int, x: float = 0.4, y: float = 0.2, width: float = 0.3, height: float = 0.03) -> Place:
    return Place(file=SCAN, page=page, bbox=box(x, y, width, height))


def paper(value: str | tuple[int, ...], *places: Place, confidence: float = 0.98) -> Reading:
    raw = value if isinstance(value, str) else "、".join(str(number) for number in value)
    return Reading(value=value, raw=raw, confidence=confidence, source=Source.PAPER, places=places)


def said(source: Source, value: str | tuple[int, ...]) -> Reading:
    return Reading(value=value, raw=str(value), source=source)


def paper_application() -> Application:
    fields = [
        Field(key=key, reading=paper(value, place(2 + index // 14, 0.35, 0.12 + 0.05 * (index % 14))))
        for index, (key, value) in enumerate(VALUES.items())
    ]
    doubted = fields[3].reading.model_copy(
        update={
            "confidence": 0.61,
            "variants": (Variant(reader="paddle", layer="full", text="1ixm@example.cn", confidence=0.6),),
        }
    )
    fields[3] = Field(key="leader_email", reading=doubted)
    fields.append(Field(key="directions", reading=paper((5, 16), place(2, 0.3, 0.9))))
    fields.append(Field(key="recommender", reading=paper(RECOMMENDER, place(1, 0.4, 0.6))))
    fields.append(Field(key="filing_date", reading=paper("2021-11-12", place(1, 0.4, 0.7))))
    row = Indicator(
        direction=5,
        product="多模态语音交互系统",
        name=paper("语音识别率", place(4, 0.2)),
        current=paper("≥95%", place(4, 0.4)),
        target=paper("", place(4, 0.6)),
        place=place(4, 0.1, 0.2, 0.8),
    )
    book = TaskBook(
        direction=5,
        product="多模态语音交互系统",
        words=4200,
        characters=4400,
        places=(place(5),),
        sections=(TaskBookSection(heading="一、揭榜任务简要介绍", text="……", words=300, places=(place(5),)),),
    )
    return Application(
        source=Source.PAPER,
        fields=tuple(fields),
        indicators=(row,),
        taskbooks=(book,),
        mentions=(Mention(key="applicant", section=Section.COVER, reading=paper(APPLICANT, place(1, 0.4, 0.5))),),
    )


def other_application(source: Source, **changes: str) -> Application:
    values = {**VALUES, **changes}
    fields = [Field(key=key, reading=said(source, value)) for key, value in values.items()]
    fields.append(Field(key="directions", reading=said(source, (5, 16))))
    row = Indicator(direction=5, product=values["product"], name=said(source, "语音识别率"))
    filing = {"number": "SC2021-0007", "submitted_at": datetime(2021, 11, 12, 16, 20, 5), "status": "已提交"}
    extra = filing if source is Source.ONLINE else {}
    return Application(source=source, fields=tuple(fields), indicators=(row,), **extra)


def page(number: int, section: Section, file: str = SCAN) -> Page:
    reading = bare_page(number, rotation=90 if number == 3 else 0)
    return Page(file=file, sha256="a" * 64, reading=reading, section=section)


def file(path: str, kind: str, pages: int = 0, problem: str = "") -> FileRecord:
    source = SourceFile(
        path=path,
        sha256="b" * 64,
        size=1000,
        format=Format.PDF,
        location="/nowhere",
        problem=problem,
        media=bool(pages),
    )
    return FileRecord(source=source, kind=kind, pages=pages)


def seal(number: int, x: float, y: float, text: str, required: str | None) -> Seal:
    mark = SealMark(
        bbox=BBox(x, y, x + 0.2, y + 0.142),
        shape=Shape.ROUND,
        diameter_mm=41.93,
        colour=Ink.RED,
        confidence=0.97,
        text=text,
        text_confidence=0.95,
        purpose=Purpose.OFFICIAL,
        serial="5101000000001",
    )
    return Seal(mark=mark, file=SCAN, page=number, place=required)


def package(identity: str = IDENTITY) -> Package:
    sheets = tuple(PageRef(file=SCAN, page=number) for number in range(1, 8))
    seam = Seam(
        state=SeamState.BROKEN,
        pages=sheets,
        missing=(sheets[4],),
        text="成都示例智能科技",
        slices=tuple(place(number, 0.97, 0.4, 0.03, 0.14) for number in (1, 2, 3, 4, 6, 7)),
        picture="seam-1",
    )
    item = EvidenceItem(
        item=1,
        kind="审计报告",
        file=SCAN,
        pages=(6,),
        title="2020年度审计报告",
        owner=APPLICANT,
        year=2020,
        amounts=(("revenue", "23456.78"),),
        sealed=False,
        places=(("revenue", paper("23456.78", place(6))),),
    )
    return Package(
        identity=identity,
        delivery="成都市",
        recommender=RECOMMENDER,
        files=(
            file(SCAN, "stamped", 8),
            file("申报书.docx", "editable"),
            file("坏.pdf", "unreadable", 0, "文件已损坏"),
        ),
        pages=tuple(page(number, section) for number, section in enumerate(SECTIONS, 1)),
        paper=paper_application(),
        editable=(other_application(Source.EDITABLE),),
        seals=(
            seal(1, 0.5, 0.45, APPLICANT, "cover.applicant"),
            seal(1, 0.5, 0.62, RECOMMENDER, "cover.recommender"),
            seal(7, 0.55, 0.7, "成都别家智能科技有限公司", "commitment"),
        ),
        seams=(seam,),
        signatures=(Signature(role="legal_representative", present=None, place=place(7, 0.5, 0.8)),),
        evidence=(item,),
    )


def verdict(code: str, subject: str, outcome: Outcome, *places: Place) -> Verdict:
    return Verdict(
        id=f"{IDENTITY}/{code}/{subject}",
        code=code,
        subject=subject,
        outcome=outcome,
        message="核对结果。",
        places=places,
    )


def finding(
    code: str,
    severity: Severity,
    message: str,
    *evidence: Place,
    field: str | None = None,
    subject: str = "",
    expected: str | None = None,
    found: str | None = None,
    owner: str = IDENTITY,
) -> Finding:
    return Finding(
        id=f"{owner}/{code}/{field or subject}",
        code=code,
        severity=severity,
        field=field,
        subject=subject or field or "",
        message=message,
        basis="申报表中栏目不得空缺",
        expected=expected,
        found=found,
        evidence=evidence,
    )


def findings() -> tuple[Finding, ...]:
    error, warning, info = Severity.ERROR, Severity.WARNING, Severity.INFO
    return (
        finding("Q102", warning, "揭榜负责人邮箱看不准，请对照原件核实。", place(2, 0.35, 0.27), field="leader_email"),
        finding(
            "X101",
            error,
            "“整体业务收入(万元)”纸质为23456.78，网上填报为23465.78。",
            place(3, 0.35, 0.17),
            field="revenue",
            expected="23465.78",
            found="23456.78",
        ),
        finding(
            "S112",
            error,
            "承诺书上的印章是“成都别家智能科技有限公司”，不是申报单位的。",
            place(7, 0.55, 0.7, 0.2, 0.142),
            subject="commitment",
            expected=APPLICANT,
            found="成都别家智能科技有限公司",
        ),
        finding("S122", error, "骑缝章不连续，缺第5页。", place(5, 0.95, 0.0, 0.05, 1.0), subject="seam"),
        finding(
            "I104",
            error,
            "指标“语音识别率”的2023年目标未填。",
            place(4, 0.1, 0.2, 0.8),
            field="indicators",
            subject="语音识别率",
        ),
        finding("P001", error, "文件“坏.pdf”打不开：文件已损坏。", subject="坏.pdf"),
        finding("S163", info, "文件带有数字签名，签名有效。", subject=SCAN),
    )


def result(identity: str = IDENTITY, conclusion: str = "correct") -> Result:
    return Result(
        package=package(identity),
        online=other_application(Source.ONLINE, revenue="23465.78"),
        verdicts=(
            verdict("X101", "revenue", Outcome.FAILED, place(3)),
            verdict("X101", "staff", Outcome.PASSED),
            verdict("S101", "cover.applicant", Outcome.PASSED, place(1)),
            verdict("S112", "commitment", Outcome.FAILED, place(7)),
            verdict("S113", "legal_representative", Outcome.UNDECIDED, place(7)),
            verdict("R103", "winners", Outcome.NOT_APPLICABLE),
            verdict("F104", "leader_email", Outcome.UNDECIDED, place(2)),
        ),
        findings=findings(),
        conclusion=conclusion,
        faults=(Fault(stage="读取", subject="坏.pdf", message="第1页没有读成。"),),
    )


def clean_result(identity: str = "成都市/成都甲一科技有限公司") -> Result:
    whole = result(identity)
    return whole.model_copy(
        update={
            "findings": (),
            "faults": (),
            "conclusion": "clean",
            "verdicts": whole.verdicts[1:3],
            "online": other_application(Source.ONLINE),
        }
    )


def failed_result(identity: str = "成都市/散件") -> Result:
    return Result(
        package=Package(identity=identity, delivery="成都市"),
        conclusion="failed",
        error="核验程序在这一件上出错，未能完成。",
    )


def delivery_result() -> DeliveryResult:
    cells = {"no": "1", "applicant": APPLICANT, "direction": "5", "product": "多模态语音交互系统", "contact": "王芳"}
    row = RecommendationRow(cells=tuple((key, paper(value, place(1))) for key, value in cells.items()))
    receipt = Receipt(applicant=APPLICANT, received_at=datetime(2021, 11, 18, 10, 30), copies=4)
    delivery = Delivery(
        name="成都市",
        recommender=RECOMMENDER,
        rows=(row,),
        receipts=(receipt,),
        files=(file("推荐表.pdf", "recommendation", 1),),
        pages=(page(1, Section.RECOMMENDATION, "推荐表.pdf"),),
        seals=(seal(1, 0.6, 0.8, RECOMMENDER, "recommendation"),),
    )
    listed = finding("R205", Severity.WARNING, "推荐表第1行“推荐理由”空白。", subject="1/reason", owner="成都市")
    checked = Verdict(id="成都市/R205/1", code="R205", subject="1/reason", outcome=Outcome.FAILED)
    return DeliveryResult(delivery=delivery, findings=(listed,), verdicts=(checked,))


def run_record() -> RunRecord:
    noted = finding("N101", Severity.INFO, "通知称11月15日为星期五，实为星期一，以日期为准。", owner="运行")
    return RunRecord(
        seconds=123.456,
        pages=24,
        packages=3,
        failed=1,
        cache_hits=5,
        stages=(("读取", 100.0), ("核验", 3.25)),
        versions=(("heyan", "0.1.0"), ("profile", "jiebang-2021")),
        findings=(noted,),
        started_at="2021-11-20T02:00:00+08:00",
    )
