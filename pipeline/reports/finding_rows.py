"""The sheet 问题清单: a line a finding, with its picture and what has become of it since the run before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import quote

from pipeline.model.evidence import Place
from pipeline.model.finding import Finding
from pipeline.model.package import DeliveryResult, Result
from pipeline.model.run import KnownFinding
from pipeline.notices.profile import Profile
from pipeline.reports.catalogue_words import catalogue_words
from pipeline.reports.differences import marked
from pipeline.reports.files import result_steps
from pipeline.reports.letter import opinion
from pipeline.reports.pictures import NoPictures, Pictures
from pipeline.reports.report_view import WHOLE_PAGE, anchor, may_be_shown
from pipeline.reports.result_json import in_order
from pipeline.reports.sheets import Tone, Value, columns
from pipeline.reports.witnesses import Witnesses, excerpts, witnesses_of_finding
from pipeline.reports.wording import BLANK, SEVERITIES, heading

COLUMNS = columns(
    ("编号", 18),
    ("包", 22),
    ("单位名称", 18),
    ("代码", 7),
    ("级别", 7),
    ("字段", 13),
    ("问题", 40),
    ("纸质", 34),
    ("网上", 22),
    ("可编辑版", 22),
    ("依据", 24),
    ("文件", 15),
    ("页", 6),
    ("状态", 7),
    ("处理意见", 30),
)
PICTURE_WIDTH = 240
"""Pixels: the width of the column 纸质."""
TALLEST = 1.2
"""Height over width (of fractions) from which evidence is an edge or a column and makes no picture for a row."""
RUN_WIDE = "（全部）"

NEW, SAME, GONE = "新增", "未变", "消失"
_TONES = {"error": Tone.ERROR, "warning": Tone.WARNING, "info": Tone.INFO}


def package_finding_rows(
    result: Result, known: Collection[str], pictures: Pictures, profile: Profile
) -> list[tuple[Value, ...]]:
    """The lines of a package."""
    identity = result.package.identity
    applicant = applicant_of(result)
    shown = pictures if may_be_shown(result) else NoPictures()
    return [
        _row(
            finding,
            identity,
            applicant,
            witnesses_of_finding(result, finding, profile),
            known,
            profile,
            shown,
            report_link(identity),
        )
        for finding in in_order(result.findings)
    ]


def delivery_finding_rows(
    result: DeliveryResult, known: Collection[str], pictures: Pictures, profile: Profile
) -> list[tuple[Value, ...]]:
    """The lines of a delivery's own findings."""
    name = result.delivery.name
    shown = NoPictures() if result.delivery.withheld else pictures
    return [
        _row(finding, name, "", excerpts(finding), known, profile, shown, "") for finding in in_order(result.findings)
    ]


def run_finding_rows(findings: Iterable[Finding], known: Collection[str], profile: Profile) -> list[tuple[Value, ...]]:
    """The lines of what concerns no single package."""
    return [
        _row(finding, RUN_WIDE, "", excerpts(finding), known, profile, NoPictures(), "")
        for finding in in_order(findings)
    ]


def gone_rows(
    previous: Iterable[KnownFinding], present: Collection[str], judged: Mapping[str, bool], profile: Profile
) -> list[tuple[Value, ...]]:
    """The findings of the run before that are no longer there.

    `judged` says of the packages and deliveries that are there whether they could be judged: what is gone with a
    package, or with a failure of the program, is not put right.
    """
    gone = sorted(
        (known for known in previous if known.id not in present),
        key=lambda known: (known.package, known.code, known.id),
    )
    return [_gone(known, _why_gone(known, judged), profile) for known in gone]


def _why_gone(known: KnownFinding, judged: Mapping[str, bool]) -> str:
    if known.package == RUN_WIDE or judged.get(known.package):
        return "上次的问题，本次核验已不存在。"
    if known.package in judged:
        return "本次程序未能处理该包，上次的问题是否仍在尚不能确认。"
    return "该包已不在收件夹，本次未核验。"


