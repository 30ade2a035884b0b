"""Who may apply, by which deadline, through whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from checks.case import Case
from checks.certainty import Certainty, Ground, Span, of_grounds, whole
from checks.comparison import compare
from checks.deadlines import is_late
from checks.owners import SAME
from checks.recommenders import fold_recommender, same_recommender
from checks.rows import likeness
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from checks.stamps import match_owner
from pipeline.model.document import Section
from pipeline.model.evidence import Reading

REGION = slice(2, 4)
"""The province's digits in an 18-character credit code (GB 32100-2015)."""
CREDIT_CODE = 18
SOLE_TRADER = "92"
"""How the credit code of a sole trader (个体工商户) begins."""
STATE_OFFICE = "100000"
"""Region digits of the state's own registration office: such a unit may sit anywhere."""
SEALED = "推荐表中的单位名称个别字看不清，所盖印章与封面一致"


@rule("R104")
def unit_is_in_the_province(case: Case) -> Iterator[Ruling]:
    """Credit code or address place the unit in the province; a question only, for firms move."""
    code, address = case.read("uscc"), case.read("address")
    if code is None or address is None or len(code.text) != CREDIT_CODE:
        yield not_applicable("R104", "uscc", "没有可以判断的信用代码和地址", field="uscc")
        return
    here = code.text[REGION] == case.profile.province_code or code.text[2:8] == STATE_OFFICE
    if here or any(name in address.text for name in case.profile.province_names):
        yield passed("R104", "uscc", field="uscc", places=code.places + address.places)
    else:
        ground = Ground(whole(code).spans + whole(address).spans)
        yield failed("R104", "uscc", field="uscc", found=code.text, grounds=(ground,),
                     places=code.places + address.places)  # fmt: skip


@rule("R105")
def filed_in_time(case: Case) -> Iterator[Ruling]:
    """The online filing was submitted by the deadline; no clock time is given, so the day counts whole."""
    if case.online is None:
        yield not_applicable("R105", "deadline.online", "没有对应的网上填报数据")
        return
    deadline = case.profile.deadlines.online
    limit = deadline.strftime("%Y-%m-%d %H:%M:%S")
    moment = _local(case.online.submitted_at, case.profile.timezone)
    if case.online.status in case.profile.online.draft:
        yield failed("R105", "deadline.online", detail=f"状态为“{case.online.status}”，尚未提交", expected=limit,
                     found=case.online.status)  # fmt: skip
    elif moment is None:
        yield not_applicable("R105", "deadline.online", "网上填报数据没有提交时间")
    elif is_late(moment, deadline, case.profile.deadlines.online_inclusive):
        found = moment.strftime("%Y-%m-%d %H:%M:%S")
        yield failed("R105", "deadline.online", detail=f"提交于{found}，已逾期", expected=limit, found=found)
    else:
        yield passed("R105", "deadline.online", found=moment.strftime("%Y-%m-%d %H:%M:%S"))


@rule("R107")
def unit_is_a_legal_person(case: Case) -> Iterator[Ruling]:
    """Neither name nor code says branch, partnership or sole trader."""
    name, code = case.read("applicant"), case.read("uscc")
    if name is None or not name.text:
        yield not_applicable("R107", "applicant", "没有识别到单位名称", field="applicant")
        return
    word = next((word for word in case.profile.dependent_words if word in name.text), None)
    if word is not None:
        start = max(0, name.raw.find(word))
        ground = Ground((Span(name, start, start + len(word)),))
        yield failed("R107", "applicant", field="applicant", found=word, places=name.places, grounds=(ground,))
    elif code is not None and code.text.startswith(SOLE_TRADER) and len(code.text) == CREDIT_CODE:
        yield failed("R107", "applicant", field="applicant", found=f"代码以{SOLE_TRADER}开头", places=code.places,
                     grounds=(Ground((Span(code, 0, len(SOLE_TRADER)),)),))  # fmt: skip
    else:
        yield passed("R107", "applicant", field="applicant", places=name.places)


