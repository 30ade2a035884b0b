"""The same rules on a document that is not printed yet: what can be told of it without paper, in words that fit it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.case import Case
from checks.engine import judge
from checks.identity import verdict_id
from checks.judgement import Judgement
from checks.rule import PACKAGE, Recheck, Rule, Ruling, rules_of
from pipeline.model.finding import Outcome, Verdict

TOLD = frozenset({
    "P112", "P113", "P114", "P115",
    "F101", "F102", "F103", "F104", "F105", "F111", "F112", "F114", "F115", "F121", "F122", "F123", "F131", "F133",
    "F134", "F141", "F143", "F144", "F146", "F147", "F151", "F152",
    "I101", "I102", "I103", "I104", "I105",
    "R104", "R107", "R109",
})  # fmt: skip
"""What a document's own values decide."""
TOLD_WITH_FILING = frozenset({"P131", "X101", "X102", "X103", "R105", "R111"})
"""What needs the online filing beside it."""
ON_PAPER = "只在纸质件上核验"
NO_FILING = "没有给出网上申报数据"
ABSENT = "paper"
"""Subject of what does not apply."""


def judge_document(case: Case, filings_given: bool) -> Judgement:
    """Judge a document as a package whose paper it is to become: rules that need paper don't apply to it.

    Args:
        case: A case whose `paper` is the document's Application.
        filings_given: Whether there are online filings at all; without, what rests on them does not apply either.
    """
    codes = TOLD | TOLD_WITH_FILING if filings_given else TOLD
    rules = rules_of(PACKAGE)
    judgement = judge(
        replace(case, paperless=True), [_telling(each, codes) for each in rules if codes & set(each.codes)]
    )
    untold = sorted({code for each in rules for code in each.codes} - codes)
    verdicts = (*judgement.verdicts, *(_not_applicable(case, code) for code in untold))
    return judgement.model_copy(update={"verdicts": verdicts})


def _telling(rule: Rule, codes: frozenset[str]) -> Rule:
    """The rule, of whose rulings those of some codes alone are heard: the others would silence what they cause."""

    def check(case: Case) -> Iterator[Ruling | Verdict | Recheck]:
        return (each for each in rule.check(case) if isinstance(each, Recheck) or each.code in codes)

    return replace(rule, check=check)


def _not_applicable(case: Case, code: str) -> Verdict:
    return Verdict(
        id=verdict_id(case.identity, code, None, ABSENT),
        code=code,
        subject=ABSENT,
        outcome=Outcome.NOT_APPLICABLE,
        message=NO_FILING if code in TOLD_WITH_FILING else ON_PAPER,
    )
