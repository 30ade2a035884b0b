"""Which files of a storage become which paths of a mirror: none leads out of it, none is too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.intake.archives import MOST_BYTES, MOST_ENTRIES
from pipeline.intake.listing import LINK
from pipeline.intake.names import inner_steps, is_hidden
from pipeline.remote.place import RemoteFile

LONGEST_STEP = 250
"""Bytes; file systems allow 255, and an object's key may have a thousand in one."""
LONGEST_PATH = 2000
"""Bytes; systems allow 4096, with what stands before."""
OUTSIDE = "路径指向收件夹之外，未取"
TOO_LONG = "文件名过长，未取"
BOTH = "与同名文件夹冲突，未取"
TOO_MANY = f"文件超过{MOST_ENTRIES}个，未取"
TOO_LARGE = f"超过{MOST_BYTES // 1024**3} GB，未取"


@dataclass(frozen=True, slots=True)
class Planned:
    """What to mirror, by path (the steps joined by `/`); and what not, each with the sentence why."""

    files: Mapping[str, RemoteFile]
    refused: tuple[tuple[str, str], ...]


def planned(found: Sequence[RemoteFile]) -> Planned:
    """Where each file goes. A delivery, the first step of its path, is held to the limits of one archive."""
    if len(found) == 1 and not found[0].path:
        return Planned({"": found[0]}, ()) if found[0].size <= MOST_BYTES else Planned({}, (("", TOO_LARGE),))
    refused: list[tuple[str, str]] = []
    taken: dict[tuple[str, ...], RemoteFile] = {}
    for file in found:
        steps, problem = _placed(file)
        if problem:
            refused.append((file.path, problem))
        elif steps:
            taken[_untaken(steps, taken)] = file
    folders = {steps[:depth] for steps in taken for depth in range(1, len(steps))}
    refused += [(file.path, BOTH) for steps, file in taken.items() if steps in folders]
    kept = {steps: file for steps, file in taken.items() if steps not in folders}
    large = _beyond_limits(kept)
    refused += large.items()
    return Planned({"/".join(steps): file for steps, file in kept.items() if steps[0] not in large}, tuple(refused))


def _placed(file: RemoteFile) -> tuple[tuple[str, ...], str]:
    """A file's steps, none for one that is skipped; or why it is refused."""
    if file.link:
        return (), LINK
    steps = inner_steps(file.path)
    if not steps or any(step in ("", ".", "..") or "/" in step for step in steps):
        return (), OUTSIDE
    if any(is_hidden(step) for step in steps):
        return (), ""
    sizes = [len(step.encode("utf-8", "surrogatepass")) for step in steps]
    return ((), TOO_LONG) if max(sizes) > LONGEST_STEP or sum(sizes) > LONGEST_PATH else (steps, "")


def _untaken(steps: tuple[str, ...], taken: Mapping[tuple[str, ...], RemoteFile]) -> tuple[str, ...]:
    candidate, number = steps, 1
    while candidate in taken:
        number += 1
        candidate = (*steps[:-1], f"{steps[-1]}#{number}")
    return candidate


def _beyond_limits(files: Mapping[tuple[str, ...], RemoteFile]) -> dict[str, str]:
    """Deliveries that hold more than an archive may, each with the sentence."""
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for steps, file in files.items():
        counts[steps[0]] += 1
        sizes[steps[0]] += file.size
    large = {name: TOO_LARGE for name, size in sizes.items() if size > MOST_BYTES}
    return large | {name: TOO_MANY for name, count in counts.items() if count > MOST_ENTRIES}
