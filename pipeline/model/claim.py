"""What a unit's texts claim that it has: patents, standards, prizes …, each to be borne out by evidence."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.evidence import Place
from pipeline.model.record import Record


class ClaimKind(StrEnum):
    """What is claimed. `patent` is of whatever sort; its sorts are kinds of their own; `founding` is the date alone."""

    PATENT = "patent"
    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    SOFTWARE = "software"
    INTELLECTUAL = "intellectual"
    TRADEMARK = "trademark"
    STANDARD = "standard"
    PRIZE = "prize"
    PAPER = "paper"
    CERTIFICATE = "certificate"
    FOUNDING = "founding"


class Claim(Record):
    """One claim. `count` None: it says no number, or not one that can be told.

    `field` is the form's key or the task book's heading it stands under, `start` and `end` where in that text (its
    normalised value); `text` is the wording. `date` is as exact as the text: `2015`, `2015-03`, `2015-03-12`.
    """

    kind: ClaimKind
    field: str
    text: str
    start: int
    end: int
    count: int | None = None
    more: bool = False
    """It says that there are more than `count` (余, 多, 以上)."""
    part: bool = False
    """It is a part of what was claimed before (其中)."""
    state: str = ""
    """applied, granted; planned = what is yet to come; "" where the text does not say."""
    role: str = ""
    """Of a standard: lead, participant."""
    level: str = ""
    """国家, 行业, 地方, 团体, 国际, 企业 … as written."""
    name: str = ""
    """What a prize or certificate is called; a patent's number."""
    date: str = ""
    attached: bool = False
    """The text says that evidence is attached."""
    doubtful: bool = False
    """Perhaps not the unit's own."""
    places: tuple[Place, ...] = ()
