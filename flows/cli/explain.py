"""`heyan explain`: a rule in words, out of the notice's catalogue."""

from __future__ import annotations

from rich.console import Console

from checks.catalogue import Catalogue, Entry, load_catalogue
from pipeline.errors import UsageProblem
from pipeline.notices.profile import load_profile
from pipeline.reports.letter import sentence_to_sender
from pipeline.reports.wording import SEVERITIES

WHAT_TO_DO = {"error": "（须补正）", "warning": "（须人工核看）"}


def explain_code(code: str | None, profile: str) -> int:
    """Print one code's explanation, or the list of all.

    Raises:
        UsageProblem: There is no such code.
    """
    folder = load_profile(profile).folder
    catalogue = load_catalogue(folder)
    console = Console(highlight=False, soft_wrap=True)
    if code is None:
        _list(catalogue, console)
        return 0
    entry = catalogue.codes.get(code.strip().upper())
    if entry is None:
        near = "、".join(name for name in catalogue.codes if name[0] == code.strip().upper()[:1])
        raise UsageProblem(f"没有代码 {code}" + (f"；以 {code[0].upper()} 开头的有：{near}" if near else ""))
    console.print(f"[bold]{code.strip().upper()}　{entry.title}[/bold]　{_severity(entry)}")
    console.print(f"依据：{entry.basis}")
    console.print(f"怎么办：{entry.help}")
    if letter := sentence_to_sender(code.strip().upper(), folder):
        console.print(f"补正通知用语：{letter}")
    return 0


def _list(catalogue: Catalogue, console: Console) -> None:
    for code, entry in catalogue.codes.items():
        console.print(f"{code}　{entry.title}　[dim]{_severity(entry)}[/dim]")


def _severity(entry: Entry) -> str:
    return SEVERITIES[entry.severity] + WHAT_TO_DO.get(entry.severity, "")
