"""The blanks of the commitment: between two words, behind a label, or the date at its foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.forms.cover import labelled_rows, without_seal_note
from extractors.forms.days import the_day
from extractors.forms.flow import Flow, flow_of_lines, join
from extractors.texts.order import in_reading_order, rows
from pipeline.model.document import Page
from pipeline.model.evidence import Reading
from pipeline.notices.profile import CommitmentBlank, CoverLine, Profile
from pipeline.values import normalise

SIGN_HERE = re.compile(r"[(（]\s*(?:签\s*[字名章]|盖\s*章|手\s*签)\s*[)）]?")
HAN_DIGITS = "〇一二三四五六七八九"
ZERO = "[〇○零OoＯ0CcＣ]"
"""The nought of a year in Chinese, as printed and as readers see it."""
COMPANY = re.compile(r"(?P<name>[^\s:：]{4,40}?)\s*[（(]\s*(?:企\s*业|单\s*位)?\s*盖\s*章\s*[)）]")
"""A unit's own name may hold brackets: 四川某某（绵阳）科技有限公司（企业盖章）."""
TOGETHER = re.compile(r"联\s*系\s*人\s*(?:[/／、及和与]|\s)\s*(?:联\s*系\s*)?(?:电\s*话|方\s*式|手\s*机)\s*[:：]\s*")
NUMBER_BEHIND = re.compile(r"(?P<name>[^\d\s:：/／、，,(（]{2,12})[\s/／、，,(（]*(?P<phone>[\d+][\d\s\-—]{6,20})")
"""A name and a number behind it, of a phone at least seven figures long."""


def commitment_fields(pages: Sequence[Page], profile: Profile) -> dict[str, Reading]:
    """Readings by key of the commitment's blanks; the representative's printed name is a mention, not a field."""
    whole = join(flow_of_lines(in_reading_order(page.reading.lines), page.file, page.page) for page in pages)
    return blanks_in_text(whole, profile) | _labelled(pages, profile)


def blanks_in_text(whole: Flow, profile: Profile) -> dict[str, Reading]:
    """The product between the template's words, and the date."""
    found: dict[str, Reading] = {}
    for blank in profile.commitment:
        reading = _between(whole, blank) if blank.before else _date(whole, blank.century) if blank.century else None
        if reading is not None:
            found[blank.key] = reading
    return found


def blanks_in_paragraphs(paragraphs: Sequence[Flow], profile: Profile) -> dict[str, Reading]:
    """What stands behind labels at the start of paragraphs, several of which may share one."""
    wanted = _wanted(profile)
    found: dict[str, Reading] = {}
    for flow in paragraphs:
        for spec in wanted:
            for label in spec.labels:
                match = re.search(r"\s*".join(map(re.escape, label)) + r"\s*[:：]", flow.text)
                if match:
                    value = _cut_at_next_label(flow[match.end() : len(flow.text)].stripped("_＿"), wanted)
                    found.setdefault(spec.key, _value(spec.key, value))
                    break
        found.update(_under_one_label(flow, wanted))
    return found


def _wanted(profile: Profile) -> list[CoverLine]:
    return [CoverLine(key=blank.key, labels=blank.labels) for blank in profile.commitment if blank.labels]


def _value(key: str, flow: Flow) -> Reading:
    match = SIGN_HERE.search(flow.text)
    if match:
        flow = flow[match.end() : len(flow.text)].stripped()
    flow = without_seal_note(flow)
    kind = "mobile" if key == "commitment_phone" else "person"
    return flow.reading(normalise(kind, flow.text))


def _between(whole: Flow, blank: CommitmentBlank) -> Reading | None:
    """What stands between the template's words before and after the blank."""
    pattern = _spaced(blank.before) + r"(?P<value>.{0,120}?)" + _spaced(blank.after)
    match = re.search(pattern, whole.text, re.DOTALL)
    if match is None:
        return None
    value = whole[match.start("value") : match.end("value")].stripped("_＿")
    if not value.text:
        before = whole[match.start() : match.start("value")]
        value = Flow("", (), (), place=before.places[-1] if before.places else None)
    return value.reading(normalise("product", value.text))


def _spaced(text: str) -> str:
    return r"[\s_]*".join(map(re.escape, text))


def _date(whole: Flow, century: str) -> Reading | None:
    match = None
    for match in _dates_of(century).finditer(whole.text):  # noqa: B007 - the last one stands at the foot
        pass
    if match is None:
        return _under_seal(whole, century)
    flow = the_day(whole[match.start() : match.end()])
    return flow.reading(normalise("date", flow.text))


