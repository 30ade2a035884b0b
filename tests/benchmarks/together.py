"""`make bench-together`: 2,000 packages as records, matched, judged together and written into the workbook.

Each step's seconds, and the most memory the process took.
"""

from __future__ import annotations

import resource
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.case import Case, DeliveryCase, PackageSummary, RunCase, summarise
from checks.catalogue import load_catalogue
from checks.engine import judge
from checks.judgement import Addition, Judgement, add
from flows.steps.assembling import matched_fields
from pipeline.intake import match_packages
from pipeline.model.application import Application
from pipeline.model.package import Delivery, DeliveryResult, Result
from pipeline.model.run import RunRecord
from pipeline.notices.profile import Profile, load_profile
from pipeline.reports.pictures import NoPictures
from pipeline.reports.products import WORKBOOK, write_workbook
from pipeline.reports.summary import PackageLines, package_lines
from samples.filing import Filing
from tests.benchmarks.many import deliveries, many_filings, submitted

MEGABYTE = 1 << 20


def main() -> int:
    """Measure and print."""
    parser = ArgumentParser(prog="make bench-together", description=__doc__)
    parser.add_argument("--packages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20211112)
    options = parser.parse_args()
    profile = load_profile()
    with _step("made"):
        filings = many_filings(options.packages, profile, options.seed)
        papers, online, summaries = _known(filings, profile)
        named = dict(zip(papers, filings, strict=True))
    with _step("matched"):
        matched = match_packages(papers, online)
    right = sum(each is not None and each.number == named[name].number for name, each in matched.items())
    with _step("deliveries judged"):
        judged = [(each, _judged(each, summaries, profile)) for each in deliveries(named, profile)]
    with _step("run judged"):
        run = judge(RunCase(profile, tuple(summaries.values()), deliveries=[each for each, _ in judged], winners=()))
    additions = _additions([judgement for _, judgement in judged] + [run])
    with _step("workbook written"), TemporaryDirectory() as folder:
        results = [
            DeliveryResult(delivery=each, verdicts=said.verdicts, findings=said.findings) for each, said in judged
        ]
        known = write_workbook(Path(folder), _lines(named, additions, profile), results,
                               RunRecord(findings=run.findings), (), lambda _: NoPictures(), profile)  # fmt: skip
        size = (Path(folder) / WORKBOOK).stat().st_size
    print(f"{len(papers)} packages, {len(judged)} deliveries; {right} matched with their own filing")
    print("findings:", ", ".join(f"{code} {count}" for code, count in sorted(Counter(e.code for e in known).items())))
    print(f"workbook {size / MEGABYTE:.1f} MB")
    return 0


@contextmanager
def _step(name: str) -> Iterator[None]:
    start, spent = time.monotonic(), time.process_time()
    yield
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:18} {time.monotonic() - start:7.1f} s, processor {time.process_time() - spent:6.1f} s, "
          f"most memory so far {most:5.0f} MB", flush=True)  # fmt: skip


def _known(
    filings: Sequence[Filing], profile: Profile
) -> tuple[Mapping[str, Application], Sequence[Application], Mapping[str, PackageSummary]]:
    """What a run holds of all packages: what is matched of the papers, the filings, the summaries."""
    papers, online, summaries = {}, [], {}
    for number, filing in enumerate(filings):
        each = submitted(filing, number)
        name, paper = each.package.identity, each.package.paper
        assert paper is not None
        papers[name] = matched_fields(paper)
        online.append(each.online)
        summaries[name] = summarise(Case(each.package, profile, online=each.online))
    return papers, online, summaries


def _judged(delivery: Delivery, summaries: Mapping[str, PackageSummary], profile: Profile) -> Judgement:
    own = tuple(each for each in summaries.values() if each.delivery == delivery.name)
    return judge(DeliveryCase(delivery, profile, own))


def _additions(judgements: Sequence[Judgement]) -> Mapping[str, Sequence[Addition]]:
    said: dict[str, list[Addition]] = {}
    for judgement in judgements:
        for addition in judgement.additions:
            said.setdefault(addition.package, []).append(addition)
    return said


def _lines(
    named: Mapping[str, Filing], additions: Mapping[str, Sequence[Addition]], profile: Profile
) -> Iterator[PackageLines]:
    """The packages' lines one by one, with what their deliveries and the run say of them."""
    catalogue = load_catalogue(profile.folder)
    for number, (name, filing) in enumerate(named.items()):
        each = submitted(filing, number)
        whole = add(Judgement(), additions.get(name, ()), catalogue)
        result = Result(package=each.package, online=each.online, verdicts=whole.verdicts, findings=whole.findings,
                        conclusion=whole.conclusion)  # fmt: skip
        yield package_lines(result, (), NoPictures(), profile)


if __name__ == "__main__":
    sys.exit(main())
