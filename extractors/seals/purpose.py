"""What a seal may be used for, by what is written on it."""

from __future__ import annotations

import re

from pipeline.model.seal import Purpose, Shape

WORDS: tuple[tuple[Purpose, tuple[str, ...]], ...] = (
    (Purpose.CONTRACT, ("合同", "同专用")),
    (Purpose.INVOICE, ("发票",)),
    (Purpose.FINANCE, ("财务", "财会")),
)
"""What names a use; the first character of 合同专用 may lie under print, and nothing else ends so."""
SPECIAL = re.compile(
    r"(?:合同|财务|财会|发票|业务|投标|报关|行政|人事|骑缝|档案|收费|结算|资料|技术|项目)*专?用章\(?\d*\)?$|(?:合同|财务|业务)章\(?\d*\)?$"
)
BRANCH = re.compile(r"分公司|分行|分院|分局|分所|分中心|办事处|支公司|支行$")
DEPARTMENT = re.compile(r"(?:部|科|处|室|办公室|中心|学院|系|车间|项目部|工会|委员会|实验室|研究所|组)$")
CHOP_LENGTH = 4
"""Characters of a name chop: two to four, 印 included."""


def split_owner(text: str) -> tuple[str, str]:
    """The owner's name, and a 专用章 that stands in the ring behind it ("" where none)."""
    found = SPECIAL.search(text)
    return (text[: found.start()], found.group()) if found else (text, "")


def speaks_of_use(text: str) -> bool:
    """Whether a text that may be a line inside a seal, read in part, has a word of those that name a use."""
    return "专用" in text or any(word in text for _, words in WORDS for word in words)


def purpose_of(owner: str, inner: str, shape: Shape) -> Purpose:
    """The contract's purpose of a seal with this owner and inner text."""
    for purpose, words in WORDS:
        if any(word in inner for word in words):
            return purpose
    if shape is Shape.RECTANGLE and (len(owner) <= CHOP_LENGTH or owner.endswith(("印", "之印", "印信"))):
        return Purpose.PERSONAL
    if inner.endswith("章") or "专用" in inner:
        return Purpose.OTHER
    if BRANCH.search(owner) or BRANCH.search(inner):
        return Purpose.BRANCH
    if DEPARTMENT.search(inner):
        return Purpose.DEPARTMENT
    return Purpose.OFFICIAL
