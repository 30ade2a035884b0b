"""What judging leaves of a package and a delivery, and the result that is written of it.

What writes results imports this and no rule, so that nothing is written anew where a changed rule says the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from checks.catalogue import load_catalogue
from checks.judgement import Addition, Judgement, add, of_stopped
from pipeline.model.application import Application
from pipeline.model.package import Delivery, Package, Result
from pipeline.model.record import Record
from pipeline.notices.profile import Profile


class Judged(Record):
    """A package's judgement; the package as judged, and its summary for the others' rules, are kept beside it."""

    judgement: Judgement
    online: Application | None = None


class JudgedDelivery(Record):
    """A delivery judged, second looks included."""

    judgement: Judgement
    delivery: Delivery


def looked_key(judging: str) -> str:
    """Where the package is kept as it was judged, after second looks and corrections, for those who show it."""
    return judging.replace("judged/", "looked/", 1)


def result_of(package: Package, judged: Judged, additions: Iterable[Addition], profile: Profile) -> Result:
    """A package's final result: its own judgement with what its delivery and the run say of it."""
    said = of_stopped(additions) if package.withheld else additions
    judgement = add(judged.judgement, said, load_catalogue(profile.folder))
    return Result(
        package=package,
        online=judged.online,
        verdicts=judgement.verdicts,
        findings=judgement.findings,
        conclusion=judgement.conclusion,
        faults=(*package.faults, *judgement.faults),
    )
