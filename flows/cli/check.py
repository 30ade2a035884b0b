"""`heyan check`: the inbox looked over before the night, in seconds, without reading a page."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from flows.cli.fetching import fetched
from flows.steps.away import call_of
from flows.steps.inputs import refuse_unusable
from pipeline.intake import DeliveryCheck, check_inbox
from pipeline.notices.profile import load_profile


def check_before(inbox: str, online: str, profile: str) -> int:
    """Print deliveries, packages, files that can't be opened and filings without a folder; exit status 0.

    Raises:
        UsageProblem: Inbox or filings can't be used.
    """
    call = call_of(inbox, online, "/nonexistent/out", profile=profile)
    console = Console(highlight=False, soft_wrap=True)
    left_out = fetched(console, call)
    refuse_unusable(call)
    found = check_inbox(call.inbox, call.online, load_profile(profile))
    packages = sum(len(delivery.packages) for delivery in found.deliveries)
    console.print(f"收件夹：{len(found.deliveries)} 个报送单位，{packages} 个申报包；网上申报 {found.filings} 项。")
    for delivery in found.deliveries:
        _tell_delivery(console, delivery)
    for problem in (*left_out, *found.problems):
        console.print(f"[yellow]注意[/yellow]　{escape(problem.subject)}：{escape(problem.message)}")
    if found.unmatched:
        console.print(f"按文件夹名称没有找到材料的网上申报 {len(found.unmatched)} 项（以识别结果为准）：")
        for filing in found.unmatched:
            console.print(f"　{escape(filing)}")
    return 0


def _tell_delivery(console: Console, delivery: DeliveryCheck) -> None:
    log = f"，收件登记 {delivery.receipts} 行" if delivery.receipts else ""
    console.print(f"[bold]{escape(delivery.name)}[/bold]　{len(delivery.packages)} 个申报包{log}")
    for problem in delivery.problems:
        console.print(f"　[red]打不开[/red]　{escape(problem.subject)}：{escape(problem.message)}")
    for package in delivery.packages:
        hint = "" if package.filing else "　（名称未对上网上申报）"
        console.print(f"　{escape(package.identity)}　{package.files} 个文件{hint}")
        for problem in package.problems:
            console.print(f"　　[red]打不开[/red]　{escape(problem.subject)}：{escape(problem.message)}")
