"""The sheets of 核验汇总, gathered package by package so that no run has to stand in memory whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from pipeline.model.care import ReleasedMark
from pipeline.model.finding import Fault
from pipeline.model.package import DeliveryResult, Result
from pipeline.model.run import KnownFinding, RunRecord
from pipeline.notices.profile import Profile
from pipeline.reports import finding_rows, package_rows, run_rows, statistics
from pipeline.reports.pictures import Pictures
from pipeline.reports.sheets import Column, Sheet, Value

Row = tuple[Value, ...]
FIELD_LINES = 3
"""Lines shown of a filed field: profile and summary would make every package a third of a page high."""
PicturesOf = Callable[[str], Pictures]
"""The pictures of a delivery, by its name."""


@dataclass(frozen=True, slots=True)
class PackageLines:
    """All that a package adds to the sheets: made where the package is at hand, and small beside it."""

    identity: str
    conclusion: str
    judged: bool
    """Whether the program got to judge it."""
    summary: Row
    fields: Row
    indicators: tuple[Row, ...]
    findings: tuple[Row, ...]
    seals: tuple[Row, ...]
    evidence: tuple[Row, ...]
    faults: tuple[Fault, ...]
    released: tuple[ReleasedMark, ...]
    known: tuple[KnownFinding, ...]
    counted: statistics.Counted
    unpaired: tuple[statistics.Unpaired, ...]


@dataclass(slots=True)
class _Gathered:
    """Rows as they come in."""

    summary: list[Row] = field(default_factory=list)
    fields: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    seals: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    recommendations: list[Row] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)
    released: list[tuple[str, ReleasedMark]] = field(default_factory=list)
    known: list[KnownFinding] = field(default_factory=list)
    judged: dict[str, bool] = field(default_factory=dict)
    counted: list[statistics.Counted] = field(default_factory=list)
    handed: list[statistics.Handed] = field(default_factory=list)
    unpaired: list[statistics.Unpaired] = field(default_factory=list)


def package_lines(result: Result, known: Collection[str], pictures: Pictures, profile: Profile) -> PackageLines:
    """What a package adds to the sheets; `known` are the ids of the findings of the run before, its own at least."""
    package = result.package
    broken = (Fault(stage="处理", subject=package.identity, message=result.error),) if result.error else ()
    return PackageLines(
        identity=package.identity,
        conclusion=result.conclusion,
        judged=not result.error,
        summary=package_rows.summary_row(result, profile),
        fields=package_rows.field_row(result, profile),
        indicators=tuple(package_rows.indicator_rows(result)),
        findings=tuple(finding_rows.package_finding_rows(result, known, pictures, profile)),
        seals=tuple(package_rows.seal_rows(result, profile)),
        evidence=tuple(package_rows.evidence_rows(result, profile)),
        faults=(*result.faults, *broken),
        released=package.released,
        known=finding_rows.known_findings(result.findings, package.identity, finding_rows.applicant_of(result)),
        counted=statistics.counted(result),
        unpaired=tuple(statistics.unpaired(package.identity, result.verdicts, statistics.OF_PACKAGE)),
    )


def summary_sheets(
    packages: Iterable[PackageLines],
    deliveries: Iterable[DeliveryResult],
    run: RunRecord,
    previous: Iterable[KnownFinding],
    pictures: PicturesOf,
    profile: Profile,
) -> tuple[tuple[Sheet, ...], tuple[KnownFinding, ...]]:
    """The sheets, and the findings that the next run will compare with.

    `packages` and `deliveries` are gone through once and stand in the workbook in the order they come in; `pictures`
    gives a delivery's.
    """
    before = tuple(previous)
    known = frozenset(finding.id for finding in before)
    gathered = _Gathered()
    for package in packages:
        _add_package(gathered, package)
    for delivery in deliveries:
        _add_delivery(gathered, delivery, known, pictures, profile)
    gathered.findings += finding_rows.run_finding_rows(run.findings, known, profile)
    gathered.known += finding_rows.known_findings(run.findings, finding_rows.RUN_WIDE, "")
    present = frozenset(finding.id for finding in gathered.known)
    gathered.findings += finding_rows.gone_rows(before, present, gathered.judged, profile)
    gathered.faults += [("", fault) for fault in run.faults]
    gathered.unpaired += statistics.unpaired("", run.verdicts, statistics.OF_RUN)
    return _sheets(gathered, run, profile), tuple(gathered.known)


def _add_package(gathered: _Gathered, package: PackageLines) -> None:
    gathered.judged[package.identity] = package.judged
    gathered.summary.append(package.summary)
    gathered.fields.append(package.fields)
    gathered.indicators += package.indicators
    gathered.findings += package.findings
    gathered.seals += package.seals
    gathered.evidence += package.evidence
    gathered.faults += [(package.identity, fault) for fault in package.faults]
    gathered.released += [(package.identity, mark) for mark in package.released]
    gathered.known += package.known
    gathered.counted.append(package.counted)
    gathered.unpaired += package.unpaired


def _add_delivery(
    gathered: _Gathered, result: DeliveryResult, known: frozenset[str], pictures: PicturesOf, profile: Profile
) -> None:
    name = result.delivery.name
    gathered.judged[name] = True
    gathered.findings += finding_rows.delivery_finding_rows(result, known, pictures(name), profile)
    gathered.recommendations += run_rows.recommendation_rows(result)
    gathered.faults += [(name, fault) for fault in result.faults]
    gathered.released += [(name, mark) for mark in result.delivery.released]
    gathered.known += finding_rows.known_findings(result.findings, name, "")
    gathered.handed.append(statistics.handed(result))
    gathered.unpaired += statistics.unpaired(name, result.verdicts, statistics.OF_DELIVERY)


def _sheets(gathered: _Gathered, run: RunRecord, profile: Profile) -> tuple[Sheet, ...]:
    return (
        _sheet("汇总", package_rows.SUMMARY, gathered.summary, frozen=2),
        Sheet(
            "申报信息", package_rows.field_columns(profile), tuple(gathered.fields), frozen=2, most_lines=FIELD_LINES
        ),
        _sheet("重点指标", package_rows.INDICATORS, gathered.indicators, frozen=2),
        _sheet("问题清单", finding_rows.COLUMNS, gathered.findings, frozen=2),
        _sheet("印章", package_rows.SEALS, gathered.seals, frozen=1),
        _sheet("证明材料", package_rows.EVIDENCE, gathered.evidence, frozen=1),
        _sheet("推荐表", run_rows.RECOMMENDATIONS, gathered.recommendations, frozen=1),
        _sheet("运行记录", run_rows.RUN, list(run_rows.run_rows(run, gathered.released, gathered.faults)), frozen=0),
        _sheet("统计", statistics.COLUMNS, _statistics(gathered, profile), frozen=2),
    )


def _statistics(gathered: _Gathered, profile: Profile) -> list[Row]:
    return list(statistics.statistics_rows(gathered.counted, gathered.handed, gathered.unpaired, profile))


def _sheet(title: str, columns: tuple[Column, ...], rows: list[Row], frozen: int) -> Sheet:
    return Sheet(title, columns, tuple(rows), frozen)
