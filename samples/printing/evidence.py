"""Evidence documents 1-5 that bear out what an application says: which there are, in what order, behind what sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random

from samples.filing import Filing
from samples.printing.blocks import Block, Heading, Para, Space
from samples.printing.evidence_aged import aged
from samples.printing.evidence_certificates import award, high_tech, invention, software, standard, utility_model
from samples.printing.evidence_document import EvidenceDocument
from samples.printing.evidence_finance import audit_report, income, research, research_audit, tax_certificate
from samples.printing.evidence_reports import application_proof, long_report, report
from samples.printing.evidence_wording import Wording, wording

__all__ = ["EvidenceDocument", "Oddity", "evidence_documents"]

Maker = Callable[[Filing, Wording, Random], EvidenceDocument]
PLAIN: tuple[Maker, ...] = (income, research, invention, high_tech, report)
"""One page an item: what a short package holds."""
CHOICES: tuple[tuple[tuple[float, tuple[Maker, ...]], ...], ...] = (
    ((0.6, (income,)), (0.2, (audit_report,)), (0.2, (income, tax_certificate))),
    ((0.8, (research,)), (0.2, (research_audit,))),
    ((0.25, (invention,)), (0.15, (utility_model,)), (0.2, (software,)), (0.1, (standard,)),
     (0.15, (invention, software)), (0.15, (invention, utility_model))),
    ((0.55, (high_tech,)), (0.25, (award,)), (0.2, (high_tech, award))),
    ((0.65, (report,)), (0.25, (long_report,)), (0.1, (report, application_proof))),
)  # fmt: skip
"""For each item what may stand there, with how much weight; on average seven pages a package."""
DUE: Mapping[int, Maker] = {3: invention, 4: high_tech}
CLAIMED = "发明专利"
"""What the unit's profile says where it claims a patent for an invention."""
SHEET_SHARE, MARKED_SHARE = 0.1, 0.25
"""Packages with a separator sheet before each item; those (beyond them) with the item's mark on its first page."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is wrong with the evidence: items that say what another filing says, and items that are years too old."""

    others: Mapping[int, Filing] = field(default_factory=dict)
    aged: Mapping[int, int] = field(default_factory=dict)

    def made(self, make: Maker, item: int, filing: Filing, words: Wording, rng: Random) -> EvidenceDocument:
        """A document of an item with what is wrong about it."""
        document = make(self.others.get(item, filing), words, rng)
        return aged(document, self.aged[item]) if item in self.aged else document


SOUND = Oddity()
"""Nothing is wrong with it."""


def evidence_documents(
    filing: Filing, rng: Random, family: str, short: bool, oddity: Oddity = SOUND
) -> tuple[EvidenceDocument, ...]:
    """The documents of every item, in order; a short package has one page an item."""
    words = wording(family, rng)
    if short:
        return tuple(oddity.made(make, item, filing, words, rng) for item, make in enumerate(PLAIN, 1))
    fate, made = rng.random(), []
    for item, choices in enumerate(CHOICES, 1):
        weights = [weight for weight, _ in choices]
        (makers,) = rng.choices([makers for _, makers in choices], weights)
        if item in DUE and _is_due(item, filing, oddity):
            makers = (DUE[item], *(make for make in makers[1:] if make is not DUE[item]))
        documents = [oddity.made(make, item, filing, words, rng) for make in makers]
        documents[0] = _introduced(documents[0], item, words, fate)
        made += documents
    return tuple(made)


def _is_due(item: int, filing: Filing, oddity: Oddity) -> bool:
    """Whether one certificate must be there: a patent that the profile claims, one whose term has to be over."""
    return item in oddity.aged or (item == 3 and CLAIMED in filing.values["unit_profile"])


def _introduced(document: EvidenceDocument, item: int, words: Wording, fate: float) -> EvidenceDocument:
    """The first document of an item, with a sheet before it or a mark on its first page, as this package has them."""
    name = words.item_names[item - 1]
    if fate < SHEET_SHARE:
        sheet: tuple[Block, ...] = (Space(80), Heading(words.sheet.format(item=item, name=name)))
        return replace(document, separator=sheet)
    if fate < SHEET_SHARE + MARKED_SHARE:
        mark = Para(words.mark.format(item=item, name=name), indent=False)
        return replace(document, blocks=(mark, *document.blocks))
    return document
