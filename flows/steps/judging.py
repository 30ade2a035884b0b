"""Judging: packages one by one with the second look between, then deliveries, then all together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from checks.case import Case, DeliveryCase, PackageSummary, RunCase, summarise
from checks.disputes import replace_in_delivery, replace_in_package
from checks.documents import sealed_documents, seals_on_documents
from checks.engine import judge
from checks.judgement import Judgement
from checks.stamps import named_seals
from flows.steps.judged import Judged, JudgedDelivery, looked_key
from flows.steps.second_look import Look, key_kind, looker
from flows.steps.versions import fingerprint, folder_version, judging_version
from flows.steps.withholding import DELIVERIES
from pipeline.intake import Correction
from pipeline.model.application import Application, Field
from pipeline.model.document import SourceFile
from pipeline.model.evidence import Reading, Source
from pipeline.model.indicator import COLUMNS
from pipeline.model.package import Delivery, Package
from pipeline.notices.profile import Profile, load_profile
from pipeline.store import Store
from pipeline.values import normalise, normalise_directions

ROUNDS = 3
"""Looks and judgements in turn: what a second look changes may bring another reading into dispute, once or twice."""

KEPT_DELIVERIES = 4
"""Deliveries that a worker remembers: packages are judged in their order."""

CHARACTERS = {"chars"}
UNSHOWN: Mapping[str, Any] = {
    "pages": {"__all__": {"reading": {"lines"}, "printed": CHARACTERS}},
    "paper": {
        "fields": {"__all__": {"reading": CHARACTERS}},
        "mentions": {"__all__": {"reading": CHARACTERS}},
        "indicators": {"__all__": dict.fromkeys(COLUMNS, CHARACTERS)},
        "taskbooks": {"__all__": {"sections": {"__all__": {"reading": CHARACTERS}}}},
    },
    "evidence": {"__all__": {"places": {"__all__": {1: CHARACTERS}}}},
    "seals": {"__all__": {"mark": CHARACTERS}},
}
"""Of a judged package what no report shows: its pages' lines and its readings' single characters, most of its size."""


@dataclass(frozen=True, slots=True)
class JudgingJob:
    """A package to judge: where it is kept, its files, its filing, its delivery, what a person has put right."""

    assembly: str
    files: tuple[SourceFile, ...]
    online: Application | None
    delivery: str
    corrections: tuple[Correction, ...]
    key: str
    store: str
    profile: str
    holder: str = ""
    """The package of the same application that has their filing, where this one is a copy."""


def judging_key(
    assembly: str,
    online: Application | None,
    delivery: str,
    corrections: Sequence[Correction],
    profile: Profile,
    holder: str = "",
) -> str:
    """Where a judgement is kept: made of all that it rests on."""
    rests_on = fingerprint(
        assembly,
        online.model_dump(mode="json") if online else None,
        delivery,
        [correction.model_dump(mode="json") for correction in corrections],
        judging_version(),
        folder_version(profile.folder),
        holder,
    )
    return f"judged/{rests_on}"


def summary_key(judging: str) -> str:
    """Where the summary is kept that the rules of deliveries and of the run need of a judged package."""
    return judging.replace("judged/", "summaries/", 1)


def judge_package(job: JudgingJob) -> None:
    """In a worker: judge a package and keep the judgement."""
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    package = store.get(job.assembly, Package)
    if package is None:
        raise LookupError("the assembled package is gone")
    told = _paper_told if job.corrections else _levels_told
    case = Case(
        package=told(corrected(package, job.corrections, profile), profile),
        profile=profile,
        online=_answered(job.online, profile),
        delivery=_delivery(job.delivery, store),
        holder=job.holder,
    )
    case, judgement = settle(case, looker(job.files, package.pages, package.paper, profile, store))
    seals, verdicts = seals_on_documents(case, named_seals(case)), judgement.verdicts
    marked = {"seals": seals, "evidence": sealed_documents(case, verdicts)}
    store.put(looked_key(job.key), case.package.model_copy(update=marked), without=UNSHOWN)
    store.put(summary_key(job.key), summarise(case))
    store.put(job.key, Judged(judgement=judgement, online=job.online))


def _delivery(key: str, store: Store) -> Delivery | None:
    """A package's delivery; packages come one after another, and each would read the same rows again."""
    standing = store.standing(key)
    return _delivery_standing(str(store.root), key, standing) if standing else None


@lru_cache(maxsize=KEPT_DELIVERIES)
def _delivery_standing(root: str, key: str, standing: tuple[int, int, int]) -> Delivery | None:
    """The delivery as it stands in a store; of one put together anew the standing is another."""
    del standing
    return Store(Path(root)).get(key, Delivery)


