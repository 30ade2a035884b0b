"""Pages in words, short enough for a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.seal import PageRef


def page_list(pages: Iterable[PageRef], named: bool = False) -> str:
    """Pages in short: runs joined by a dash; files are named where there are several, or where `named` asks for it."""
    by_file: dict[str, list[int]] = {}
    for page in pages:
        by_file.setdefault(page.file, []).append(page.page)
    listed = {file: "、".join(_runs(sorted(set(numbers)))) for file, numbers in by_file.items()}
    if len(listed) == 1 and not named:
        return f"第{next(iter(listed.values()))}页"
    return "；".join(f"{file} 第{numbers}页" for file, numbers in listed.items()) or "—"


def _runs(numbers: Sequence[int]) -> list[str]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
