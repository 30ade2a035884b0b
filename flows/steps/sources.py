"""Which source files a module rests on, found by following its imports; so that versions need no list to forget."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipeline.settings import CHECKOUT

OWN = ("pipeline", "extractors", "checks", "flows")
STATEMENT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]*))", re.MULTILINE
)
"""An import as this program's formatter writes it: from where and what, or modules. Every process looks for them in all
its files, and parsing these takes two seconds; a test holds that nothing the parser sees is missed."""
COMMENT = re.compile(r"#[^\n]*")


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


@cache
def _files(name: str) -> tuple[Path, ...]:
    """A module's own file and the `__init__.py` of each package above it; nothing for what is not ours."""
    steps = name.split(".")
    if steps[0] not in OWN:
        return ()
    bases = [CHECKOUT.joinpath(*steps[:depth]) for depth in range(1, len(steps) + 1)]
    return tuple(path for base in bases for path in (base / "__init__.py", base.with_suffix(".py")) if path.is_file())


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """The modules a file imports; `from a import b` may mean the module a.b."""
    names: list[str] = []
    for module, taken, modules in STATEMENT.findall(path.read_text(encoding="utf-8")):
        listed = COMMENT.sub("", taken or modules).strip("()").split(",")
        words = [words[0] for each in listed if (words := each.split())]
        names += [module, *(f"{module}.{word}" for word in words)] if module else words
    if path == CHECKOUT / "checks" / "rule.py":  # rules are found by walking their folder
        names += (f"checks.rules.{file.stem}" for file in (CHECKOUT / "checks" / "rules").glob("*.py"))
    return tuple(names)
