"""A number found in a text, before it is a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.quantity import Comparator

UNKNOWN_UNIT, NO_NUMBER, CLASH, CHANGE, RANGE = "单位不明", "数值不明", "比较词矛盾", "相对变化", "范围不明"
"""Why a number is undecided, as a person reads it."""
SCALE = re.compile(r"个?(?:级别|量级|级|规模)?(?:参数|大库|底库|用户|样本|数据|图片|图像)|级别|量级|级|规模")
"""What makes a number with a multiplier a count by itself: 千亿级, 1750亿参数."""
MAY_FOLLOW = re.compile(r"$|[，,。;、)(/\n \0:~]|之间|不等")
DIVIDER = re.compile(r"[，,。;\n]")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number at a place of the plain text; `reason` where it is undecided."""

    start: int
    end: int
    value: Decimal = Decimal(0)
    upper: Decimal | None = None
    tolerance: bool = False
    unit: str = ""
    comparator: Comparator | None = None
    reason: str = ""
