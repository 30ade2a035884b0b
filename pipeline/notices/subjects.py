"""What a verdict is about, in words."""

from __future__ import annotations

from collections.abc import Mapping


def subject_in_words(subject: str, names: Mapping[str, str]) -> str:
    """A subject by its parts' names, or as it stands where it has none.

    `applicant@cover` 封面的单位名称, `current@2` 第2行的…, `taskbook#2` …（第2处）, `盖章件.pdf#5` 盖章件.pdf 第5页.
    """
    if subject in names:
        return names[subject]
    head, _, tail = subject.partition("@")
    if tail and _is_named(head, names):
        of = f"第{tail}行" if tail.isdigit() else subject_in_words(tail, names)
        return f"{of}的{subject_in_words(head, names)}"
    head, _, number = subject.rpartition("#")
    if head and number.isdigit():
        return f"{names[head]}（第{number}处）" if head in names else f"{head} 第{number}页"
    return subject


def _is_named(head: str, names: Mapping[str, str]) -> bool:
    """Whether what stands before an @ is a thing of ours, and no file's or indicator's own name."""
    return head in names or head.rpartition("#")[0] in names
