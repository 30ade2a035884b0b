"""A package's lines in the sheets 汇总, 申报信息, 重点指标, 印章, 证明材料."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Outcome, Severity, Verdict
from pipeline.model.indicator import COLUMNS as INDICATOR_KEYS
from pipeline.model.package import EvidenceItem, Result
from pipeline.model.seal import Seal, Seam, SeamState, Signature
from pipeline.notices.profile import Profile
from pipeline.reports import wording
from pipeline.reports.finding_rows import applicant_of, report_link
from pipeline.reports.letter import advice
from pipeline.reports.report_view import RequiredPlace, required_places
from pipeline.reports.sheets import Column, Tone, Value, columns, number, texts
from pipeline.reports.witnesses import State, VerdictsByKey, field_state, filing_keys, text_of, verdicts_by_key
from pipeline.values import fold
from pipeline.values.page_words import page_list

CONCLUSION_TONES = {"clean": Tone.GOOD, "look": Tone.WARNING, "correct": Tone.ERROR, "failed": Tone.OPEN}
OUTCOME_TONES = {"failed": Tone.ERROR, "undecided": Tone.OPEN, "passed": Tone.GOOD}
_FIELD_TONES = {State.ERROR: Tone.ERROR, State.WARNING: Tone.WARNING, State.UNDECIDED: Tone.OPEN}
_SEAM_OUTCOMES = {
    SeamState.WHOLE: "passed",
    SeamState.BROKEN: "failed",
    SeamState.ABSENT: "failed",
    SeamState.UNDECIDED: "undecided",
}

SUMMARY = columns(
    ("包", 26),
    ("单位名称", 24),
    ("产品", 20),
    ("方向", 22),
    ("推荐单位", 18),
    ("申报编号", 14),
    ("核验结论", 12),
    ("错误", 7),
    ("提醒", 7),
    ("待定", 7),
    ("处理建议", 34),
)
SEALS = columns(
    ("包", 34),
    ("单位名称", 30),
    ("类别", 11),
    ("位置", 20),
    ("应盖单位", 30),
    ("印文", 30),
    ("用途", 12),
    ("形状", 8),
    ("颜色", 7),
    ("直径(毫米)", 11),
    ("文件", 22),
    ("页", 7),
    ("结果", 9),
    ("说明", 44),
)
EVIDENCE = columns(
    ("包", 28),
    ("单位名称", 24),
    ("类别", 24),
    ("材料种类", 16),
    ("标题", 28),
    ("所属单位", 26),
    ("年度", 7),
    ("编号", 20),
    ("有效期至", 12),
    ("业务收入(万元)", 14),
    ("人工智能业务收入(万元)", 16),
    ("研发投入(万元)", 14),
    ("其他金额(万元)", 13),
    ("盖章", 7),
    ("文件", 20),
    ("页", 9),
)
INDICATORS = columns(
    ("包", 28),
    ("核验结论", 12),
    ("申报编号", 14),
    ("揭榜产品名称", 22),
    ("参考指标", 32),
    ("本单位当前水平", 25),
    ("本单位2023年目标", 25),
    ("补充说明", 36),
)
_WIDTHS = {"text": 50, "amount": 15, "count": 12, "person": 12, "yesno": 10, "mobile": 15, "code": 22}
_OUTCOME_OF = {True: "passed", False: "failed", None: "undecided"}
_SEALED = {True: "有", False: "没有", None: "待定"}


def field_columns(profile: Profile) -> tuple[Column, ...]:
    """The columns of 申报信息: 包, 核验结论, then the headings of the online filing in order."""
    first = columns(("包", 34), ("核验结论", 13), ("申报编号", 16), ("提交时间", 20), ("状态", 10))
    return (*first, *(Column(wording.heading(key, profile), _width(key, profile)) for key in filing_keys(profile)))


def summary_row(result: Result, profile: Profile) -> tuple[Value, ...]:
    """A package in one line."""
    package = result.package
    return (
        Value(package.identity, link=report_link(package.identity)),
        Value(applicant_of(result)),
        Value(text_of(package.paper, "product", profile)),
        Value(text_of(package.paper, "directions", profile)),
        Value(package.recommender),
        Value(result.online.number if result.online else None),
        conclusion(result),
        _count(result.count(Severity.ERROR), Tone.ERROR),
        _count(result.count(Severity.WARNING), Tone.WARNING),
        _count(result.undecided, Tone.OPEN),
        Value(advice(result)),
    )


def field_row(result: Result, profile: Profile) -> tuple[Value, ...]:
    """What the paper says, box by box; a colour where a finding stands."""
    online = result.online
    submitted = online.submitted_at if online else None
    about = verdicts_by_key(result.verdicts)
    return (
        Value(result.package.identity),
        conclusion(result),
        Value(online.number if online else None),
        Value(submitted.isoformat(" ", "seconds") if submitted else None),
        Value(online.status if online else None),
        *(_field(result, key, about, profile) for key in filing_keys(profile)),
    )


def indicator_rows(result: Result) -> Iterator[tuple[Value, ...]]:
    """The paper's indicators."""
    for row in result.package.paper.indicators if result.package.paper else ():
        cells = [getattr(row, key) for key in INDICATOR_KEYS]
        yield (
            Value(result.package.identity),
            conclusion(result),
            Value(result.online.number if result.online else None),
            Value(row.product),
            *(Value(cell.text if cell else None) for cell in cells),
        )