def _under_seal(whole: Flow, century: str) -> Reading | None:
    """A day whose year, which the template prints, begins under a black seal: its last figure is read at least.

    Of a coloured one's the first figure alone may be lost, where the line begins.
    """
    for start in range(1, len(century) - 1):
        rest = r"\s*".join(ZERO if char == HAN_DIGITS[0] else char for char in century[start:])
        for match in re.finditer(rf"{rest}[^年]{{0,12}}?日", whole.text):
            covered = any(char.covered for char in whole.chars[max(0, match.start() - 1) : match.start() + 1])
            begins = start == 1 and not whole.text[: match.start()][-1:].strip()
            if covered or begins:
                flow = the_day(whole[match.start() : match.end()])
                return flow.reading(normalise("date", century[:start] + flow.text))
    return None


@cache
def _dates_of(century: str) -> re.Pattern[str]:
    """Days of a year that the template prints in Chinese (二〇二一年), written so, in figures, or as 2021.11.8."""
    digits = [HAN_DIGITS.index(char) for char in century.removesuffix("年")]
    han = r"\s*".join(HAN_DIGITS[digit] if digit else ZERO for digit in digits)
    figures = r"\s*".join(map(str, digits))
    parted = rf"(?<![A-Za-z\d.]){figures}\s*(?P<part>[-./．])\s*\d{{1,2}}\s*(?P=part)\s*\d{{1,2}}(?!\.?\d)"
    return re.compile(rf"(?:{han}|{figures})\s*年[^年]{{0,12}}?[日号]|{parted}")


def _labelled(pages: Sequence[Page], profile: Profile) -> dict[str, Reading]:
    wanted = _wanted(profile)
    found: dict[str, Reading] = {}
    for page in pages:
        for line in labelled_rows(page.reading.lines, wanted, page, run_on=False):
            found.setdefault(line.key, _value(line.key, _cut_at_next_label(line.flow, wanted)))
        for key, reading in _side_by_side(page, wanted).items():
            found.setdefault(key, reading)
        for row in rows(page.reading.lines):
            flow = join(flow_of_lines([line], page.file, page.page) for line in row)
            found.update(_under_one_label(flow, wanted))
    return found


def _under_one_label(flow: Flow, wanted: Sequence[CoverLine]) -> dict[str, Reading]:
    """The person and the number behind one label for both: 联系人/联系电话：张三 138…."""
    label = TOGETHER.search(flow.text)
    both = NUMBER_BEHIND.match(flow.text, label.end()) if label else None
    if both is None:
        return {}
    groups = {"commitment_contact": "name", "commitment_phone": "phone"}
    parts = {spec.key: groups[spec.key] for spec in wanted if spec.key in groups}
    return {key: _value(key, flow[both.start(part) : both.end(part)].stripped()) for key, part in parts.items()}


def _cut_at_next_label(flow: Flow, wanted: Sequence[CoverLine]) -> Flow:
    """Two labels may share a row: 联系人：张三　联系电话：138…."""
    ends = [
        match.start()
        for line in wanted
        for label in line.labels
        if (match := re.search(r"\s*".join(map(re.escape, label)) + r"\s*[:：]", flow.text))
    ]
    return flow[: min(ends)].stripped() if ends else flow


def _side_by_side(page: Page, wanted: Sequence[CoverLine]) -> dict[str, Reading]:
    """Labels that stand further right in a row."""
    found: dict[str, Reading] = {}
    for line in page.reading.lines:
        for spec in wanted:
            for label in spec.labels:
                match = re.search(r"(?<!^)" + r"\s*".join(map(re.escape, label)) + r"\s*[:：]", line.text)
                if match is None or match.start() == 0:
                    continue
                flow = flow_of_lines([line], page.file, page.page)
                value = _cut_at_next_label(flow[match.end() : len(flow.text)].stripped("_＿"), wanted)
                found.setdefault(spec.key, _value(spec.key, value))
    return found


def printed_company(pages: Sequence[Page]) -> Reading | None:
    """The unit's name where it is printed before （企业盖章）; None where only the template's 公司 stands there."""
    for page in pages:
        for line in page.reading.lines:
            match = COMPANY.search(line.text)
            if match and len(match.group("name")) > 3:
                flow = flow_of_lines([line], page.file, page.page)[match.start("name") : match.end("name")]
                return flow.reading(normalise("name", flow.text))
    return None
