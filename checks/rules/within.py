"""The same thing said twice within the stamped copy: unit, product, direction, legal representative."""

from __future__ import annotations

from collections.abc import Iterator

from checks.boxes import is_blank, prompts_of
from checks.case import Case
from checks.certainty import whole
from checks.comparison import compare
from checks.rule import Ruling, not_applicable, passed, rule, undecided
from checks.weighing import weigh
from pipeline.model.application import Mention
from pipeline.model.document import Section
from pipeline.model.evidence import Reading

OTHERS = frozenset({Section.EVIDENCE, Section.RECOMMENDATION, Section.INSTRUCTIONS, Section.OTHER, Section.FORM})
"""Sections where another's name may rightly stand, or that have rules of their own."""
NOTHING = "申报表此栏空白或未能识别，无从比较"


@rule("F142")
def unit_name_is_one(case: Case) -> Iterator[Ruling]:
    """The unit is named alike on cover, form, task book and commitment."""
    yield from _agree(case, "F142", "applicant", _elsewhere(case, "applicant"))


@rule("F143")
def product_name_is_one(case: Case) -> Iterator[Ruling]:
    """The product is named alike on form, indicator table, task book and commitment."""
    elsewhere = list(_elsewhere(case, "product"))
    promised = case.read("commitment_product")
    if promised is not None:
        elsewhere.append((Section.COMMITMENT, promised))
    yield from _agree(case, "F143", "product", iter(elsewhere))


@rule("F145")
def legal_representative_is_one(case: Case) -> Iterator[Ruling]:
    """The legal representative is named alike wherever the name is printed; handwriting is a person's to read."""
    printed = (
        (mention.section, mention.reading)
        for mention in case.mentions("legal_representative")
        if mention.section not in OTHERS and not _is_handwritten(case, mention)
    )
    yield from _agree(case, "F145", "legal_representative", printed)


@rule("F113")
def direction_is_one(case: Case) -> Iterator[Ruling]:
    """Cover and indicator table name the directions that the form ticks."""
    form = case.read("directions")
    if form is None or not form.value or case.paper is None:
        yield not_applicable("F113", "directions", NOTHING, field="directions")
        return
    for mention in case.mentions("directions"):
        if mention.section not in OTHERS:
            yield from _direction(mention, form)


def _direction(mention: Mention, form: Reading) -> Iterator[Ruling]:
    """One mention against the form; the indicator table may name one of several directions at a time."""
    subject, reading = f"directions@{mention.section}", mention.reading
    places = reading.places + form.places
    if not reading.value:
        if reading.raw.strip():
            message = f"所写方向“{reading.raw.strip()}”未能对应到通知的任何一个方向"
            yield undecided("F113", subject, message, field="directions", places=places, grounds=(whole(reading),))
    elif mention.section is Section.INDICATORS and set(reading.value) <= set(form.value):
        yield passed("F113", subject, field="directions", places=places)
    else:
        comparison = compare(reading, form, "directions")
        yield weigh("F113", subject, comparison, found=reading, expected=form, field="directions", places=places)


def _elsewhere(case: Case, key: str) -> Iterator[tuple[Section, Reading]]:
    return ((each.section, each.reading) for each in case.mentions(key) if each.section not in OTHERS)


def _agree(case: Case, code: str, key: str, elsewhere: Iterator[tuple[Section, Reading]]) -> Iterator[Ruling]:
    """A ruling for each section that names what the form's box names; blanks have rules of their own."""
    spec, form = case.spec(key), case.read(key)
    if spec is None or form is None or is_blank(form, spec, case.profile):
        yield not_applicable(code, key, NOTHING, field=key)
        return
    for section, reading in elsewhere:
        if not is_blank(reading, spec, case.profile):
            comparison = compare(reading, form, spec.kind, prompts=prompts_of(spec, case.profile))
            yield weigh(code, f"{key}@{section}", comparison, found=reading, expected=form, field=key)


def _is_handwritten(case: Case, mention: Mention) -> bool:
    """Whether a signature was found where the name was read."""
    marks = {(page.file, page.page): page.reading.signatures for page in case.pages_of(mention.section)}
    return any(
        mark.bbox.iou(place.bbox) > 0
        for place in mention.reading.places
        for mark in marks.get((place.file, place.page), ())
    )
