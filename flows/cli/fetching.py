"""What lies in remote storage is brought here before a command looks at it, and the screen tells so."""

from __future__ import annotations

from rich.console import Console

from flows.cli.progress import Bar
from flows.steps.away import fetch
from flows.steps.inputs import Call
from flows.steps.occupancy import room
from pipeline.model.finding import Fault
from pipeline.settings import settings

NOT_FETCHED = "材料没有取完；处理后再次运行同样的命令会接着取"


def fetched(console: Console, call: Call) -> tuple[Fault, ...]:
    """Mirror a call's inputs; a fault a file that was left out.

    Raises:
        UsageProblem: The storage does not give them, or they find no room here.
    """
    if not call.away:
        return ()
    with Bar(console) as bar, room(settings().remote_folder, NOT_FETCHED):
        return fetch(call, bar)
