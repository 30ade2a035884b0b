"""Which source files a module rests on, found by following its imports; so that versions need no list to forget."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.settings import CHECKOUT

OWN = ("pipeline", "extractors", "checks", "flows")


@cache
def sources_of(*modules: str) -> tuple[Path, ...]:
    """The files of modules and of all modules of this program that they import, also inside functions; sorted."""
    found: set[Path] = set()
    waiting = list(modules)
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for path in _files(name):
            if path not in found:
                found.add(path)
                waiting += _imported(path)
    return tuple(sorted(found))


def _files(name: str) -> Iterator[Path]:
    """A module's own file and the `__init__.py` of each package above it; nothing for what is not ours."""
    steps = name.split(".")
    if steps[0] not in OWN:
        return
    for depth in range(1, len(steps) + 1):
        base = CHECKOUT.joinpath(*steps[:depth])
        for path in (base / "__init__.py", base.with_suffix(".py")):
            if path.is_file():
                yield path


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """The modules a file imports; `from a import b` may mean the module a.b."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    if path == CHECKOUT / "checks" / "rule.py":  # rules are found by walking their folder
        names += (f"checks.rules.{file.stem}" for file in (CHECKOUT / "checks" / "rules").glob("*.py"))
    return tuple(names)
