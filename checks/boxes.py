"""Boxes of the form as rules see them: blank or answered, and compared by what they want."""

from __future__ import annotations

from checks.alignment import answer_of
from checks.case import Case
from checks.comparison import Comparison, compare
from checks.rule import Ruling, not_applicable, undecided
from pipeline.model.document import Section
from pipeline.model.evidence import Reading
from pipeline.notices.profile import FieldSpec, Profile
from pipeline.values import is_blank_word

TICKED = frozenset({"choice", "yesno", "directions"})
"""Kinds that are ticked, not written; each has a rule of its own for an empty box."""
OWN_RULE = {"amount": "F105", "count": "F105", "mobile": "F103", "fax": "F103", "email": "F104"}
"""Kinds in whose boxes 无 is no blank but a malformed answer, and the rule that says so."""


def is_blank(reading: Reading, spec: FieldSpec, profile: Profile) -> bool:
    """Whether no answer stands in the box: nothing at all, the template's prompt, or 无 where a name is due."""
    if not isinstance(reading.value, str):
        return not reading.value
    answer = answer_of(reading, prompts_of(spec, profile))
    if not answer.strip(" _　"):
        return True
    if spec.none_allowed or spec.kind == "text" or spec.kind in OWN_RULE:
        return False
    return is_blank_word(answer, profile.blank_words)


def is_ticked_once(reading: Reading, spec: FieldSpec) -> bool:
    """Whether one of the box's choices is ticked, and that alone; 其他 needs its words."""
    last = spec.options[-1]
    if reading.text in spec.options[:-1]:
        return True
    if spec.kind == "yesno":
        return reading.text == last
    return reading.text.startswith(f"{last}：") and len(reading.text) > len(last) + 1


def says_none(reading: Reading, spec: FieldSpec, profile: Profile) -> bool:
    """Whether a box that may say so says 无 in one of its spellings, or nothing."""
    text = reading.text.strip()
    return spec.none_allowed and (not text or is_blank_word(text, profile.blank_words))


def prompts_of(spec: FieldSpec, profile: Profile) -> tuple[str, ...]:
    """The template's own words in a box; those beside tick boxes belong to the print."""
    return () if spec.kind in TICKED else profile.prompts.get(spec.key, ())


def compare_boxes(case: Case, spec: FieldSpec, left: Reading, right: Reading) -> Comparison:
    """Compare two witnesses' readings of a box."""
    if says_none(left, spec, case.profile) and says_none(right, spec, case.profile):
        return Comparison()
    return compare(
        left,
        right,
        spec.kind,
        prompts=prompts_of(spec, case.profile),
        options=spec.options,
        names=case.names if spec.kind == "text" else (),
    )


def why_unread(case: Case, section: Section) -> str | None:
    """Why a box of a section can't be judged when it was not found; None if the section itself is simply missing."""
    if section in case.sections:
        return case.medium.unread_box
    if case.may_hide_pages:
        return "有页面或文件未能识别，此栏可能在其中"
    return None


def not_found(case: Case, code: str, key: str, section: Section, field: str | None = "") -> Ruling:
    """A box that was not found: doubt, unless its whole section is missing, which other codes say."""
    name = key if field == "" else field
    why = why_unread(case, section)
    if why is None:
        return not_applicable(code, key, "所在部分缺失", field=name)
    return undecided(code, key, why, field=name, doubt=section in case.sections)
