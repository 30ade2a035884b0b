"""Evidence: whether the form's figures are what the documents state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.amounts import agree, box_number, digits_of, stands_in, times_ten_thousand
from checks.case import Case
from checks.certainty import Ground
from checks.documents import kind_of, lines_of, where_titled
from checks.ownership import documents_of_the_applicant
from checks.periods import told_year
from checks.rule import Ruling, failed, not_applicable, passed, rule, undecided
from pipeline.model.evidence import Place, Reading
from pipeline.model.package import EvidenceItem
from pipeline.values import amount

BOXES = {"E101": "revenue", "E102": "rd_spend"}
LARGE = Decimal(10) ** 6
"""万元 from which on a form's amount is in 元; less may be right, and the unit of the document misread."""
MAIN = "x_main_revenue"
NO_NUMBER = "申报表此栏没有数，或未能识别为数字"
NO_DOCUMENT = "没有载明这一数额的证明材料"
OTHER_YEAR = "证明材料载明的不是上一财年的数额，无法核对"
UNREAD = "证明材料中的{name}未能读出，请对照申报表所填“{form}”万元"
IN_YUAN = "申报表数额约为证明材料的一万倍，疑似以元为单位，另行提出"
UNIT = "申报表填“{form}”万元，证明材料为{stated}万元，约差一万倍，请核对单位"
MAIN_ONLY = "申报表所填与主营业务收入相符，与营业收入（{stated}万元）不同，请核对口径"
BROADER = "申报表填“{form}”万元，证明材料为{stated}万元，口径可能不同，请核对"

ELSEWHERE = "申报表填“{form}”万元，证明材料中有此数，但读到的该项数额为{stated}万元，请核对是哪一行、哪一年"


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount that a document states; `full`: of the very thing and year that the form asks, so that it contradicts.

    `main`: the main business's revenue that it states beside the revenue.
    """

    document: EvidenceItem
    amount: Reading
    full: bool
    main: Reading | None = None

    @property
    def value(self) -> Decimal:
        """The amount in 万元; 0 where what stands there is no number."""
        return amount(self.amount.text) or Decimal(0)


@rule(*BOXES, "F152")
def figures_are_borne_out(case: Case) -> Iterator[Ruling]:
    """Revenue and R&D spending are what a document of the last fiscal year states, in whatever unit and rounding."""
    for code, key in BOXES.items():
        form, number = case.read(key), box_number(case, key)
        if form is None or number is None:
            yield not_applicable(code, key, NO_NUMBER, field=key)
            continue
        stated = tuple(_statements(case, key))
        if not stated:
            yield _unstated(case, code, key, form)
            continue
        yield from _compared(case, code, key, number, stated)


def _compared(case: Case, code: str, key: str, number: Decimal, stated: Sequence[Statement]) -> Iterator[Ruling]:
    """The ruling on the form's number beside the stated ones: that one of them bears it out is enough."""
    form = case.read(key)
    if form is None:
        return
    borne = next((each for each in stated if agree(number, each.amount)), None)
    in_yuan = [each for each in stated if number >= LARGE and times_ten_thousand(number, each.value)]
    if borne is not None:
        yield passed(code, key, field=key, expected=borne.amount.text, found=form.text,
                     places=form.places + borne.amount.places)  # fmt: skip
    elif in_yuan:
        yield not_applicable(code, key, IN_YUAN, field=key)
        yield failed("F152", key, field=key, found=form.text, expected=in_yuan[0].amount.text,
                     places=form.places + in_yuan[0].amount.places, grounds=(_ground(form, in_yuan[:1]),))  # fmt: skip
    elif question := _question(case, form, number, stated):
        yield undecided(code, key, question, field=key, found=form.text, expected=_amounts(stated),
                        places=_places(form, stated), grounds=(_ground(form, stated),))  # fmt: skip
    else:
        against = [each for each in stated if each.full]
        yield failed(code, key, field=key, found=form.text, expected=_amounts(against), places=_places(form, against),
                     grounds=(_ground(form, against),))  # fmt: skip


def _question(case: Case, form: Reading, number: Decimal, stated: Sequence[Statement]) -> str:
    """What may rightly make the numbers differ, as a question; "" where nothing does."""
    words = {"form": form.text, "stated": _amounts(stated)}
    if any(times_ten_thousand(*pair) for each in stated for pair in ((each.value, number), (number, each.value))):
        return UNIT.format(**words)
    if any(each.main is not None and agree(number, each.main) for each in stated):
        return MAIN_ONLY.format(**words)
    if not any(each.full for each in stated):
        return BROADER.format(**words)
    if any(stands_in(number, lines_of(case, each.document)) for each in stated):
        return ELSEWHERE.format(**words)
    return ""


def _statements(case: Case, key: str) -> Iterator[Statement]:
    """What documents of the applicant state of the last fiscal year, or of a year that is not told."""
    for document in documents_of_the_applicant(case):
        reading, year = document.reading(key), told_year(case, document)
        if reading is None or amount(reading.text) is None or year not in (case.profile.fiscal_year, None):
            continue
        main = document.reading(MAIN) if key == "revenue" else None
        yield Statement(document, reading, year is not None and _in_full(case, document, key), main)


def _in_full(case: Case, document: EvidenceItem, key: str) -> bool:
    """Whether documents of its kind and title state the amount as the form asks for it."""
    kind, words = kind_of(case, document), case.profile.evidence_words.partial
    told = f"{document.kind}{document.title}"
    return kind is not None and key in kind.states and not any(word in told for word in words)


def _unstated(case: Case, code: str, key: str, form: Reading) -> Ruling:
    """No document states the amount: another year's does, one that must was not read so far, or there is none."""
    documents = tuple(documents_of_the_applicant(case))
    able = [each for each in documents if (kind := kind_of(case, each)) and key in kind.states]
    if any(each.reading(key) is not None and told_year(case, each) is not None for each in documents):
        return not_applicable(code, key, OTHER_YEAR, field=key)
    if not able:
        return not_applicable(code, key, NO_DOCUMENT, field=key)
    spec = case.spec(key)
    words = UNREAD.format(name=spec.heading.partition("(")[0] if spec else key, form=form.text)
    return undecided(code, key, words, field=key, found=form.text, places=form.places + where_titled(able[0]))


def _amounts(stated: Sequence[Statement]) -> str:
    return "、".join(dict.fromkeys(each.amount.text for each in stated))


def _places(form: Reading, stated: Sequence[Statement]) -> tuple[Place, ...]:
    return form.places + tuple(place for each in stated for place in each.amount.places)


def _ground(form: Reading, stated: Sequence[Statement]) -> Ground:
    """The form's figure and every stated one: each of them read otherwise might bear it out."""
    return Ground(digits_of(form) + tuple(span for each in stated for span in digits_of(each.amount)))
