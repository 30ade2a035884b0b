"""Pages in words, short enough for a sentence or a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from pipeline.model.seal import PageRef

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".heic"})
"""Endings of files that are one page each: their names say which."""


def page_list(pages: Iterable[PageRef], named: bool = False) -> str:
    """Pages in short: runs joined by a dash; files are named where there are several, or where `named` asks for it.

    Pictures are told by their names alone, those of a folder together: 扫描/003.jpg、004.jpg.
    """
    by_file: dict[str, list[int]] = {}
    for page in pages:
        by_file.setdefault(page.file, []).append(page.page)
    if len(by_file) == 1 and not named:
        return f"第{_numbers(next(iter(by_file.values())))}页"
    pictures = [file for file in by_file if PurePosixPath(file).suffix.lower() in PICTURES]
    folders = dict.fromkeys(str(PurePosixPath(file).parent) for file in pictures)
    listed = [f"{file} 第{_numbers(numbers)}页" for file, numbers in by_file.items() if file not in pictures]
    listed += [_of_folder(folder, pictures) for folder in folders]
    return "；".join(listed) or "—"


def _of_folder(folder: str, pictures: Sequence[str]) -> str:
    names = [PurePosixPath(file).name for file in pictures if str(PurePosixPath(file).parent) == folder]
    return ("" if folder == "." else f"{folder}/") + "、".join(names)


def _numbers(numbers: Iterable[int]) -> str:
    return "、".join(_runs(sorted(set(numbers))))


def _runs(numbers: Sequence[int]) -> list[str]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