def known_findings(findings: Iterable[Finding], package: str, applicant: str) -> tuple[KnownFinding, ...]:
    """What the next run needs to know of these."""
    return tuple(
        KnownFinding(
            id=finding.id,
            package=package,
            applicant=applicant,
            code=finding.code,
            severity=finding.severity.value,
            field=finding.field,
            message=finding.message,
        )
        for finding in findings
    )


def applicant_of(result: Result) -> str:
    """The unit's name as read on paper, else as filed."""
    for witness in (result.package.paper, result.online, *result.package.editable):
        if witness and witness.text("applicant"):
            return witness.text("applicant")
    return ""


def report_link(identity: str) -> str:
    """The way from the workbook to a package's report."""
    steps = ["".join(map(_escaped, step)) for step in result_steps(identity)]
    return "/".join(("results", *steps, "report.html"))


def _escaped(sign: str) -> str:
    """A sign as it stands in a link: spreadsheets want Chinese as it is, and blanks, `#`, `%` and the like escaped."""
    return sign if ord(sign) > 0x7F else quote(sign, safe="()")


def _row(
    finding: Finding,
    package: str,
    applicant: str,
    said: Witnesses,
    known: Collection[str],
    profile: Profile,
    pictures: Pictures,
    link: str,
) -> tuple[Value, ...]:
    place = next(iter(finding.evidence), None)
    tone = _TONES[finding.severity.value]
    state = SAME if finding.id in known else NEW
    return (
        Value(finding.id, link=f"{link}#{anchor(finding.id)}" if link else ""),
        Value(package),
        Value(applicant),
        Value(finding.code, centred=True),
        Value(SEVERITIES[finding.severity.value], tone=tone, centred=True),
        Value(_about(finding, package, profile)),
        Value(finding.message),
        _paper(said, _picture(finding, pictures)),
        _other(said.online, said.paper),
        _other(said.editable, said.paper),
        Value(finding.basis),
        Value(place.file if place else None),
        Value(place.page if place else None, centred=True),
        Value(state, centred=True, tone=Tone.INFO if state == NEW else Tone.NONE),
        Value(opinion(finding, profile)),
    )


def _about(finding: Finding, package: str, profile: Profile) -> str | None:
    """The box's heading; without one, or where its subject says more (a cell, a row), the subject in words.

    Nothing where the finding is about the package as a whole.
    """
    if finding.subject == package:
        return None
    if finding.field and finding.subject in ("", finding.field):
        return heading(finding.field, profile)
    return catalogue_words(profile).subject(finding.subject)


def _paper(said: Witnesses, picture: bytes) -> Value:
    if not said.paper:
        return Value(BLANK if said.paper == "" else None, picture=picture)
    rival = next((text for text in (said.online, said.editable) if text and text != said.paper), said.paper)
    return Value(pieces=marked(said.paper, rival), picture=picture)


def _other(text: str | None, paper: str | None) -> Value:
    if not text:
        return Value(BLANK if text == "" else None)
    return Value(pieces=marked(text, paper or text))


def _picture(finding: Finding, pictures: Pictures) -> bytes:
    place = next(iter(finding.evidence), None)
    return pictures.crop(place, PICTURE_WIDTH) if place and _fits(place) else b""


def _fits(place: Place) -> bool:
    box = place.bbox
    return box.area < WHOLE_PAGE and 0 < box.height <= TALLEST * max(box.width, 0.1)


def _gone(known: KnownFinding, why: str, profile: Profile) -> tuple[Value, ...]:
    field = heading(known.field, profile) if known.field else ""
    told: Sequence[str | None] = (
        known.id,
        known.package,
        known.applicant,
        known.code,
        SEVERITIES.get(known.severity, known.severity),
        field,
        known.message,
        None,
        None,
        None,
        None,
        None,
        None,
        GONE,
        why,
    )
    return tuple(Value(text, tone=Tone.GONE) for text in told)