def _answered(witness: Application | None, profile: Profile) -> Application | None:
    """A witness with what its indicator rows answer; a filing's are told here and not at intake, for every run pays."""
    from extractors.references import with_answers

    return with_answers(witness, profile) if witness is not None else None


def _paper_told(package: Package, profile: Profile) -> Package:
    """The package with what its paper's rows answer and say and its texts claim, told anew: readings have changed.

    As it was put together its paper has answers and claims already. Only paper is judged by its levels, so the other
    witnesses carry none.
    """
    from extractors.claims import with_claims

    paper = _answered(package.paper, profile)
    return _levels_told(package.model_copy(update={"paper": with_claims(paper, profile) if paper else None}), profile)


def _levels_told(package: Package, profile: Profile) -> Package:
    from extractors.levels import with_levels

    paper = package.paper
    return package.model_copy(update={"paper": with_levels(paper, profile)}) if paper else package


def _rested_on(package: Package) -> tuple[str, ...]:
    """What answers and claims rest on: the rows' names, and the text on the unit."""
    paper = package.paper
    return (*(row.name.text for row in paper.indicators), paper.text("unit_profile")) if paper else ()


def settle(case: Case, look: Look) -> tuple[Case, Judgement]:
    """Judge a package, look again at what is disputed, and judge anew until nothing is."""
    judgement = judge(case)
    for _ in range(ROUNDS):
        if not judgement.disputes:
            break
        looked = look(judgement.disputes)
        before, package = case.package, replace_in_package(case.package, looked)
        changed = _rested_on(package) != _rested_on(before)
        package = (_paper_told if changed else _levels_told)(package, case.profile)
        case = replace(case, package=package)
        judgement = judge(case)
    return case, judgement


@dataclass(frozen=True, slots=True)
class DeliveryJob:
    """A delivery to judge with the summaries of its packages."""

    assembly: str
    files: tuple[SourceFile, ...]
    packages: tuple[PackageSummary, ...]
    key: str
    store: str
    profile: str


def delivery_judging_key(assembly: str, packages: Sequence[PackageSummary], profile: Profile) -> str:
    """Where a delivery's judgement is kept."""
    told = [repr(package) for package in packages]
    return f"{DELIVERIES}/{fingerprint(assembly, told, judging_version(), folder_version(profile.folder))}"


def judge_delivery(job: DeliveryJob) -> None:
    """In a worker: judge a delivery and keep the judgement."""
    store, profile = Store(Path(job.store)), load_profile(job.profile)
    delivery = store.get(job.assembly, Delivery)
    if delivery is None:
        raise LookupError("the assembled delivery is gone")
    look = looker(job.files, delivery.pages, None, profile, store)
    case = DeliveryCase(delivery=delivery, profile=profile, packages=job.packages)
    judgement = judge(case)
    for _ in range(ROUNDS):
        if not judgement.disputes:
            break
        case = replace(case, delivery=replace_in_delivery(case.delivery, look(judgement.disputes)))
        judgement = judge(case)
    delivery = case.delivery.model_copy(update={"seals": named_seals(case)})
    store.put(job.key, JudgedDelivery(judgement=judgement, delivery=delivery))


def judge_run(case: RunCase) -> Judgement:
    """The verdicts that rest on all packages together."""
    return judge(case)


def corrected(package: Package, corrections: Sequence[Correction], profile: Profile) -> Package:
    """The package with what a person found on the paper, above every reader."""
    if not corrections or package.withheld:
        return package
    paper = package.paper or Application(source=Source.PAPER)
    changed = {each.key: human_reading(each, paper.get(each.key), profile) for each in corrections}
    kept = tuple(field for field in paper.fields if field.key not in changed)
    fields = (*kept, *(Field(key=key, reading=reading) for key, reading in changed.items()))
    return package.model_copy(
        update={"paper": paper.model_copy(update={"fields": fields}), "corrections": tuple(sorted(changed))}
    )


def human_reading(correction: Correction, before: Reading | None, profile: Profile) -> Reading:
    """A person's reading; it stands where the reader had looked."""
    spec = profile.field(correction.key)
    kind = key_kind(correction.key, profile)
    if kind == "directions":
        names = {direction.number: direction.name for direction in profile.directions}
        value: str | tuple[int, ...] = normalise_directions(correction.value, names)
    else:
        value = normalise(kind, correction.value, spec.options if spec else ())
    places = before.places if before else ()
    return Reading(value=value, raw=correction.value, confidence=1.0, source=Source.HUMAN, places=places, looks=2)
