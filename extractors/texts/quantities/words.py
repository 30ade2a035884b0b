"""What an answer without a number amounts to."""

from __future__ import annotations

import re
from typing import Literal

Stance = Literal["yes", "partly", "no", "none", "blank", "text"]

_BLANK = re.compile(r"[\s_　]*")
_NONE = re.compile(r"无|暂无|没有|[/\\\-]+|不涉及|不适用|na|n/a|none|null", re.IGNORECASE)
_DONE = "支持|实现|具备|满足|达到|完成|开展|应用|量产|符合|提供|通过|涉及|覆盖|部署"
_DENIAL = re.compile(
    r"(?:尚未|未能|暂未|暂不|尚不|并未|无法|没有|不能|未|不)(?:够|能|完全|曾|可)?"
    rf"(?:{_DONE})|^(?:否|不是|×|no|n)$",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"部分|基本|初步|正在|原型|小批量|试点|在研|研发中|开发中|测试中|试用|拟|计划")
_ASSENT = re.compile(
    r"支持(?!工具|能力|平台|系统|服务)|实现|具备|满足|符合|达到|能够|可以"
    r"|^(?:是|有|可|√|✓|✔|☑|yes|y|ok|已完成|完成)$",
    re.IGNORECASE,
)
_BOXES = re.compile(r"[□☐☑☒■]")


def stance(text: str) -> Stance:
    """The stance of a plain text: a denial and an assent in one text are neither."""
    told = text.strip().rstrip("。.;")
    if _BLANK.fullmatch(told):
        return "blank"
    if _NONE.fullmatch(told):
        return "none"
    if _BOXES.search(told) and len(told) > 1:
        return "text"
    if _DENIAL.search(told):
        return "text" if _ASSENT.search(_DENIAL.sub("", told)) else "no"
    if _PARTLY.search(told):
        return "partly"
    return "yes" if _ASSENT.search(told) else "text"
