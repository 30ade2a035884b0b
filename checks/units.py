"""Which packages are of one unit: by credit code or by name, on paper or in the filing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from checks.case import PackageSummary
from pipeline.values import fold


def by_unit(packages: Iterable[PackageSummary]) -> tuple[tuple[PackageSummary, ...], ...]:
    """The packages in groups of one unit each, in order of their first; one shared name or code makes a group."""
    told = tuple(packages)
    known: dict[str, int] = {}
    links = [(known.setdefault(mark, number), number) for number, each in enumerate(told) for mark in _marks(each)]
    rows, columns = [one for one, _ in links], [other for _, other in links]
    shared = coo_array(([True] * len(links), (rows, columns)), shape=(len(told), len(told)))
    groups: dict[int, list[PackageSummary]] = {}
    for package, group in zip(told, connected_components(shared, directed=False)[1].tolist(), strict=True):
        groups.setdefault(group, []).append(package)
    return tuple(tuple(group) for group in groups.values())


def _marks(package: PackageSummary) -> set[str]:
    """What tells a unit, on paper and as filed."""
    told = (package.uscc, package.filed_uscc, package.applicant, package.filed_applicant)
    return {fold(mark) for mark in told} - {""}


def projects(packages: Sequence[PackageSummary]) -> int:
    """How many projects packages stand for: the same product received twice is one."""
    named = {fold(package.product) for package in packages if package.product}
    return len(named) + sum(1 for package in packages if not package.product)
