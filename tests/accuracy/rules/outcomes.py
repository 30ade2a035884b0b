"""What becomes of a planted defect: found, left undecided or passed over, and what is said besides; kept as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Literal

from flows.steps.versions import folder_version, judging_version
from pipeline.model.finding import Finding, Outcome, Severity
from pipeline.model.record import Record
from pipeline.notices.profile import load_profile
from tests.accuracy.rules import defects_between_witnesses, defects_of_eligibility, defects_of_form, defects_of_package
from tests.accuracy.rules.night import Told, judged
from tests.accuracy.rules.plot import APPLICANTS, Case, Planted, cases, clean_night, planters

TIMES = 20
"""How often each code is planted on records."""
CLEAN = "clean"
"""What stands for the code of a record without a defect."""
ALWAYS = "N101"
"""The notice's own contradiction: every run says it."""
DOUBT = "Q102"
MODULES = (defects_of_package, defects_of_form, defects_between_witnesses, defects_of_eligibility)
"""Those whose defects are planted; each registers its own."""

Fate = Literal["found", "undecided", "silent"]


class Kept(Record):
    """A judged record: its code (or `clean`), its number, what became of the defect, which errors and more were said.

    `errors` are codes of findings of severity error that neither were planted nor follow; `others` the rest.
    """

    code: str
    number: int
    fate: Fate
    errors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    conclusion: str = ""
    faults: int = 0
    where: str = ""


def measure(code: str, seed: int, times: int = TIMES) -> tuple[Kept, ...]:
    """Every case of a code, judged; of `clean`, an applicant's record each without a defect."""
    if code == CLEAN:
        return tuple(_clean(applicant) for applicant in range(APPLICANTS))
    return tuple(_kept(case) for case in cases(code, planters()[code], times, seed))


def _kept(case: Case) -> Kept:
    told = judged(case.planted.night)
    besides = [each for each in told.findings if not _is_told(each, case.code, case.planted)]
    return Kept(
        code=case.code,
        number=case.number,
        fate=fate_of(told, case.code, case.planted.field),
        errors=tuple(each.code for each in besides if each.severity is Severity.ERROR),
        others=tuple(each.code for each in besides if each.severity is not Severity.ERROR),
        conclusion=told.conclusion,
        faults=told.faults,
        where=f"{case.way} {case.seed} {case.planted.field or ''}".strip(),
    )


def _clean(applicant: int) -> Kept:
    told = judged(clean_night(applicant))
    said = [each for each in told.findings if each.code != ALWAYS]
    doubts = [each.code for each in told.verdicts if each.outcome is Outcome.UNDECIDED]
    return Kept(
        code=CLEAN,
        number=applicant,
        fate="undecided" if doubts else "silent",
        errors=tuple(each.code for each in said if each.severity is Severity.ERROR),
        others=(*(each.code for each in said if each.severity is not Severity.ERROR), *doubts),
        conclusion=told.conclusion,
        faults=told.faults,
    )


def fate_of(told: Told, code: str, field: str | None) -> Fate:
    """Whether a finding of the code (and field) says it, a verdict or a doubt leaves it open, or nothing speaks."""
    if any(_hits(each, code, field) for each in told.findings):
        return "found"
    open_ones = [each for each in told.verdicts if each.code == code and each.outcome is Outcome.UNDECIDED]
    if any(field is None or each.field in (field, None) for each in open_ones):
        return "undecided"
    doubted = any(each.code == DOUBT and each.field == field for each in told.findings) if field else False
    return "undecided" if doubted else "silent"


def _hits(finding: Finding, code: str, field: str | None) -> bool:
    return finding.code == code and (field is None or finding.field == field)


def _is_told(finding: Finding, code: str, planted: Planted) -> bool:
    """Whether a finding is the planted one, follows from it, or stands in every run."""
    return _hits(finding, code, planted.field) or finding.code in planted.follows or finding.code == ALWAYS


def measured(folder: Path, seed: int, workers: int = 2) -> tuple[Kept, ...]:
    """Every code's cases; those of a code that stand in the folder, judged by the same rules, are not judged again."""
    store = folder / f"records-{seed}-{_version()}"
    store.mkdir(parents=True, exist_ok=True)
    codes = (CLEAN, *planters())
    missing = [code for code in codes if not _file(store, code).exists()]
    with ProcessPoolExecutor(workers) as pool:
        for code, made in zip(missing, pool.map(measure, missing, [seed] * len(missing)), strict=True):
            _write(_file(store, code), made)
    return tuple(each for code in codes for each in _read(_file(store, code)))


def _file(store: Path, code: str) -> Path:
    return store / f"{code}.jsonl"


def _write(path: Path, kept: Iterable[Kept]) -> None:
    """Whole or not at all."""
    half = path.with_suffix(".half")
    half.write_text("".join(f"{each.model_dump_json()}\n" for each in kept), encoding="utf-8")
    half.replace(path)


def _read(path: Path) -> Iterator[Kept]:
    yield from (Kept.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines())


def _version() -> str:
    """Of rules, notice and plantings together."""
    own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    parts = (judging_version(), folder_version(load_profile().folder), sha256(own).hexdigest())
    return sha256("".join(map(str, parts)).encode()).hexdigest()[:12]
