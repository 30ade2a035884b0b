"""Which packages are of one unit: by credit code or by name, on paper or in the filing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checks.case import PackageSummary
from pipeline.values import fold


def by_unit(packages: Iterable[PackageSummary]) -> tuple[tuple[PackageSummary, ...], ...]:
    """The packages in groups of one unit each; one shared name or code makes a group."""
    groups: list[tuple[set[str], list[PackageSummary]]] = []
    for package in packages:
        marks = {fold(mark) for mark in (package.uscc, package.filed_uscc, package.applicant, package.filed_applicant)}
        marks.discard("")
        joined = [group for group in groups if group[0] & marks]
        members = [member for group in joined for member in group[1]]
        merged = (marks.union(*(group[0] for group in joined)), [*members, package])
        groups = [group for group in groups if group not in joined] + [merged]
    return tuple(tuple(members) for _, members in groups)


def projects(packages: Sequence[PackageSummary]) -> int:
    """How many projects packages stand for: the same product received twice is one."""
    named = {fold(package.product) for package in packages if package.product}
    return len(named) + sum(1 for package in packages if not package.product)
