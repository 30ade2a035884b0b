"""The sheet 统计: how many packages each city and each direction has, and what does not pair up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.finding import Conclusion, Outcome, Severity, Verdict
from pipeline.model.package import DeliveryResult, Result
from pipeline.notices.profile import Profile
from pipeline.reports.finding_rows import applicant_of, report_link
from pipeline.reports.sheets import Tone, Value, columns, texts
from pipeline.reports.wording import CONCLUSIONS, direction_names
from pipeline.values import fold

COLUMNS = columns(
    ("类别", 24),
    ("名称", 38),
    ("申报包", 8),
    ("申报单位", 9),
    ("推荐表行数", 9),
    *((CONCLUSIONS[conclusion.value], 11) for conclusion in Conclusion),
    ("错误", 7),
    ("提醒", 7),
    ("待定", 7),
    ("说明", 40),
)
NONE = "无"
UNREAD_DIRECTION = "方向未能识别"
WATCHED = (
    ("R101", "申报项目超过限额的单位"),
    ("R102", "经多家推荐的单位"),
    ("R200", "没有推荐表的报送单位"),
    ("R201", "有申报包、推荐表未列"),
    ("R202", "推荐表列了、没有申报包"),
    ("P131", "有申报包、网上没有填报"),
    ("P132", "网上已填报、没有申报包"),
)
"""The codes of what does not pair up, in the order of the sheet, with the heading of their lines."""
OF_RUN, OF_DELIVERY, OF_PACKAGE = ("R101", "R102", "P132"), ("R200", "R201", "R202"), ("P131",)
"""Where each of these codes is looked for: what others repeat of it is not counted twice."""
_BY_OWNER = frozenset({"R200", "P131"})
"""Codes whose subject says nothing of what they are about: the package or delivery does."""
_OF_PACKAGES = frozenset({"R201", "P131"})
"""Codes whose lines name a package."""
_TONES = {Outcome.FAILED: Tone.ERROR, Outcome.UNDECIDED: Tone.OPEN}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted of a package; `directions` is empty where none was read."""

    delivery: str
    applicant: str
    directions: tuple[int, ...]
    conclusion: Conclusion
    errors: int
    warnings: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Handed:
    """What is counted of a delivery."""

    name: str
    recommender: str
    rows: int


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A watched verdict that did not pass, and the package or delivery it was made of ("" = the run)."""

    owner: str
    verdict: Verdict


def counted(result: Result) -> Counted:
    """What a package adds to the sums."""
    paper = result.package.paper
    reading = paper.get("directions") if paper else None
    return Counted(
        delivery=result.package.delivery,
        applicant=fold(applicant_of(result)),
        directions=reading.value if reading and isinstance(reading.value, tuple) else (),
        conclusion=Conclusion(result.conclusion),
        errors=result.count(Severity.ERROR),
        warnings=result.count(Severity.WARNING),
        undecided=result.undecided,
    )


def handed(result: DeliveryResult) -> Handed:
    """What a delivery adds to the sums."""
    return Handed(result.delivery.name, result.delivery.recommender, len(result.delivery.rows))


def unpaired(owner: str, verdicts: Iterable[Verdict], codes: Iterable[str]) -> Iterator[Unpaired]:
    """The verdicts of these codes that failed or could not be judged."""
    wanted = frozenset(codes)
    for verdict in verdicts:
        if verdict.code in wanted and verdict.outcome in _TONES:
            yield Unpaired(owner, verdict)


def statistics_rows(
    packages: Sequence[Counted], deliveries: Sequence[Handed], watched: Sequence[Unpaired], profile: Profile
) -> Iterator[tuple[Value, ...]]:
    """The sum of all, a line a city, a line a direction of the notice, then what does not pair up."""
    yield _line("合计", "全部", packages, sum(each.rows for each in deliveries))
    for delivery in deliveries:
        own = [package for package in packages if package.delivery == delivery.name]
        yield _line("推荐单位", _city(delivery), own, delivery.rows)
    for number in sorted({each.number for each in profile.directions} | _directions_of(packages)):
        own = [package for package in packages if number in package.directions]
        yield _line("方向", direction_names((number,), profile), own, None, _told_of_several(own))
    if directionless := [package for package in packages if not package.directions]:
        yield _line("方向", UNREAD_DIRECTION, directionless, None)
    for code, heading in WATCHED:
        lines = [_watched(heading, each) for each in watched if each.verdict.code == code]
        yield from lines or [_told(heading, Value(NONE), Value())]


def _directions_of(packages: Iterable[Counted]) -> set[int]:
    return {number for package in packages for number in package.directions}


def _city(delivery: Handed) -> str:
    """A delivery by its folder and the name on its table, once where they are the same."""
    return (
        delivery.name if delivery.recommender in ("", delivery.name) else f"{delivery.name}（{delivery.recommender}）"
    )


def _told_of_several(packages: Iterable[Counted]) -> str:
    several = sum(1 for package in packages if len(package.directions) > 1)
    return f"其中{several}个包同时报了其他方向，各方向分别计数。" if several else ""


def _line(kind: str, name: str, packages: Sequence[Counted], rows: int | None, note: str = "") -> tuple[Value, ...]:
    conclusions = [package.conclusion for package in packages]
    counts = (
        len(packages),
        len({package.applicant for package in packages if package.applicant}),
        rows,
        *(conclusions.count(conclusion) for conclusion in Conclusion),
        sum(package.errors for package in packages),
        sum(package.warnings for package in packages),
        sum(package.undecided for package in packages),
    )
    return (*texts(kind, name), *(Value(count, centred=True) for count in counts), Value(note or None))


def _watched(heading: str, each: Unpaired) -> tuple[Value, ...]:
    verdict = each.verdict
    told = f"待定：{verdict.message}" if verdict.outcome is Outcome.UNDECIDED else verdict.message
    link = report_link(_name(each)) if verdict.code in _OF_PACKAGES else ""
    return _told(heading, Value(_name(each), link=link), Value(told, tone=_TONES[verdict.outcome]))


def _name(each: Unpaired) -> str:
    verdict = each.verdict
    if verdict.code in _BY_OWNER:
        return each.owner
    if verdict.code == "R202":
        return f"{each.owner} 推荐表第{verdict.subject}行" if verdict.subject.isdigit() else each.owner
    return verdict.subject


def _told(heading: str, name: Value, message: Value) -> tuple[Value, ...]:
    return (Value(heading), name, *[Value()] * (len(COLUMNS) - 3), message)
