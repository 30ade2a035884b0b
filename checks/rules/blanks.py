"""What must be filled in: the form's boxes, the cover's lines, the commitment's blanks, the dates."""

from __future__ import annotations

from collections.abc import Iterator

from checks.alignment import without_prompts
from checks.boxes import TICKED, is_blank, not_found, prompts_of
from checks.case import Case
from checks.certainty import whole
from checks.rule import Ruling, failed, passed, rule, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.values import is_blank_word

COMMITMENT_BLANKS = ("commitment_product", "commitment_contact", "commitment_phone")
NONE_SAID = "（没有的写“无”）"
"""What a box asks for in which 无 is an answer."""
DATES = ("filing_date",)
"""Lines of the cover that have a rule of their own."""


@rule("F101")
def boxes_are_filled(case: Case) -> Iterator[Ruling]:
    """Every box of the form that must be filled has an answer; the template's prompt alone is none."""
    for spec in case.profile.fields:
        if not spec.required or spec.kind in TICKED:
            continue
        reading = case.read(spec.key)
        if reading is None:
            yield not_found(case, "F101", spec.key, Section.FORM)
        elif is_blank(reading, spec, case.profile):
            yield failed(
                "F101", spec.key, field=spec.key, found=reading.text, places=reading.places, recheck=(reading,),
                grounds=(whole(reading),) if reading.raw else (), detail=NONE_SAID if spec.none_allowed else "",
            )  # fmt: skip
        else:
            yield passed("F101", spec.key, field=spec.key, places=reading.places)


@rule("F101")
def cover_is_filled(case: Case) -> Iterator[Ruling]:
    """Each line of the cover is filled; the date has a rule of its own, a recommender found nowhere another."""
    for line in case.profile.cover:
        if line.key in DATES or Section.COVER not in case.sections:
            continue
        reading = _on_cover(case, line.key)
        subject = f"{line.key}@cover"
        if reading is None:
            yield undecided("F101", subject, "封面上未能识别此栏", field=line.key, doubt=True)
        elif not reading.value:
            yield failed("F101", subject, field=line.key, places=reading.places, recheck=(reading,))
        else:
            yield passed("F101", subject, field=line.key, places=reading.places)


@rule("F147")
def commitment_is_filled(case: Case) -> Iterator[Ruling]:
    """The commitment names product, contact and telephone."""
    for key in COMMITMENT_BLANKS:
        if not any(blank.key == key for blank in case.profile.commitment):
            continue
        reading = case.read(key)
        if reading is None:
            yield not_found(case, "F147", key, Section.COMMITMENT)
        elif not reading.value or is_blank_word(reading.text, case.profile.blank_words):
            yield failed("F147", key, field=key, found=reading.text, places=reading.places, recheck=(reading,))
        else:
            yield passed("F147", key, field=key, places=reading.places)


@rule("F131")
def prompts_are_taken_out(case: Case) -> Iterator[Ruling]:
    """No prompt of the template is left beside an answer."""
    for spec in case.profile.fields:
        prompts = prompts_of(spec, case.profile)
        reading = case.read(spec.key)
        if not prompts or reading is None:
            continue
        left_over = len(without_prompts(reading.raw, prompts)) < len(reading.raw)
        if left_over and not is_blank(reading, spec, case.profile):
            yield failed("F131", spec.key, field=spec.key, found=prompts[0], places=reading.places)
        else:
            yield passed("F131", spec.key, field=spec.key, places=reading.places)


def _on_cover(case: Case, key: str) -> Reading | None:
    """What the cover says of a key: a mention, or the field itself where the form has no such box."""
    mentioned = next((each.reading for each in case.mentions(key) if each.section is Section.COVER), None)
    if mentioned is not None:
        return mentioned
    pages = {(page.file, page.page) for page in case.pages_of(Section.COVER)}
    reading = case.read(key)
    stands_there = reading is not None and any((place.file, place.page) in pages for place in reading.places)
    return reading if stands_there or case.spec(key) is None else None
