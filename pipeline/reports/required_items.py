"""The things an application must have, ticked off: seals and signature by place, pieces of paper and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.codes import ANY_SEAL_CODES, EVIDENCE_CODES, SEAL_CODES, SECTION_CODES, SIGNATURE_CODE
from pipeline.model.document import FileKind, Section
from pipeline.model.evidence import Place
from pipeline.model.finding import Outcome, Severity, Verdict
from pipeline.model.package import Result
from pipeline.model.seal import PageRef
from pipeline.notices.profile import Profile, RequiredSeal
from pipeline.reports.wording import FILE_KINDS, ROLES, SECTIONS, seal_place
from pipeline.values.page_words import page_list


class Tick(StrEnum):
    """How a required thing stands."""

    FOUND = "☑"
    MISSING = "☐"
    LOOK = "？"
    NONE = "—"


@dataclass(frozen=True, slots=True)
class Item:
    """A required thing: how it stands, its name, where it is, and the numbers of the sentences that concern it."""

    tick: Tick
    name: str
    where: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers of the checklist's sentences, by verdict; which verdicts' findings are errors."""

    numbers: Mapping[str, int]
    severities: Mapping[str, Severity]

    def item(self, name: str, where: str, verdicts: Sequence[Verdict]) -> Item:
        """An item with the tick that its verdicts give."""
        numbers = {self.numbers[each.id] for each in verdicts if each.id in self.numbers}
        return Item(self._tick(verdicts), name, where, tuple(sorted(numbers)))

    def _tick(self, verdicts: Sequence[Verdict]) -> Tick:
        outcomes = {each.outcome for each in verdicts}
        failed = [each for each in verdicts if each.outcome is Outcome.FAILED]
        if any(self.severities.get(each.id, Severity.ERROR) is Severity.ERROR for each in failed):
            return Tick.MISSING
        if failed or Outcome.UNDECIDED in outcomes:
            return Tick.LOOK
        return Tick.FOUND if Outcome.PASSED in outcomes else Tick.NONE


def seal_items(result: Result, numbered: Numbered, profile: Profile) -> tuple[Item, ...]:
    """The seals due in a package in the notice's order, then the signatures."""
    seals = [_seal(result, numbered, required) for required in profile.package_seals]
    signatures = [
        numbered.item(
            f"{ROLES.get(required.role, required.role)}签字（{SECTIONS.get(required.section, required.section)}）",
            _signed_on(result, required.role, required.section),
            _of(result, SIGNATURE_CODE, subject=required.role),
        )
        for required in profile.required_signatures
    ]
    return (*seals, *signatures)


def piece_items(result: Result, numbered: Numbered, profile: Profile) -> tuple[Item, ...]:
    """The pieces of the application: the copies, the sections of the stamped one, the items of evidence, the rest."""
    sections = (
        numbered.item(SECTIONS[section], _pages_of(result, section), _of(result, code))
        for section, code in SECTION_CODES.items()
    )
    evidence = (
        numbered.item(f"证明{item}：{spec.title}", _evidence_pages(result, item), _of(result, EVIDENCE_CODES[item]))
        for item, spec in profile.evidence_items.items()
    )
    online = result.online.number if result.online and result.online.number else ""
    return (
        numbered.item(FILE_KINDS["stamped"], _files(result, FileKind.STAMPED), _of(result, "P101")),
        *sections,
        *evidence,
        numbered.item(FILE_KINDS["editable"], _files(result, FileKind.EDITABLE), _of(result, "P102")),
        numbered.item("网上申报记录", online, _of(result, "P131")),
        numbered.item("推荐表中列有本项", "", _of(result, "R201")),
        numbered.item("纸质份数", "", _of(result, "P151")),
    )


def page_refs(result: Result, places: Iterable[Place | PageRef]) -> str:
    """The pages of places; files are named, by their last step, where the package has pages in several."""
    files = {page.file for page in result.package.pages}
    ends = Counter(_last(file) for file in files)
    refs = [
        PageRef(file=_last(place.file) if ends[_last(place.file)] == 1 else place.file, page=place.page)
        for place in places
    ]
    return page_list(refs, named=len(files) > 1) if refs else ""


def _last(file: str) -> str:
    return file.rpartition("/")[2]


def _of(result: Result, *codes: str, subject: str | None = None) -> list[Verdict]:
    return [each for each in result.verdicts if each.code in codes and subject in (None, each.subject)]


def _seal(result: Result, numbered: Numbered, required: RequiredSeal) -> Item:
    place = required.place
    own = _of(result, *SEAL_CODES[place])
    anywhere = _of(result, *ANY_SEAL_CODES, subject=place)
    return numbered.item(f"{seal_place(place)}{_kind(place)}", _sealed_on(result, required, own), [*own, *anywhere])


def _kind(place: str) -> str:
    return "盖章" if place == "evidence" else "" if place == "seam" else "公章"


def _sealed_on(result: Result, required: RequiredSeal, verdicts: Sequence[Verdict]) -> str:
    """Where the seal is; where there is none, where it should be."""
    package = result.package
    if required.place == "seam":
        sheets = {(page.file, page.page) for seam in package.seams for page in seam.pages}
        return f"应盖{len(sheets)}张" if sheets else ""
    if required.place == "evidence":
        documents = [each for each in verdicts if each.outcome is not Outcome.NOT_APPLICABLE]
        sealed = sum(1 for each in documents if each.outcome is Outcome.PASSED)
        return f"{len(documents)}份中{sealed}份有章" if documents else ""
    seals = [PageRef(file=seal.file, page=seal.page) for seal in package.seals if seal.place == required.place]
    return page_refs(result, seals) or _pages_of(result, Section(required.section))


def _signed_on(result: Result, role: str, section: str) -> str:
    places = [each.place for each in result.package.signatures if each.role == role and each.place]
    return page_refs(result, places) or _pages_of(result, Section(section))


def _pages_of(result: Result, section: Section) -> str:
    pages = (page for page in result.package.pages if page.section is section)
    return page_refs(result, (PageRef(file=page.file, page=page.page) for page in pages))


def _evidence_pages(result: Result, item: int) -> str:
    sheets = {sheet for each in result.package.evidence if each.item == item for sheet in each.sheets}
    return page_refs(result, (PageRef(file=file, page=page) for file, page in sorted(sheets)))


def _files(result: Result, kind: FileKind) -> str:
    files = [file for file in result.package.files if file.kind == kind]
    pages = sum(file.pages for file in files)
    if len(files) == 1:
        return f"{_last(files[0].source.path)}{f'（{pages}页）' if pages else ''}"
    return f"{len(files)}个文件{f'，共{pages}页' if pages else ''}" if files else ""
