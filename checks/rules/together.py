"""What only shows when all packages are seen together: projects, recommenders, earlier winners, copied text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.case import PackageSummary, RunCase
from checks.likeness import near_pairs
from checks.recommenders import fold_recommender
from checks.rule import RUN, Ruling, failed, not_applicable, passed, rule, undecided
from checks.units import by_unit, projects
from pipeline.model.finding import Severity
from pipeline.values import fold

COPIED = 90.0
"""Percent of likeness from which on two units' texts are nearly the same."""
ENOUGH = 80
"""Characters a text must have before its likeness says anything."""


@rule("R101", scope=RUN)
def not_too_many_projects(case: RunCase) -> Iterator[Ruling]:
    """No unit applies with more projects than the notice allows, counted over all recommenders."""
    for unit in by_unit(case.packages):
        count, packages = projects(unit), _identities(unit)
        subject = _name(unit)
        if count <= case.profile.max_projects:
            yield passed("R101", subject, packages=packages, own=False)
        else:
            products = "、".join(sorted({each.product or each.identity for each in unit}))
            yield failed("R101", subject, found=str(count), expected=str(case.profile.max_projects), detail=products,
                         packages=packages)  # fmt: skip


@rule("R102", scope=RUN)
def one_recommender(case: RunCase) -> Iterator[Ruling]:
    """No unit comes through more than one recommending unit, spellings folded."""
    for unit in by_unit(case.packages):
        named = {
            fold_recommender(each.recommender, case.profile): each.recommender for each in unit if each.recommender
        }
        subject, packages = _name(unit), _identities(unit)
        found = "、".join(sorted(named.values()))
        if len(named) <= 1:
            yield passed("R102", subject, packages=packages, own=False)
        elif len({each.delivery for each in unit}) == 1:
            message = f"同一文件夹内封面推荐单位读作{found}，请对照原件"
            yield undecided("R102", subject, message, packages=packages, found=found)
        else:
            yield failed("R102", subject, found=found, packages=packages)


@rule("R103", scope=RUN)
def not_yet_a_winner(case: RunCase) -> Iterator[Ruling]:
    """No project won before; the unit alone is a warning, for the bar is on the project."""
    prizes: dict[str, list[tuple[str, str]]] = {}
    for unit, product in case.winners or ():
        prizes.setdefault(fold(unit), []).append((unit, product))
    for package in case.packages:
        if case.winners is None:
            yield not_applicable("R103", "winner", "没有提供前期优胜名单", packages=(package.identity,), own=False)
            continue
        units = {fold(package.applicant), fold(package.filed_applicant)} - {""}
        won = [prize for unit in sorted(units) for prize in prizes.get(unit, ())]
        same = [(unit, product) for unit, product in won if product and fold(product) == fold(package.product)]
        if won:
            unit, product = (same or won)[0]
            yield failed("R103", "winner", expected=f"{unit}《{product}》", found=package.product, own=False,
                         severity=None if same else Severity.WARNING, packages=(package.identity,))  # fmt: skip
        else:
            yield passed("R103", "winner", packages=(package.identity,), own=False)


@rule("R110", scope=RUN)
def texts_are_their_own(case: RunCase) -> Iterator[Ruling]:
    """No unit's product summary is nearly another unit's."""
    units = {package.identity: number for number, unit in enumerate(by_unit(case.packages)) for package in unit}
    texts = {package.identity: fold(package.product_summary) for package in case.packages}
    told = [identity for identity, text in texts.items() if len(text) >= ENOUGH]
    twins: dict[str, set[str]] = {identity: set() for identity in texts}
    for first, second in near_pairs([texts[identity] for identity in told], COPIED):
        one, other = told[first], told[second]
        if units[one] != units[other]:
            twins[one].add(other)
            twins[other].add(one)
    for identity, others in twins.items():
        if others:
            yield failed("R110", identity, detail="、".join(sorted(others)), packages=(identity,))
        else:
            yield passed("R110", identity, packages=(identity,), own=False)


def _identities(unit: Sequence[PackageSummary]) -> tuple[str, ...]:
    return tuple(package.identity for package in unit)


def _name(unit: Sequence[PackageSummary]) -> str:
    """What tells units apart without resting on what was read: the name filed, else a package."""
    return next((each.filed_applicant for each in unit if each.filed_applicant), min(_identities(unit)))
