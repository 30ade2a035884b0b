"""What the rules of a run as a whole look at: judged packages and deliveries, filings without a package, winners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checks.case import PackageSummary, RunCase
from flows.steps.inputs import Material
from flows.steps.judged import JudgedDelivery
from flows.steps.judging import JudgingJob


def run_case(
    material: Material,
    packages: Sequence[str],
    jobs: Mapping[str, JudgingJob],
    judged: Mapping[str, PackageSummary],
    deliveries: Mapping[str, JudgedDelivery],
) -> RunCase:
    """The case of a run: `packages` are the identities of all of its packages, those that broke too."""
    winners = material.winners
    used = [id(job.online) for job in jobs.values() if job.online is not None]
    broken = [name for name in packages if name not in jobs]
    unmatched = tuple(
        filing
        for filing in material.filings
        if id(filing) not in used and not any(filing.text("applicant") in name for name in broken)
    )
    return RunCase(
        profile=material.profile,
        packages=tuple(judged.values()),
        unmatched=unmatched,
        deliveries=tuple(record.delivery for record in deliveries.values()),
        winners=None if winners is None else tuple((winner.unit, winner.product) for winner in winners),
    )
