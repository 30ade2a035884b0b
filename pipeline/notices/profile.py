"""A notice's profile: one folder of YAML, validated on loading. A second notice is a second folder."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.errors import UsageProblem
from pipeline.model.document import Section
from pipeline.model.record import Record
from pipeline.notices.directions import FILE as DIRECTIONS
from pipeline.notices.directions import Direction, Guide, read_guide
from pipeline.notices.evidence_words import FILE as EVIDENCE
from pipeline.notices.evidence_words import EvidenceGuide, EvidenceKind, EvidenceWords, read_evidence_guide
from pipeline.notices.layers import NOTICES, PROFILE, laid_over, path_of, paths_of
from pipeline.notices.yaml_file import validated

DEFAULT_NOTICE = "jiebang-2021"

Kind = Literal[
    "name", "person", "title", "email", "mobile", "fax", "amount", "count", "code", "choice", "yesno", "text",
    "product", "directions", "address", "date",
]  # fmt: skip


BY_ENTRY = ("sections", "notes", "prompts", "deadlines", "word_limits", "care")
"""Keys of profile.yaml of which a notice need only say the entries that differ from its base's."""
SealPlace = Literal["cover.applicant", "cover.recommender", "commitment", "seam", "evidence", "recommendation"]
"""The places that a rule looks at for a seal."""
EVERY_SHEET = "all"
"""The section of a seal of which every sheet must carry a part."""


class FieldSpec(Record):
    """A box of the form: its key, its heading in exports, what kind of value it wants, the wordings of its label."""

    key: str
    heading: str
    kind: Kind
    labels: tuple[str, ...]
    group: str | None = None
    required: bool = False
    none_allowed: bool = False
    options: tuple[str, ...] = ()


class CoverLine(Record):
    """A line of the cover."""

    key: str
    labels: tuple[str, ...]


class CommitmentBlank(Record):
    """A blank of the commitment: between two words, behind a label, or the date."""

    key: str
    labels: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    century: str = Field(default="", pattern=r"^([〇一二三四五六七八九]{4}年)?$")
    """The year that the template prints before the blanks of its date, in Chinese: 二〇二一年."""


class SectionSpec(Record):
    """How pages of a section are known: titles that open it, words that mark it."""

    titles: tuple[str, ...]
    marks: tuple[str, ...]


class TaskBookPart(Record):
    """A heading of the task book; a container holds only parts."""

    id: str
    heading: str
    parent: str | None = None
    container: bool = False
    prompt: str = ""
    none_allowed: bool = False


class Deadlines(Record):
    """Local times in the notice's zone: of the online filing, and the first day a form of this call can bear.

    `online_inclusive`: who files at that very moment is in time.
    """

    online: datetime
    online_inclusive: bool = True
    earliest_date: date


class Hop(Record):
    """A hop on the papers' way, in the order they take it: by when, in how many copies (None: the notice says nothing).

    `words` are those by which a clerk's log names it; `inclusive`: what comes at the very moment is in time.
    """

    name: str
    words: tuple[str, ...] = ()
    deadline: datetime | None = None
    inclusive: bool = True
    copies: int | None = None


class EvidenceSpec(Record):
    """An item of the list of evidence.

    `amount`: by this amount (revenue, ai_revenue, rd_spend) a document of another item bears it out as well, an audit
    report with the R&D expense. `last_year`: the notice asks it of the last fiscal year.
    """

    title: str
    kinds: tuple[str, ...]
    amount: Literal["", "revenue", "ai_revenue", "rd_spend"] = ""
    last_year: bool = False


class RequiredSeal(Record):
    """A place that needs a seal: where (section, label), whose (field key), at which hops (`stages`; none: at all)."""

    place: SealPlace
    section: str
    owner: str
    label: str = ""
    stages: tuple[str, ...] = ()


class RequiredSignature(Record):
    """A place that needs a signature."""

    role: str
    section: str
    label: str


class OnlineSpec(Record):
    """The online export's sheet names and status words."""

    sheet: str
    indicator_sheet: str
    submitted: tuple[str, ...]
    draft: tuple[str, ...]


class City(Record):
    """A city or prefecture: how the region in its units' credit codes begins, and its towns that are called 市."""

    code: str
    towns: tuple[str, ...] = ()


class CareSpec(Record):
    """What is handled with care: the words of secrecy marks, who takes such papers, labels of identity numbers."""

    marks: tuple[str, ...]
    officer: str
    identity_labels: tuple[str, ...]


