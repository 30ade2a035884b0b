"""A whole run: what it took, and what can only be said of all packages together."""

from __future__ import annotations

from pipeline.model.finding import Fault, Finding, Verdict
from pipeline.model.record import Record


class Upkeep(Record):
    """What a run did to stay within bounds: the store's bytes and their limit, what went of it, homes that went."""

    size: int = 0
    limit: int = 0
    entries: int = 0
    freed: int = 0
    homes: int = 0


class RunRecord(Record):
    """A finished run. `stages` are seconds by stage.

    `cache_hits` are the pages whose reading was known before; `started_at` and `upkeep` are told in the workbook only.
    """

    seconds: float = 0.0
    pages: int = 0
    packages: int = 0
    failed: int = 0
    cache_hits: int = 0
    stages: tuple[tuple[str, float], ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    started_at: str = ""
    upkeep: Upkeep | None = None


class KnownFinding(Record):
    """A finding of the run before, as much of it as a line 消失 in the workbook tells."""

    id: str
    package: str
    applicant: str = ""
    code: str
    severity: str
    field: str | None = None
    message: str = ""
