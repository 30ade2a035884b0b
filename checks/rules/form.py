"""The form by itself: codes, numbers, ticks, figures that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from checks.alignment import answer_of
from checks.amounts import box_number
from checks.boxes import is_blank, is_ticked_once, prompts_of, says_none
from checks.case import Case
from checks.certainty import Ground, whole
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.notices.profile import FieldSpec
from pipeline.values import amount, count, valid_code, valid_email, valid_fax, valid_mobile

REGISTRATION_NUMBER = 15
"""Digits of a business registration number from before the credit code (October 2015)."""
SUSPICIOUS = Decimal(10) ** 7
"""万元 from which on an amount can only have been written in 元 (contract section 6)."""


@rule("F102")
def credit_code_check_digit(case: Case) -> Iterator[Ruling]:
    """The unified social credit code (GB 32100-2015) or organisation code (GB 11714-1997) passes its check digit."""
    for spec, reading in _answered(case, "code"):
        if valid_code(reading.text):
            yield passed("F102", spec.key, field=spec.key, found=reading.text, places=reading.places)
        elif reading.text.isdigit() and len(reading.text) == REGISTRATION_NUMBER:
            message = "填的是15位工商注册号，不是统一社会信用代码，请核对"
            yield undecided("F102", spec.key, message, field=spec.key, found=reading.text, places=reading.places)
        else:
            yield _malformed("F102", spec, reading)


@rule("F103")
def telephone_numbers(case: Case) -> Iterator[Ruling]:
    """Mobile numbers have eleven digits, fax numbers those of a landline."""
    yield from _well_formed(case, "F103", "mobile", valid_mobile)
    yield from _well_formed(case, "F103", "fax", valid_fax)


@rule("F104")
def mail_addresses(case: Case) -> Iterator[Ruling]:
    """E-mail addresses are well formed."""
    yield from _well_formed(case, "F104", "email", valid_email)


@rule("F105")
def numbers_are_numbers(case: Case) -> Iterator[Ruling]:
    """Boxes for amounts and counts hold a number in figures."""
    for kind, parse in (("amount", amount), ("count", count)):
        for spec, reading in _answered(case, kind):
            if parse(answer_of(reading, prompts_of(spec, case.profile))) is None:
                yield _malformed("F105", spec, reading)
            else:
                yield passed("F105", spec.key, field=spec.key, places=reading.places)


@rule("F111")
def a_direction_is_ticked(case: Case) -> Iterator[Ruling]:
    """At least one of the notice's directions is ticked."""
    reading = case.read("directions")
    if reading is None:
        yield _unread_tick(case, "F111", "directions")
    elif reading.value:
        yield passed("F111", "directions", field="directions", found=reading.text, places=reading.places)
    else:
        yield failed("F111", "directions", field="directions", places=reading.places, recheck=(reading,),
                     grounds=(whole(reading),))  # fmt: skip


@rule("F112")
def a_task_book_for_each_direction(case: Case) -> Iterator[Ruling]:
    """Whoever ticks several directions files a task book for each."""
    reading = case.read("directions")
    if reading is None or not reading.value or case.paper is None:
        yield not_applicable("F112", "directions", "没有识别到勾选的方向", field="directions")
        return
    ticked, books = len(reading.value), len(case.paper.taskbooks)
    if ticked <= max(1, books):
        yield passed("F112", "directions", field="directions", places=reading.places)
    elif case.unread_pages:
        message = f"勾选{ticked}个方向，只识别到{books}份任务书，但有页面未能识别"
        yield undecided("F112", "directions", message, field="directions", places=reading.places)
    else:
        yield failed("F112", "directions", field="directions", places=reading.places, expected=str(ticked),
                     found=str(books), grounds=(whole(reading),))  # fmt: skip


@rule("F114", "F115")
def one_box_is_ticked(case: Case) -> Iterator[Ruling]:
    """Kind of unit and listed yes/no are each ticked exactly once; 其他 needs its words."""
    for code, key in (("F114", "ownership"), ("F115", "listed")):
        spec, reading = case.spec(key), case.read(key)
        if spec is None:
            continue
        if reading is None:
            yield _unread_tick(case, code, key)
        elif is_ticked_once(reading, spec):
            yield passed(code, key, field=key, found=reading.text, places=reading.places)
        else:
            yield failed(code, key, field=key, found=reading.text, places=reading.places, recheck=(reading,),
                         grounds=(whole(reading),))  # fmt: skip


@rule("F151")
def figures_agree(case: Case) -> Iterator[Ruling]:
    """AI revenue is no more than revenue, R&D staff no more than staff."""
    for part, total in case.profile.parts.items():
        first, second = case.read(part), case.read(total)
        smaller, larger = box_number(case, part), box_number(case, total)
        if first is None or second is None or smaller is None or larger is None:
            yield not_applicable("F151", part, "两个数未能都识别为数字", field=part)
        elif smaller <= larger:
            yield passed("F151", part, field=part, places=first.places + second.places)
        else:
            grounds = (Ground(whole(first).spans + whole(second).spans),)
            limit = f"不大于{_heading(case, total)}{second.text}"
            yield failed("F151", part, field=part, found=first.text, expected=limit,
                         places=first.places + second.places, grounds=grounds)  # fmt: skip


def _heading(case: Case, key: str) -> str:
    spec = case.spec(key)
    return spec.heading if spec else ""


@rule("F152")
def amounts_are_in_ten_thousands(case: Case) -> Iterator[Ruling]:
    """No amount is so large that it must have been written in 元."""
    for spec, reading in _answered(case, "amount"):
        value = box_number(case, spec.key)
        if value is None:
            yield not_applicable("F152", spec.key, "未能识别为数字", field=spec.key)
        elif value > SUSPICIOUS:
            yield failed("F152", spec.key, field=spec.key, found=reading.text, places=reading.places,
                         grounds=(whole(reading),))  # fmt: skip
        else:
            yield passed("F152", spec.key, field=spec.key, places=reading.places)


def _answered(case: Case, kind: str) -> Iterator[tuple[FieldSpec, Reading]]:
    """The boxes of a kind that were read and are not blank."""
    for spec in case.profile.fields:
        reading = case.read(spec.key) if spec.kind == kind else None
        if reading is not None and not is_blank(reading, spec, case.profile):
            yield spec, reading


def _well_formed(case: Case, code: str, kind: str, valid: Callable[[str], bool]) -> Iterator[Ruling]:
    for spec, reading in _answered(case, kind):
        if says_none(reading, spec, case.profile) or valid(reading.text):
            yield passed(code, spec.key, field=spec.key, places=reading.places)
        else:
            yield _malformed(code, spec, reading)


def _malformed(code: str, spec: FieldSpec, reading: Reading) -> Ruling:
    return failed(code, spec.key, field=spec.key, found=reading.text, places=reading.places, grounds=(whole(reading),))


def _unread_tick(case: Case, code: str, key: str) -> Ruling:
    if Section.FORM not in case.sections and not case.may_hide_pages:
        return not_applicable(code, key, "所在部分缺失", field=key)
    return undecided(code, key, "未能识别勾选情况", field=key, doubt=Section.FORM in case.sections)