def seal_rows(result: Result, profile: Profile) -> Iterator[tuple[Value, ...]]:
    """The required places, the seams, the evidence documents, the signatures, then every seal found."""
    head = texts(result.package.identity, applicant_of(result))
    for place in required_places(result, profile):
        yield (*head, *_required(place))
    seams = result.package.seams
    for position, seam in enumerate(seams, 1):
        owned = _of_seam(result, "S123", f"seam#{position}" if len(seams) > 1 else "seam")
        yield (*head, *_seam(seam, applicant_of(result), owned))
    for item in result.package.evidence:
        yield (*head, *_sealed_document(item, applicant_of(result)))
    for signature in result.package.signatures:
        yield (*head, *_signature(signature))
    for seal in result.package.seals:
        yield (*head, *_found(seal))


def evidence_rows(result: Result, profile: Profile) -> Iterator[tuple[Value, ...]]:
    """The evidence documents."""
    for item in result.package.evidence:
        yield (*texts(result.package.identity, applicant_of(result)), *_evidence(item, profile))


def conclusion(result: Result) -> Value:
    """核验结论."""
    return Value(wording.CONCLUSIONS[result.conclusion], tone=CONCLUSION_TONES[result.conclusion], centred=True)


def _width(key: str, profile: Profile) -> float:
    spec = profile.field(key)
    return _WIDTHS.get(spec.kind, 26) if spec else 50 if key == "taskbook" else 26


def _count(count: int, tone: Tone) -> Value:
    return Value(count, tone=tone if count else Tone.NONE, centred=True)


def _field(result: Result, key: str, about: VerdictsByKey, profile: Profile) -> Value:
    if key == "recommender" and not text_of(result.package.paper, key, profile):
        return Value(result.package.recommender or None)
    text = text_of(result.package.paper, key, profile)
    tone = _FIELD_TONES.get(field_state(result, key, about), Tone.NONE)
    spec = profile.field(key)
    shown = number(text or "") if spec and spec.kind in ("amount", "count") else Value(text or None)
    return Value(shown.content, tone=tone)


def _required(place: RequiredPlace) -> tuple[Value, ...]:
    first = next(iter(place.seals), None)
    return (
        *texts("应盖处", wording.seal_place(place.spec.place), place.owner),
        *_mark(first),
        Value(wording.OUTCOMES.get(place.outcome), tone=OUTCOME_TONES.get(place.outcome, Tone.NONE), centred=True),
        Value("；".join(place.messages)),
    )


