"""`heyan notice check`: a notice's profile looked over, and what it decides in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from checks.catalogue import load_catalogue
from checks.notice_check import check_notice
from flows.cli.exits import DONE, UNUSABLE
from pipeline.notices.profile import Profile

MOMENT = "%Y-%m-%d %H:%M:%S"


def check_profile(name_or_path: str) -> int:
    """Print what is wrong with a notice's profile, or what it decides; exit status 2 or 0.

    Raises:
        UsageProblem: There is no such notice.
    """
    report = check_notice(name_or_path)
    console = Console(highlight=False, soft_wrap=True)
    for problem in report.problems:
        console.print(f"[red]有误[/red]　{escape(problem)}")
    if report.problems or report.profile is None:
        console.print(f"通知配置有 {len(report.problems)} 处错误，改正后再用。")
        return UNUSABLE
    for line in _summary(report.profile):
        console.print(escape(line))
    return DONE


def _summary(profile: Profile) -> Iterator[str]:
    names = load_catalogue(profile.folder)
    references = sum(len(direction.references) for direction in profile.directions)
    yield f"通知配置可用：{profile.title}（{profile.number}）"
    if profile.base:
        yield f"　沿用：{profile.base}"
    yield f"　方向：{len(profile.directions)} 个，参考指标 {references} 项"
    yield f"　申报表：{len(profile.fields)} 栏，其中必填 {sum(spec.required for spec in profile.fields)} 栏"
    yield f"　截止时间：{'；'.join(_deadlines(profile))}"
    yield f"　每个主体最多 {profile.max_projects} 个项目"
    yield f"　必盖章处：{'、'.join(names.name(seal.place) for seal in profile.required_seals)}"
    yield f"　必签字处：{'、'.join(each.label for each in profile.required_signatures)}"
    yield f"　证明材料：{'；'.join(f'{number}. {item.title}' for number, item in profile.evidence_items.items())}"


def _deadlines(profile: Profile) -> Iterator[str]:
    yield f"网上填报 {profile.deadlines.online.strftime(MOMENT)}"
    for hop in profile.hops:
        limit = hop.deadline.strftime(MOMENT) if hop.deadline else "未规定时间"
        yield f"{hop.name} {limit}，{f'{hop.copies} 份' if hop.copies else '未规定份数'}"
