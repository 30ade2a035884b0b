"""YAML files read by libyaml where PyYAML has it: the notice's files are read at the start of every process.

What does not fit is told as a `Complaint`: file, line, and what is wrong there, in one Chinese sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageProblem
from pipeline.model.record import Record

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
R = TypeVar("R", bound=Record)
Steps = Sequence[str | int]
"""Keys and positions that lead to a place in a file."""

_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项，请核对拼写",
    "literal_error": "只能是 {expected}", "enum": "只能是 {expected}",
    "int_parsing": "应为整数", "int_type": "应为整数", "int_from_float": "应为整数",
    "string_type": "应为文字（数字请加引号）", "string_too_short": "不能为空", "too_short": "至少要有 {min_length} 项",
    "bool_parsing": "应为 true 或 false", "bool_type": "应为 true 或 false",
    "decimal_parsing": "应为数字", "decimal_type": "应为数字",
    "datetime_parsing": "不是有效的时间，应写作 2021-11-15T23:59:59",
    "datetime_from_date_parsing": "不是有效的时间，应写作 2021-11-15T23:59:59",
    "datetime_type": "不是有效的时间，应写作 2021-11-15T23:59:59",
    "date_parsing": "不是有效的日期，应写作 2021-11-15",
    "date_from_datetime_parsing": "不是有效的日期，应写作 2021-11-15",
    "date_from_datetime_inexact": "只应写日期，不写钟点", "date_type": "不是有效的日期，应写作 2021-11-15",
    "tuple_type": "应为列表，如 [甲, 乙]", "list_type": "应为列表，如 [甲, 乙]",
    "dict_type": "应为“键: 值”各占一行", "model_type": "应为“键: 值”", "model_attributes_type": "应为“键: 值”",
    "string_pattern_mismatch": "写法不对，应合于 {pattern}",
    "less_than_equal": "不能大于 {le}", "greater_than_equal": "不能小于 {ge}", "greater_than": "应大于 {gt}",
}  # fmt: skip
"""pydantic's kinds of error in Chinese."""


class Misfit(ValueError):
    """What a validator finds wrong deeper in its record: the steps that lead there, and a Chinese sentence."""

    def __init__(self, sentence: str, *steps: str | int) -> None:
        super().__init__(sentence)
        self.steps = steps


class Complaint(Record):
    """Something wrong in a file: its name, the line (from 1), where that is in keys, and what is wrong."""

    file: str
    line: int
    where: str
    problem: str

    def __str__(self) -> str:
        """One sentence."""
        place = f"（{self.where}）" if self.where else ""
        return f"{self.file} 第{self.line}行{place}：{self.problem}"


def expression(pattern: str) -> str:
    """A regular expression as it stands.

    Raises:
        ValueError: It is none; a Chinese sentence says so.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"正则表达式“{pattern}”有误（第{(error.pos or 0) + 1}个字符处）") from error
    return pattern


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
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UsageProblem(f"通知配置无法读取：{path.name}（{_unreadable(error)}）") from error


def read_words(path: Path) -> str:
    """What a text file says.

    Raises:
        UsageProblem: It can't be read, or is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UsageProblem(f"通知配置无法读取：{path.name}（{_unreadable(error)}）") from error


def _unreadable(error: OSError | ValueError | yaml.YAMLError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, OSError):
        return "没有权限或磁盘错误"
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码，请另存为 UTF-8"
    return "其中有不能识别的字符" if isinstance(error, yaml.YAMLError) else "其中有不存在的日期或不成立的数字"


def validated(record: type[R], raw: Any, *paths: Path) -> R:
    """A record made of what YAML files hold, the nearest first.

    Raises:
        UsageProblem: It does not fit; the sentence names file, line and what is wrong there.
    """
    try:
        return record.model_validate(raw)
    except ValidationError as error:
        raise UsageProblem(f"通知配置有误：{_complaints(error, paths)[0]}") from error


def complaints(record: type[Record], raw: Any, *paths: Path) -> tuple[Complaint, ...]:
    """All that does not fit a record in what YAML files hold, in the order of the record."""
    try:
        record.model_validate(raw)
    except ValidationError as error:
        return _complaints(error, paths)
    return ()


def complaint(paths: Sequence[Path], steps: Steps, problem: str) -> Complaint:
    """A complaint of a place: in the file that leads furthest there, the nearest of several that do."""
    led = [(*_led(path, steps), path) for path in paths]
    line, _, path = max(led, key=lambda each: each[1])
    where = ".".join(str(step) for step in steps)
    return Complaint(file=path.name if path.parent == paths[0].parent else f"{path.parent.name}/{path.name}",
                     line=line, where=where, problem=problem)  # fmt: skip


def doubled_keys(path: Path) -> tuple[Complaint, ...]:
    """Keys that stand twice in one mapping of a YAML file, of which YAML silently drops the first."""
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    return tuple(_doubled(root, path)) if root is not None else ()


def _complaints(error: ValidationError, paths: Sequence[Path]) -> tuple[Complaint, ...]:
    found = []
    for each in error.errors():
        context: Mapping[str, Any] = each.get("ctx", {})
        cause = context.get("error") if each["type"] == "value_error" else None
        steps = (*each["loc"], *(cause.steps if isinstance(cause, Misfit) else ()))
        found.append(complaint(paths, steps, str(cause) if cause is not None else _in_chinese(each["type"], context)))
    return tuple(dict.fromkeys(found))


def _in_chinese(kind: str, context: Mapping[str, Any]) -> str:
    words = _WORDS.get(kind, "写法不符合要求（{kind}）")
    return words.format_map({**context, "kind": kind}).replace(" or ", " 或 ")


def _doubled(node: Any, path: Path) -> Iterator[Complaint]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield Complaint(
                    file=path.name, line=key.start_mark.line + 1, where=str(key.value), problem="出现不止一次"
                )
            seen.add(key.value)
            yield from _doubled(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _doubled(value, path)


def _led(path: Path, steps: Steps) -> tuple[int, int]:
    """The line where steps lead in a file, and how many of them lead on."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER) if path.is_file() else None
    line, count = 1, 0
    for step in steps:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
        count += 1
    return line, count


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    """The line and node below a node."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line + 1, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
