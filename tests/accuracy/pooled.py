"""Planted defects of all sorts together: those on records, and those on the pages of a level, by code and in sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checks.catalogue import load_catalogue
from pipeline.model.finding import Severity
from pipeline.notices.profile import load_profile
from tests.accuracy.rules.outcomes import CLEAN, Kept
from tests.accuracy.scores import FATES, Scores

BOUNDS = {
    "office": {"recall": 0.98, "precision": 0.98, "silent": 0.005},
    "phone": {"recall": 0.94, "precision": 0.96, "silent": 0.02},
    "grey": {"recall": 0.94, "precision": 0.96, "silent": 0.02},
}
"""Of error codes pooled: least recall and precision; of all planted defects: largest share that stays silent."""
FALSE_ERRORS = 0.05
"""Most false errors a clean package."""
CLEAN_SHARE = 0.9
"""Least share of clean office packages that come out `clean`."""


@dataclass
class Pool:
    """Counts of one source, or of several: fates by code, false errors, clean packages."""

    fates: dict[str, Counter[str]] = field(default_factory=dict)
    false_errors: int = 0
    """Errors said of planted and clean packages alike that are none."""
    clean: int = 0
    clean_errors: int = 0
    """Those of them on clean packages."""
    clean_verdicts: int = 0

    def add(self, code: str, fate: str) -> None:
        """One planted defect."""
        self.fates.setdefault(code, Counter())[fate] += 1

    def joined(self, other: Pool) -> Pool:
        """Both together."""
        codes = {*self.fates, *other.fates}
        return Pool(
            fates={code: self.fates.get(code, Counter()) + other.fates.get(code, Counter()) for code in codes},
            false_errors=self.false_errors + other.false_errors,
            clean=self.clean + other.clean,
            clean_errors=self.clean_errors + other.clean_errors,
            clean_verdicts=self.clean_verdicts + other.clean_verdicts,
        )

    def total(self, codes: Iterable[str] | None = None) -> Counter[str]:
        """Fates of some codes, or of all."""
        chosen = self.fates if codes is None else [code for code in codes if code in self.fates]
        return sum((self.fates[code] for code in chosen), Counter[str]())


def of_records(kept: Iterable[Kept]) -> Pool:
    """The pool of what was judged on records."""
    pool = Pool()
    for each in kept:
        pool.false_errors += len(each.errors)
        if each.code == CLEAN:
            pool.clean += 1
            pool.clean_errors += len(each.errors)
            pool.clean_verdicts += each.conclusion == CLEAN
        else:
            pool.add(each.code, each.fate)
    return pool


def of_pages(scores: Scores) -> Pool:
    """The pool of what was read and judged on a level's pages: changed filings and planted defects."""
    pool = Pool(
        fates={code: Counter(fates) for code, fates in scores.fates.items()},
        false_errors=scores.errors_on_clean + scores.errors_besides,
        clean=scores.clean.total,
        clean_errors=scores.errors_on_clean,
        clean_verdicts=scores.clean.right,
    )
    for outcome, count in scores.planted.items():
        if count:
            pool.fates.setdefault("X101", Counter())[FATES[outcome]] += count
    return pool


def error_codes() -> frozenset[str]:
    """The codes whose findings are errors."""
    codes = load_catalogue(load_profile().folder).codes
    return frozenset(code for code, entry in codes.items() if entry.severity is Severity.ERROR)


def table(name: str, pool: Pool, level: str) -> str:
    """Figures of a pool beside the bounds of a level, then the codes that are not found every time."""
    rows = "\n".join(f"  {figure:44} {value:>24}   {bound}" for figure, value, bound in _rows(pool, BOUNDS[level]))
    return f"planted defects, {name}\n{rows}"


def _rows(pool: Pool, bounds: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    errors = pool.total(error_codes())
    others = pool.total(set(pool.fates) - error_codes())
    everything = pool.total()
    yield "error codes: recall", _share(errors["found"], errors.total()), f">= {bounds['recall']:.0%}"
    said = errors["found"] + pool.false_errors
    yield "error codes: precision", _share(errors["found"], said), f">= {bounds['precision']:.0%}"
    yield "warnings and infos: recall", _share(others["found"], others.total()), ""
    yield "all: left undecided", _share(everything["undecided"], everything.total()), ""
    yield "all: silent", _share(everything["silent"], everything.total()), f"<= {bounds['silent']:.1%}"
    yield "codes planted; never found", f"{len(pool.fates)}; {', '.join(never_found(pool)) or '-'}", "none"
    yield "fewest of a code", _fewest(pool), ""
    if pool.clean:
        rate = pool.clean_errors / pool.clean
        yield "clean: false errors a package", f"{rate:.3f} ({pool.clean_errors}/{pool.clean})", f"<= {FALSE_ERRORS}"
        yield "clean: verdict clean", _share(pool.clean_verdicts, pool.clean), f">= {CLEAN_SHARE:.0%} (office)"
    yield "not always found (found/undecided/silent)", "", _imperfect(pool)


def never_found(pool: Pool) -> tuple[str, ...]:
    """Codes whose every planting was missed."""
    return tuple(sorted(code for code, fates in pool.fates.items() if not fates["found"]))


def _fewest(pool: Pool) -> str:
    code = min(pool.fates, key=lambda each: (pool.fates[each].total(), each), default=None)
    return f"{pool.fates[code].total()} ({code})" if code else "-"


def _imperfect(pool: Pool) -> str:
    told = (
        f"{code} {'/'.join(str(fates[fate]) for fate in FATES.values())}"
        for code, fates in sorted(pool.fates.items())
        if fates["found"] < fates.total()
    )
    return ", ".join(told) or "-"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%} ({part}/{whole})" if whole else "-"
