"""A plot: one applicant's clean submission, ready for a defect to be planted; and the register of plantings by code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

from extractors.claims import with_claims
from extractors.levels import with_levels
from extractors.references import with_answers
from pipeline.model.evidence import Reading
from pipeline.notices.profile import Profile, load_profile
from samples.filing import Filing
from samples.submission import Submission, clean_submission
from tests.accuracy.rules.night import Night, filing_of, night_of
from tests.accuracy.rules.witnesses import kind_of, seen

APPLICANTS = 60
"""How many applicants the plots go round."""


@dataclass(frozen=True, slots=True)
class Plot:
    """An applicant by seed, and what is drawn for the planting."""

    seed: int
    rng: Random

    @property
    def submission(self) -> Submission:
        """What the applicant hands in, without a fault."""
        return clean_submission(filing_of(self.seed))

    @property
    def filing(self) -> Filing:
        """What all three witnesses say."""
        return filing_of(self.seed)

    @property
    def profile(self) -> Profile:
        """The notice."""
        return load_profile()

    @property
    def night(self) -> Night:
        """The clean night of this applicant."""
        return clean_night(self.seed)

    def built(self, submission: Submission) -> Night:
        """The night on which this is handed in instead."""
        return night_of(submission, self.seed)

    def everywhere(self, change: Callable[[Filing], Filing]) -> Submission:
        """The submission with all three witnesses changed alike; the evidence still says what it said."""
        filing = change(self.filing)
        told = dict.fromkeys((1, 2), self.filing)
        return replace(self.submission, paper=filing, online=filing, editable=filing, evidence=told)

    def reading(self, key: str, raw: str) -> Reading:
        """What paper would say in a box that holds `raw`."""
        before = self.night.subject.package.paper
        made = seen(raw, kind_of(key, self.profile), self.profile, key)
        known = before.get(key) if before else None
        return made.model_copy(update={"places": known.places}) if known else made


@cache
def clean_night(seed: int) -> Night:
    """The clean night of an applicant."""
    return night_of(clean_submission(filing_of(seed)), seed)


def reread(night: Night, profile: Profile) -> Night:
    """The night with what paper's rows answer and say, and its texts claim, told anew."""
    paper = night.subject.package.paper
    if paper is None:
        return night
    told = with_levels(with_claims(with_answers(paper, profile), profile), profile)
    return night.with_package(paper=told)


@dataclass(frozen=True, slots=True)
class Planted:
    """A night with a defect in it: the field that its finding must name (None: any), and what follows from it."""

    night: Night
    field: str | None = None
    follows: frozenset[str] = frozenset()


Planter = Callable[[Plot], "Planted | None"]
"""Plants a defect; None where this applicant has no place for it."""
_PLANTERS: dict[str, list[Planter]] = {}


def planting(code: str) -> Callable[[Planter], Planter]:
    """Mark a function as one way in which a code's defect comes about."""

    def mark(planter: Planter) -> Planter:
        _PLANTERS.setdefault(code, []).append(planter)
        return planter

    return mark


def planters() -> Mapping[str, tuple[Planter, ...]]:
    """The ways of planting by code; modules that hold some must have been imported."""
    return {code: tuple(each) for code, each in sorted(_PLANTERS.items())}


@dataclass(frozen=True, slots=True)
class Case:
    """One planted defect: its code, its number among the code's, the applicant, how it was planted."""

    code: str
    number: int
    seed: int
    way: str
    planted: Planted = field(repr=False)


def cases(code: str, ways: tuple[Planter, ...], times: int, seed: int) -> Iterator[Case]:
    """So many cases of a code, its ways taking turns, the applicants going round."""
    start = Random(f"{seed}/{code}").randrange(APPLICANTS)
    tried = 0
    for number in range(times):
        way = ways[number % len(ways)]
        for _ in range(APPLICANTS):
            applicant = (start + tried * 7) % APPLICANTS
            tried += 1
            rng = Random(f"{seed}/{code}/{way.__name__}/{applicant}/{number}")
            planted = way(Plot(applicant, rng))
            if planted is not None:
                yield Case(code, number, applicant, way.__name__, planted)
                break
