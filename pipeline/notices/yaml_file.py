"""YAML files read by libyaml where PyYAML has it: the notice's files are read at the start of every process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageProblem
from pipeline.model.record import Record

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
R = TypeVar("R", bound=Record)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds.

    Raises:
        UsageProblem: It is no YAML, or can't be read.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageProblem(f"通知配置不是有效的 YAML：{path.name} 第{line}行") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageProblem(f"通知配置无法读取：{path.name}（{error}）") from error


def validated(record: type[R], raw: Any, path: Path) -> R:
    """A record made of what a YAML file holds.

    Raises:
        UsageProblem: It does not fit; the sentence names file, line and what is wrong there.
    """
    try:
        return record.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        line = line_of(path, first["loc"])
        raise UsageProblem(f"通知配置有误：{path.name} 第{line}行（{where}）：{first['msg']}") from error


def line_of(path: Path, steps: Sequence[str | int]) -> int:
    """The line (from 1) where keys and positions lead in a YAML file; as far as they lead."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    line = 1
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    """The line and node below a node."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
