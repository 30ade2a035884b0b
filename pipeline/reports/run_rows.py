"""The sheets 推荐表 and 运行记录."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from types import MappingProxyType

from pipeline.model.care import ReleasedMark
from pipeline.model.finding import Fault
from pipeline.model.package import DeliveryResult
from pipeline.model.recommendation import COLUMNS as ROW_KEYS
from pipeline.model.run import RunRecord, Upkeep
from pipeline.reports.sheets import Value, columns, texts

RECOMMENDATIONS = columns(
    ("报送单位", 12),
    ("推荐单位", 22),
    ("序号", 6),
    ("单位名称", 26),
    ("所属方向", 22),
    ("揭榜产品", 24),
    ("推荐理由", 36),
    ("联系人", 9),
    ("手机", 13),
    ("文件", 16),
    ("页", 5),
)
RUN = columns(("类别", 16), ("项目", 34), ("内容", 80))

VERSION_WORDS = MappingProxyType(
    {"heyan": "核验程序", "reading": "识别部分", "rules": "核验规则", "notice": "通知配置"}
)
"""What the run's own versions are called; an engine goes by its name."""


def recommendation_rows(result: DeliveryResult) -> Iterator[tuple[Value, ...]]:
    """The rows of a delivery's recommendation tables as read."""
    delivery = result.delivery
    for row in delivery.rows:
        cells = [row.get(key) for key in ROW_KEYS]
        place = next((place for cell in cells if cell for place in cell.places), None)
        yield (
            *texts(delivery.name, delivery.recommender),
            *(Value((cell.text or None) if cell else None) for cell in cells),
            *texts(place.file if place else None, place.page if place else None),
        )


def run_rows(
    run: RunRecord, released: Iterable[tuple[str, ReleasedMark]], faults: Iterable[tuple[str, Fault]]
) -> Iterator[tuple[Value, ...]]:
    """What the run took, with which versions, whose word released a secrecy mark, what the program could not do."""
    if run.started_at:
        yield texts("运行", "开始时间", _told(run.started_at))
    yield (*texts("运行", "用时（秒）"), Value(round(run.seconds, 1)))
    for name, count in (
        ("页数", run.pages),
        ("此前已识别、未重读的页", run.cache_hits),
        ("包数", run.packages),
        ("程序未能处理的包", run.failed),
    ):
        yield texts("运行", name, count)
    for stage, seconds in run.stages:
        yield (*texts("各步用时（秒）", stage), Value(round(seconds, 1)))
    if run.upkeep is not None:
        yield from (texts("留存", *row) for row in _upkeep(run.upkeep))
    for name, version in sorted(run.versions):
        yield texts("版本", VERSION_WORDS.get(name, name), version)
    for owner, mark in released:
        yield texts("密级标志解除", owner, _release(mark))
    for owner, fault in faults:
        yield texts("程序未能完成", owner or fault.subject, f"{fault.stage} · {fault.subject}：{fault.message}")


def _upkeep(upkeep: Upkeep) -> Iterator[tuple[str, str]]:
    over = "；本次收件夹所需的不清理" if upkeep.size > upkeep.limit else ""
    yield "识别结果占用", f"{_gigabytes(upkeep.size)}，上限 {_gigabytes(upkeep.limit)}（HEYAN_STORE_BYTES）{over}"
    if upkeep.entries:
        yield "清理最久未用的识别结果", f"{upkeep.entries} 项，{_gigabytes(upkeep.freed)}"
    if upkeep.homes:
        yield "清理输出文件夹已不在的运行情况记录", f"{upkeep.homes} 处"


def _gigabytes(size: int) -> str:
    return f"{size / 1024**3:.2f} GB"


def _release(mark: ReleasedMark) -> str:
    page = f" 第{mark.page}页" if mark.page else ""
    moment = f"，{mark.when:%Y-%m-%d %H:%M}" if mark.when else ""
    return f"{mark.file}{page}：{mark.who}确认不是密级标志{moment}，理由：{mark.why}"


def _told(moment: str) -> str:
    """A moment as people write it, in the zone it was noted in; what is no moment as it stands."""
    try:
        return datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return moment
