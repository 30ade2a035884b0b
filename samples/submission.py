"""One package as handed in: what each witness says, what was left out, who stamped what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from samples.filing import Filing
from samples.truth import Planted

SealChange = Literal["missing", "stranger", "contract", "astray", "smeared", "pasted"]
SeamState = Literal["whole", "absent", "broken", "stranger", "replaced"]


@dataclass(frozen=True, slots=True)
class Submission:
    """A package before it is printed. `omitted` names sections, or `evidence.N` for an item of evidence.

    `seals` says at which place (cover.applicant, cover.recommender, commitment, evidence.N, and recommendation for the
    delivery's table) something else happened than the right seal; `stranger` is the unit whose seal stands there then
    in the applicant's place. `blurred` names sections whose pages show nothing legible. `evidence` says which items of
    evidence say what another filing says, `aged` which are how many years too old.
    """

    paper: Filing
    online: Filing | None
    editable: Filing | None
    omitted: frozenset[str] = frozenset()
    seals: dict[str, SealChange] = field(default_factory=dict)
    stranger: str = ""
    seam: SeamState = "whole"
    signed: bool = True
    blurred: frozenset[str] = frozenset()
    evidence: dict[int, Filing] = field(default_factory=dict)
    aged: dict[int, int] = field(default_factory=dict)
    planted: tuple[Planted, ...] = ()

    def with_planted(self, planted: Planted) -> Submission:
        """A copy with one more planted defect."""
        return replace(self, planted=(*self.planted, planted))


def clean_submission(filing: Filing) -> Submission:
    """All three witnesses agree and nothing is missing."""
    return Submission(paper=filing, online=filing, editable=filing)