class Profile(Record):
    """A notice as the program knows it."""

    id: str
    base: str | None = None
    """The notice that this one builds on (see `layers`)."""
    title: str
    issuer: str
    number: str
    year: int
    timezone: str
    province_code: str
    fiscal_year: int
    deadlines: Deadlines
    hops: tuple[Hop, ...] = Field(min_length=1)
    """The papers' way; the last is the office's own, whose inbox is checked."""
    max_projects: int
    word_limits: dict[str, int | None]
    """None: the notice sets no limit."""
    fields: tuple[FieldSpec, ...]
    groups: dict[str, tuple[str, ...]]
    cover: tuple[CoverLine, ...]
    commitment: tuple[CommitmentBlank, ...]
    commitment_text: tuple[str, ...]
    sections: dict[str, SectionSpec]
    required_sections: tuple[Section, ...]
    """The parts that the stamped copy must hold."""
    indicator_columns: dict[str, tuple[str, ...]]
    recommendation_columns: dict[str, tuple[str, ...]]
    """Heads by column: no, applicant, direction, product, reason, contact, mobile; others are asked to be filled."""
    recommendation_labels: tuple[str, ...]
    """Behind these the recommendation table names the recommending unit."""
    taskbook_sections: tuple[TaskBookPart, ...]
    taskbook_labels: dict[str, tuple[str, ...]]
    """Labels behind which a task book names its own `product` and `directions`."""
    prompts: dict[str, tuple[str, ...]]
    notes: dict[str, tuple[str, ...]]
    blank_words: tuple[str, ...]
    evidence_items: dict[Annotated[int, Field(ge=1, le=5)], EvidenceSpec]
    evidence: EvidenceGuide
    recommender_folds: tuple[tuple[str, ...], ...]
    dependent_words: tuple[str, ...] = ()
    """Words in a unit's name that speak against its being a legal person of its own."""
    province_names: tuple[str, ...] = ()
    """Words in an address that place it in the province."""
    cities: dict[str, City]
    """The province's cities and prefectures by their short names."""
    authority_endings: tuple[str, ...]
    """What ends the name of a local authority, which recommends units of its own place only."""
    parts: dict[str, str]
    """Boxes for a part, and the box of the whole that it may not exceed."""
    required_seals: tuple[RequiredSeal, ...]
    required_signatures: tuple[RequiredSignature, ...]
    online: OnlineSpec
    guide: Guide
    care: CareSpec
    folder: Path

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The notice's directions with their reference indicators."""
        return self.guide.directions

    @property
    def evidence_kinds(self) -> tuple[EvidenceKind, ...]:
        """The kinds of evidence documents."""
        return self.evidence.kinds

    @property
    def evidence_words(self) -> EvidenceWords:
        """The words common to all of them."""
        return self.evidence.words

    def direction(self, number: int | None) -> Direction | None:
        """The direction of a number."""
        return next((direction for direction in self.directions if direction.number == number), None)

    @property
    def own_hop(self) -> Hop:
        """The office's own hop, which a log means that names none."""
        return self.hops[-1]

    def hop(self, name: str) -> Hop:
        """The hop of a name; the office's own where there is none of that name."""
        return next((hop for hop in self.hops if hop.name == name), self.own_hop)

    @property
    def due_seals(self) -> tuple[RequiredSeal, ...]:
        """The seals that the papers must bear when they lie at the office's own hop."""
        return tuple(seal for seal in self.required_seals if not seal.stages or self.own_hop.name in seal.stages)

    @property
    def package_seals(self) -> tuple[RequiredSeal, ...]:
        """Those of the due seals that stand in a package; the recommendation table is the delivery's."""
        return tuple(seal for seal in self.due_seals if seal.section != Section.RECOMMENDATION)

    def required_seal(self, place: str) -> RequiredSeal | None:
        """The seal that a place must bear when the papers lie at the office's own hop; None where it needs none."""
        return next((seal for seal in self.due_seals if seal.place == place), None)

    def field(self, key: str) -> FieldSpec | None:
        """The form's box of a key; None for keys that only stand elsewhere."""
        return next((spec for spec in self.fields if spec.key == key), None)


@cache
def load_profile(name_or_path: str = DEFAULT_NOTICE) -> Profile:
    """The profile of a notice, by its name or by the path of a profile.yaml or its folder.

    Raises:
        UsageProblem: There is no such notice, or its files don't fit; the sentence names file and line.
    """
    folder = notice_folder(name_or_path)
    guide = read_guide(path_of(folder, DIRECTIONS))
    evidence = read_evidence_guide(path_of(folder, EVIDENCE))
    raw = {**profile_keys(folder), "guide": guide, "evidence": evidence, "folder": folder}
    return validated(Profile, raw, *paths_of(folder, PROFILE))


def profile_keys(folder: Path) -> dict[str, Any]:
    """What a notice's profile.yaml says, and its base's where it says nothing.

    Raises:
        UsageProblem: It is no YAML, or no mapping.
    """
    raw = laid_over(folder, PROFILE, depth=1)
    if not isinstance(raw, dict):
        raise UsageProblem(f"通知配置有误：{PROFILE} 第1行：应为“键: 值”各占一行")
    entries = laid_over(folder, PROFILE, depth=2)
    return {**raw, **{key: entries[key] for key in BY_ENTRY if key in raw}}


def is_own_notice(name: str) -> bool:
    """Whether a notice of that name comes with the program, so that the name means the same from any folder."""
    return (NOTICES / name / PROFILE).is_file()


def notice_folder(name_or_path: str) -> Path:
    """The folder of a notice.

    Raises:
        UsageProblem: There is no such notice.
    """
    for candidate in (NOTICES / name_or_path, Path(name_or_path), Path(name_or_path).parent):
        if (candidate / PROFILE).is_file():
            return candidate.resolve()
    raise UsageProblem(f"找不到通知配置：{name_or_path}")
