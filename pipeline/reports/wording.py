"""The words clerks see for the program's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pipeline.model.seal import Seal
from pipeline.notices.profile import Profile
from pipeline.values import fold


def _words(**words: str) -> Mapping[str, str]:
    return MappingProxyType(words)


SEVERITIES = _words(error="错误", warning="提醒", info="提示")
CONCLUSIONS = _words(clean="通过", look="需人工核看", correct="需补正", failed="程序未能处理")
OUTCOMES = _words(failed="不符", undecided="待定", passed="通过", not_applicable="不适用")
PRESENCE = _words(failed="查到", undecided="待定", passed="未见", not_applicable="不适用")
"""Outcomes beside a code's title, which names the fault."""
FILE_KINDS = _words(
    stamped="盖章扫描件",
    editable="可编辑版",
    evidence="证明材料",
    recommendation="推荐表",
    other="其他",
    unreadable="打不开",
)
SECTIONS = _words(
    cover="封面",
    instructions="填报须知",
    form="申报表",
    indicators="重点指标表",
    taskbook="任务书",
    evidence="证明材料",
    commitment="承诺书",
    recommendation="推荐表",
    blank="空白页",
    other="其他",
)
PURPOSES = _words(
    official="公章",
    contract="合同专用章",
    finance="财务专用章",
    invoice="发票专用章",
    department="部门章",
    branch="分支机构章",
    personal="个人名章",
    other="其他印章",
)
SHAPES = _words(round="圆形", oval="椭圆形", rectangle="方形")
INKS = _words(red="红", blue="蓝", black="黑")
SEAM_STATES = _words(whole="完整", broken="有缺页", absent="未盖", undecided="待定")
SEAL_PLACES = _words(
    **{
        "cover.applicant": "封面 · 申报单位",
        "cover.recommender": "封面 · 推荐单位",
        "commitment": "承诺书",
        "seam": "骑缝章",
        "evidence": "证明材料",
        "recommendation": "推荐表",
    }
)
ROLES = _words(legal_representative="法定代表人")
AMOUNTS = _words(revenue="业务收入", ai_revenue="人工智能业务收入", rd_spend="研发投入", other="其他金额")
FILING_HEADINGS = _words(
    no="申报编号",
    submitted_at="提交时间",
    status="状态",
    recommender="推荐单位",
    taskbook="揭榜任务书",
    indicators="重点指标",
    filing_date="申报日期",
    commitment_product="承诺书 · 产品名称",
    commitment_contact="承诺书 · 联系人",
    commitment_phone="承诺书 · 联系电话",
    commitment_date="承诺书 · 日期",
)
"""Headings of the keys that have no box on the form."""

BLANK = "（空白）"
ABSENT = "—"


def heading(key: str, profile: Profile) -> str:
    """A key's heading as on the form and in exports."""
    spec = profile.field(key)
    return spec.heading if spec else FILING_HEADINGS.get(key, key)


def seal_place(place: str | None) -> str:
    """A required place in words; evidence documents and the like carry their own name behind a dot or colon."""
    return SEAL_PLACES.get(place or "", place or "")


def seal_name(seal: Seal) -> str:
    """Whose seal it is, and beside it what was read, where that is not the same to the letter; "" when unread."""
    if seal.owner and fold(seal.owner) != fold(seal.mark.text):
        return f"{seal.owner}（读作“{seal.mark.text}”）"
    return seal.name


def direction_names(numbers: tuple[int, ...], profile: Profile) -> str:
    """Directions as the export writes them: `方向1: 高性能云端人工智能芯片；方向2: …`."""
    names = {direction.number: direction.name for direction in profile.directions}
    return "；".join(f"方向{number}: {names[number]}" if number in names else f"方向{number}" for number in numbers)