@rule("R108")
def somebody_recommends(case: Case) -> Iterator[Ruling]:
    """The cover names a recommending unit, or a recommendation table has a row for the application."""
    cover = case.read("recommender")
    if cover is not None and cover.text:
        yield passed("R108", "recommender", field="recommender", places=cover.places)
    elif _has_row(case):
        yield passed("R108", "recommender", field="recommender", detail="封面未写，推荐表中有本项目")
    elif cover is None and (Section.COVER in case.sections or case.may_hide_pages):
        yield undecided("R108", "recommender", "封面上未能识别推荐单位，推荐表中也没有找到本项目", field="recommender",
                        doubt=Section.COVER in case.sections)  # fmt: skip
    elif case.delivery is not None and not case.delivery.rows and case.delivery.pages:
        yield undecided("R108", "recommender", "封面没有推荐单位，推荐表未能识别出内容", field="recommender")
    else:
        places = cover.places if cover else ()
        yield failed("R108", "recommender", field="recommender", places=places, recheck=(cover,) if cover else ())


@rule("R111")
def recommender_is_one(case: Case) -> Iterator[Ruling]:
    """Cover, recommendation table and filing name the same recommending unit, in whatever spelling."""
    cover = case.read("recommender")
    if cover is None or not cover.text:
        yield not_applicable("R111", "recommender", "封面没有写或未能识别推荐单位", field="recommender")
        return
    filed = case.online.get("recommender") if case.online else None
    if filed is None or not filed.text:
        yield not_applicable("R111", "recommender@online", "网上填报没有推荐单位", field="recommender")
    else:
        yield _same(case, cover, "online", filed)
    table = _of_delivery(case)
    if table is None:
        yield not_applicable("R111", "recommender@recommendation", "没有推荐表或其中未写推荐单位", field="recommender")
    else:
        yield _same(case, cover, "recommendation", table)


def _sealed_by(case: Case, cover: Reading, table: Reading) -> bool:
    """Whether the table's seal is the cover's unit's, where the table differs in nothing but letters in doubt.

    The table's unit is printed where its seal is put: a black seal hides letters of it, and says itself whose it is.
    """
    if case.delivery is None:
        return False
    grounds = [each.ground for each in compare(cover, table, "name").differences]
    if of_grounds(grounds) is not Certainty.UNSURE:
        return False
    sheets = {(page.file, page.page) for page in case.delivery.pages if page.section is Section.RECOMMENDATION}
    seals = [seal for seal in case.delivery.seals if (seal.file, seal.page) in sheets]
    return any(match_owner(case, seal, [cover.text], "recommender") in SAME for seal in seals)


def _same(case: Case, cover: Reading, where: str, other: Reading) -> Ruling:
    subject = f"recommender@{where}"
    if same_recommender(cover.text, other.text, case.profile):
        return passed("R111", subject, field="recommender", places=cover.places)
    if where == "recommendation" and _sealed_by(case, cover, other):
        return passed("R111", subject, field="recommender", detail=SEALED, places=cover.places + other.places)
    ground = Ground(whole(cover).spans + whole(other).spans)
    detail = {"online": "网上填报", "recommendation": "推荐表"}[where]
    doubted = f"封面为“{cover.text}”，{detail}为“{other.text}”"
    return failed("R111", subject, field="recommender", found=cover.text, expected=other.text, detail=detail,
                  places=cover.places, grounds=(ground,), doubted=doubted)  # fmt: skip


def _of_delivery(case: Case) -> Reading | None:
    """The recommender that the delivery's table names."""
    if case.delivery is None:
        return None
    reading = case.delivery.recommender_reading
    return reading if reading is not None and fold_recommender(reading.text, case.profile) else None


def _has_row(case: Case) -> bool:
    rows = case.delivery.rows if case.delivery else ()
    witnesses = [each for each in (case.paper, case.online) if each is not None]
    return any(likeness(each.text("applicant"), each.text("product"), row) > 0 for each in witnesses for row in rows)


def _local(moment: datetime | None, zone: str) -> datetime | None:
    """A moment in the notice's own time, without its zone."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
