"""One document of evidence before it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from samples.printing.blocks import Block, Para, Space


@dataclass(frozen=True, slots=True)
class EvidenceDocument:
    """One document: what it says (amounts in 万元) and its blocks; `issuer` stamps it beside the applicant.

    `separator` is the sheet printed before it, which belongs to no document.
    """

    item: int
    kind: str
    title: str
    owner: str
    blocks: tuple[Block, ...]
    year: int | None = None
    number: str = ""
    valid_until: str = ""
    amounts: tuple[tuple[str, str], ...] = ()
    issuer: str = ""
    separator: tuple[Block, ...] = ()


def line(text: str, align: str = "left") -> Para:
    """A line without indent."""
    return Para(text, "right" if align == "right" else "center" if align == "center" else "left", False)


def copied(mm: float) -> tuple[Block, ...]:
    """The place below a copied certificate where the applicant stamps."""
    return (Space(mm), line("复印件与原件一致[[@seal.evidence]]", "right"))