def _found(seal: Seal) -> tuple[Value, ...]:
    return (*texts("所见印章", wording.seal_place(seal.place) or "不在应盖处", None), *_mark(seal), *texts(None, None))


def _mark(seal: Seal | None) -> tuple[Value, ...]:
    if seal is None:
        return texts(*[None] * 7)
    mark = seal.mark
    purpose = wording.PURPOSES[mark.purpose.value] + (f"（{mark.inner}）" if mark.inner else "")
    diameter = None if mark.diameter_mm is None else round(mark.diameter_mm, 1)
    return (
        *texts(
            wording.seal_name(seal) or None, purpose, wording.SHAPES[mark.shape.value], wording.INKS[mark.colour.value]
        ),
        Value(diameter),
        *texts(seal.file, seal.page),
    )


def _of_seam(result: Result, code: str, subject: str) -> Verdict | None:
    return next((each for each in result.verdicts if (each.code, each.subject) == (code, subject)), None)


def _seam(seam: Seam, owner: str, owned: Verdict | None) -> tuple[Value, ...]:
    """`owned` is the verdict on whose seal it is."""
    doubt = owned.message if owned and owned.outcome in (Outcome.FAILED, Outcome.UNDECIDED) else ""
    notes = dict.fromkeys([seam.reason, *_sheets(seam), doubt])
    outcome = _SEAM_OUTCOMES[seam.state]
    return (
        *texts("应盖处", "骑缝章", owner, _seam_text(seam, owned) or None, None, None, None),
        Value(None if seam.diameter_mm is None else round(seam.diameter_mm, 1)),
        *texts(next((page.file for page in seam.pages), None), None),
        Value(wording.SEAM_STATES[seam.state.value], tone=OUTCOME_TONES[outcome], centred=True),
        Value("；".join(note for note in notes if note)),
    )


def _sheets(seam: Seam) -> Iterator[str]:
    """Which sheets lack a slice, and which do not continue their neighbours'."""
    for what, pages in (("缺骑缝的页", seam.missing), ("与前后页不衔接", seam.discontinuous)):
        if pages:
            yield f"{what}：{page_list(pages, named=seam.over_files)}"


def _seam_text(seam: Seam, owned: Verdict | None) -> str:
    """Whose seam stamp it is where that was settled, and beside it the letters that the cuts left; else these alone."""
    if not (seam.text and owned and owned.outcome is Outcome.PASSED and owned.expected):
        return seam.text
    same = fold(seam.text) == fold(owned.expected)
    return seam.text if same else f"{owned.expected}（拼合后读作“{seam.text}”）"


def _sealed_document(item: EvidenceItem, owner: str) -> tuple[Value, ...]:
    outcome = _OUTCOME_OF[item.sealed]
    return (
        *texts("应盖处", f"证明材料：{item.title or item.kind}", owner, *[None] * 5),
        *texts(item.file, next(iter(item.pages), None)),
        Value(_SEALED[item.sealed], tone=OUTCOME_TONES[outcome], centred=True),
        Value(),
    )


def _signature(signature: Signature) -> tuple[Value, ...]:
    outcome = _OUTCOME_OF[signature.present]
    where = signature.place
    return (
        *texts("签字", wording.ROLES.get(signature.role, signature.role), *[None] * 6),
        *texts(where.file if where else None, where.page if where else None),
        Value(_SEALED[signature.present], tone=OUTCOME_TONES[outcome], centred=True),
        Value(signature.reason),
    )


def _evidence(item: EvidenceItem, profile: Profile) -> tuple[Value, ...]:
    amounts = dict(item.amounts)
    spec = profile.evidence_items.get(item.item) if item.item else None
    return (
        *texts(
            f"{item.item} {spec.title}" if spec else item.item,
            item.kind,
            item.title,
            item.owner,
            item.year,
            item.number,
            item.valid_until,
        ),
        *(number(amounts.get(key, "")) for key in ("revenue", "ai_revenue", "rd_spend", "other")),
        *texts(_SEALED[item.sealed], item.file, "、".join(str(page) for page in item.pages)),
    )
