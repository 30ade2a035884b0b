"""A notice's folder and those it builds on: a notice of the same family says only what it says otherwise.

The line `base: NAME` in profile.yaml names another notice (a folder beside, or one that heyan brings). Of profile.yaml
a key stands in for the base's whole, but for those that `profile.BY_ENTRY` names; these, catalogue.yaml and letter.yaml
are laid over the base's entry by entry; of every other file the nearest folder's counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageProblem
from pipeline.notices.yaml_file import read_yaml

NOTICES = Path(__file__).parent
PROFILE = "profile.yaml"
CATALOGUE = "catalogue.yaml"
LETTER = "letter.yaml"
BASE = "base"
DEFAULT = "default"
"""What letters say of a code that has no sentence of its own, by severity."""
WORDED = {CATALOGUE: 3, LETTER: 2}
"""Files laid over the base's entry by entry, and how deep: `codes`, a code, its title; `default`, a severity."""


@cache
def folders_of(folder: Path) -> tuple[Path, ...]:
    """A notice's folder, its base's, and so on.

    Raises:
        UsageProblem: A base is not there, or leads back to itself.
    """
    found = [folder]
    while (base := _base_of(found[-1])) is not None:
        if base in found:
            raise UsageProblem(f"通知配置的 {BASE} 互相引用：{base.name}")
        found.append(base)
    return tuple(found)


def _base_of(folder: Path) -> Path | None:
    raw = read_yaml(folder / PROFILE) if (folder / PROFILE).is_file() else None
    name = raw.get(BASE) if isinstance(raw, dict) else None
    if name is None:
        return None
    for candidate in (folder.parent / str(name), NOTICES / str(name)):
        if (candidate / PROFILE).is_file():
            return candidate.resolve()
    raise UsageProblem(f"通知配置有误：{PROFILE} 的 {BASE} 所指的通知“{name}”不存在")


def paths_of(folder: Path, name: str) -> tuple[Path, ...]:
    """A notice's file of a name and those below it, the nearest first; only those that are there."""
    return tuple(path for each in folders_of(folder) if (path := each / name).is_file())


def path_of(folder: Path, name: str) -> Path:
    """The nearest file of a name; where there is none, where it should lie."""
    return next(iter(paths_of(folder, name)), folder / name)


def laid_over(folder: Path, name: str, depth: int) -> Any:
    """What the files of a name hold together: mappings are laid over one another down to `depth`.

    Raises:
        UsageProblem: One of them is no YAML.
    """
    raws = [read_yaml(path) for path in reversed(paths_of(folder, name))] or [read_yaml(folder / name)]
    made = raws[0]
    for raw in raws[1:]:
        made = _over(raw, made, depth)
    return made


def words_of(folder: Path, name: str) -> Any:
    """What the files of a name of `WORDED` hold together.

    Raises:
        UsageProblem: There is none, or one of them is no YAML.
    """
    return laid_over(folder, name, WORDED[name])


def _over(upper: Any, lower: Any, depth: int) -> Any:
    if not depth or not isinstance(upper, Mapping) or not isinstance(lower, Mapping):
        return upper
    more = {key: _over(value, lower[key], depth - 1) if key in lower else value for key, value in upper.items()}
    return {**lower, **more}
