"""A night's run as records: the packages, their deliveries, what the run knows besides; and all rules over it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from checks.case import Case, DeliveryCase, RunCase, summarise
from checks.engine import judge
from extractors.levels import with_levels
from flows.steps.judged import Judged, result_of
from pipeline.model.application import Application
from pipeline.model.document import FileKind, Format, Section, SourceFile
from pipeline.model.evidence import Reading
from pipeline.model.finding import Finding, Verdict
from pipeline.model.package import Delivery, FileRecord, Package
from pipeline.model.recommendation import Receipt, RecommendationRow
from pipeline.notices.profile import Profile, load_profile
from pipeline.values import normalise_directions
from samples.applicants import make_filing
from samples.banks import bank
from samples.filing import Filing
from samples.printing.evidence import Oddity, evidence_documents
from samples.printing.layout import choose_layout
from samples.submission import Submission, clean_submission
from tests.accuracy.rules.scan import page_of, scan_of, seal_on
from tests.accuracy.rules.witnesses import SCAN, copy_of, filed, paper_of, seen

FAMILY = "tuning"
"""Wordings and layouts are this family's: nothing is measured on paper here."""
DOCX, TABLE = "申报材料.docx", "推荐表.pdf"
NEIGHBOURS, NEIGHBOURHOOD = 1000, 7
"""Added to a seed for those who apply beside the one that is judged, and how many of them go round."""
KINDS = {"applicant": "name", "product": "product", "mobile": "mobile"}


@dataclass(frozen=True, slots=True)
class Handed:
    """A package with the filing that it was matched with."""

    package: Package
    online: Application | None


@dataclass(frozen=True, slots=True)
class Night:
    """What came; the first package of the first delivery is the one that is judged."""

    handed: tuple[Handed, ...]
    deliveries: tuple[Delivery, ...]
    unmatched: tuple[Application, ...] = ()
    winners: tuple[tuple[str, str], ...] | None = None

    @property
    def subject(self) -> Handed:
        """The package that is judged."""
        return self.handed[0]

    def with_package(self, **told: object) -> Night:
        """The night with the judged package changed."""
        package = self.subject.package.model_copy(update=told)
        return replace(self, handed=(replace(self.subject, package=package), *self.handed[1:]))

    def with_paper(self, **told: object) -> Night:
        """The night with the judged package's paper changed."""
        paper = self.subject.package.paper
        return self.with_package(paper=paper.model_copy(update=told)) if paper else self

    def with_delivery(self, **told: object) -> Night:
        """The night with the judged package's delivery changed."""
        return replace(self, deliveries=(self.deliveries[0].model_copy(update=told), *self.deliveries[1:]))

    def with_reading(self, key: str, reading: Reading) -> Night:
        """The night with another reading of a box of the judged package's paper."""
        paper = self.subject.package.paper
        fields = paper.fields if paper else ()
        return self.with_paper(
            fields=tuple(each.model_copy(update={"reading": reading}) if each.key == key else each for each in fields)
        )


@dataclass(frozen=True, slots=True)
class Told:
    """All that the rules say of the judged package, its delivery and the run."""

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    conclusion: str
    faults: int = 0


def filing_of(seed: int, city: int | None = None) -> Filing:
    """The filing of a seed's applicant; units of one city come in one delivery."""
    profile = load_profile()
    cities = [each for each in bank("cities") if each["region"].startswith(profile.province_code)]
    size = "usual" if seed % 3 == 0 else "short"
    chosen = cities[(seed if city is None else city) % len(cities)]
    return make_filing(seed, chosen, profile, Random(f"{seed}/records"), size, rephrase=False)


def handed_in(submission: Submission, seed: int, identity: str = "") -> Handed:
    """A submission as it is read, package and filing."""
    profile = load_profile()
    layout = choose_layout(FAMILY, seed, Random(f"{seed}/layout"))
    oddity = Oddity(submission.evidence, submission.aged)
    documents = evidence_documents(submission.paper, Random(f"{seed}/evidence"), FAMILY, seed % 2 == 0, oddity)
    documents = tuple(each for each in documents if f"evidence.{each.item}" not in submission.omitted)
    paper, rng = submission.paper, Random(f"{seed}/scan")
    scan = scan_of(paper, layout, documents, submission.omitted, profile, rng)
    read = paper_of(paper, layout, scan.first, profile)
    package = Package(
        identity=identity or f"{paper.city}/{paper.show('applicant')}",
        delivery=paper.city,
        recommender=read.text("recommender"),
        files=(file_of(SCAN, owner=paper.number), *((file_of(DOCX),) if submission.editable else ())),
        pages=scan.pages,
        paper=with_levels(read, profile),
        editable=(copy_of(submission.editable, profile),) if submission.editable else (),
        seals=scan.seals,
        seams=scan.seams,
        signatures=scan.signatures,
        evidence=scan.evidence,
    )
    return Handed(package, filed(submission.online, profile) if submission.online else None)


