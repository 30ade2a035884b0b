"""One cause, one finding: what is missing is not also blank, unsealed and different (contract section 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.finding import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Silence:
    """A cause's code silences the verdicts whose code (and, if said, subject) matches."""

    cause: str
    codes: str
    subjects: str = ""

    def covers(self, verdict: Verdict) -> bool:
        """Whether the verdict would only follow from the cause."""
        return bool(re.fullmatch(self.codes, verdict.code) and re.search(self.subjects, verdict.subject))


SILENCES = (
    Silence("P101", r"P11\d|P12\d|P142|S1[0-3]\d|S1[5-7]\d|F\d+|X10\d|X20\d|I\d+|E\d+|R108|Q10\d"),
    Silence("P102", r"X20\d|X301"),
    Silence("P111", r"S101|S102|S103|S104"),
    Silence("P111", r"S164|S151|S171|F101|F113|F141|F142|F144|R108|R109|R111", r"cover|filing_date|recommender"),
    Silence("P112", r"F10\d|F11[1-5]|F12[12]|F131|F14[2357]|F15\d|X101|X201|X301|E10[12]"),
    Silence("P113", r"I\d+|X102|X202|F146"),
    Silence("P113", r"F113|F143", r"indicators"),
    Silence("P114", r"F112|F123|F133|F134|F146|X103"),
    Silence("P115", r"S11\d|F132|F147"),
    Silence("P115", r"S164|S151|S171|F141|F142|F143|F144|F145", r"commitment"),
    Silence("P131", r"X10\d|X301|R105|R111"),
    Silence("P121", r"E101|S131", r"^1|revenue"),
    Silence("P122", r"E102", r"^2|rd_spend"),
    Silence("P123", r"E103", r"patent|software|standard|intellectual"),
    Silence("P124", r"E103", r"prize|certificate"),
    Silence("R200", r"R201"),
    Silence("R108", r"F101|R111|R109", r"recommender"),
)
"""Cause, what it silences, and in which subjects. A cause that is itself undecided leaves what follows undecided."""


def silence(verdicts: Sequence[Verdict], titles: dict[str, str]) -> tuple[Verdict, ...]:
    """The verdicts with those that only follow from another cause turned into `not_applicable`."""
    causes = {verdict.code for verdict in verdicts if verdict.outcome is Outcome.FAILED}
    standing = tuple(each for each in SILENCES if each.cause in causes)
    return tuple(_hushed(verdict, standing, titles) for verdict in verdicts)


def _hushed(verdict: Verdict, standing: Sequence[Silence], titles: dict[str, str]) -> Verdict:
    if verdict.outcome not in (Outcome.FAILED, Outcome.UNDECIDED):
        return verdict
    cause = next((each.cause for each in standing if each.cause != verdict.code and each.covers(verdict)), None)
    if cause is None:
        return verdict
    reason = f"已因{cause}（{titles.get(cause, '')}）提出，不再另行判定"
    return verdict.model_copy(update={"outcome": Outcome.NOT_APPLICABLE, "message": reason})