def file_of(path: str, problem: str = "", owner: str = "") -> FileRecord:
    """A file as intake found it, `owner` telling like-named ones apart; `problem` says why it could not be opened."""
    formats = {"docx": (Format.WORD, FileKind.EDITABLE), "zip": (Format.ARCHIVE, FileKind.OTHER)}
    form, kind = formats.get(path.rsplit(".", 1)[-1], (Format.PDF, FileKind.STAMPED))
    digest = hashlib.sha256(f"{owner}/{path}".encode()).hexdigest()
    source = SourceFile(path=path, sha256=digest, size=1, format=form, problem=problem)
    return FileRecord(source=source, kind=FileKind.UNREADABLE if problem else kind, pages=0 if problem else 1)


def delivery_of(name: str, recommender: str, filings: Sequence[Filing]) -> Delivery:
    """A delivery with its recommendation table, sealed, and the clerk's log."""
    profile = load_profile()
    hop = profile.own_hop
    last = hop.deadline or profile.deadlines.online
    receipts = tuple(
        Receipt(
            applicant=filing.show("applicant"),
            product=filing.values["product"],
            received_at=datetime(last.year, last.month, last.day, 10, number % 60) - timedelta(days=1 + number % 3),
            copies=hop.copies,
            stage=hop.name,
        )
        for number, filing in enumerate(filings)
    )
    return Delivery(
        name=name,
        recommender=recommender,
        recommender_reading=seen(recommender, "name", profile),
        rows=tuple(row_of(number, filing, profile) for number, filing in enumerate(filings, 1)),
        receipts=receipts,
        pages=(page_of(1, Section.RECOMMENDATION),),
        seals=(seal_on(1, recommender, None),),
        files=(file_of(TABLE).model_copy(update={"kind": FileKind.RECOMMENDATION}),),
    )


def row_of(number: int, filing: Filing, profile: Profile) -> RecommendationRow:
    """A row of the recommendation table as read."""
    names = {direction.number: direction.name for direction in profile.directions}
    told = {
        "no": str(number), "applicant": filing.show("applicant"),
        "direction": "、".join(names[each] for each in filing.directions), "product": filing.values["product"],
        "reason": Random(f"{filing.number}/reason").choice(bank("sentences")["reasons"]),
        "contact": filing.show("contact_name"), "mobile": filing.show("contact_mobile"),
    }  # fmt: skip
    return RecommendationRow(cells=tuple((key, cell_of(key, text, names)) for key, text in told.items()))


def cell_of(key: str, text: str, names: Mapping[int, str]) -> Reading:
    """A cell of the recommendation table as read."""
    reading = seen(text, KINDS.get(key, "text"), load_profile())
    return reading.model_copy(update={"value": normalise_directions(text, names)}) if key == "direction" else reading


def beside(seed: int) -> tuple[Filing, Handed]:
    """The unit of the same city, in the same delivery, that applies beside a seed's."""
    return _neighbour(seed % NEIGHBOURHOOD, _city_of(seed))


def _elsewhere(seed: int) -> tuple[Filing, Handed]:
    return _neighbour(NEIGHBOURHOOD + seed % NEIGHBOURHOOD, _city_of(seed + 1))


def _city_of(seed: int) -> int:
    return seed % sum(each["region"].startswith(load_profile().province_code) for each in bank("cities"))


@cache
def _neighbour(seed: int, city: int) -> tuple[Filing, Handed]:
    """Another unit of the city that applies as well."""
    filing = filing_of(NEIGHBOURS + seed, city)
    return filing, handed_in(clean_submission(filing), NEIGHBOURS + seed)


def night_of(submission: Submission, seed: int) -> Night:
    """The judged package with a neighbour in its delivery and a unit of another place in another."""
    (near, next_door), (far, elsewhere) = beside(seed), _elsewhere(seed)
    own = handed_in(submission, seed)
    deliveries = (
        delivery_of(near.city, near.recommender, (submission.paper, near)),
        delivery_of(far.city, far.recommender, (far,)),
    )
    return Night((own, next_door, elsewhere), deliveries, winners=())


def judged(night: Night) -> Told:
    """All rules over the judged package, its delivery and the run; what they say of the package stands with it."""
    profile, own = load_profile(), night.subject
    delivery = night.deliveries[0]
    own_judgement = judge(Case(own.package, profile, online=own.online, delivery=delivery))
    summaries = [
        summarise(Case(each.package, profile, online=each.online, delivery=_delivery(night, each)))
        for each in night.handed
    ]
    of_delivery = judge(
        DeliveryCase(delivery, profile, tuple(each for each in summaries if each.delivery == delivery.name))
    )
    of_run = judge(RunCase(profile, summaries, night.unmatched, night.deliveries, night.winners))
    additions = [
        each
        for judgement in (of_delivery, of_run)
        for each in judgement.additions
        if each.package == own.package.identity
    ]
    result = result_of(own.package, Judged(judgement=own_judgement, online=own.online), additions, profile)
    said = (*result.findings, *of_delivery.findings, *of_run.findings)
    verdicts = (*result.verdicts, *of_delivery.verdicts, *of_run.verdicts)
    faults = sum(len(each.faults) for each in (own_judgement, of_delivery, of_run))
    return Told(
        findings=tuple({each.id: each for each in said}.values()),
        verdicts=verdicts,
        conclusion=result.conclusion,
        faults=faults,
    )


def _delivery(night: Night, handed: Handed) -> Delivery | None:
    return next((each for each in night.deliveries if each.name == handed.package.delivery), None)
