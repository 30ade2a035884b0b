"""What checks say: verdicts, findings, faults."""

from __future__ import annotations

from enum import StrEnum

from pipeline.model.evidence import Place
from pipeline.model.record import Record


class Outcome(StrEnum):
    """How a test ended, worst first."""

    FAILED = "failed"
    UNDECIDED = "undecided"
    PASSED = "passed"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """What a finding asks for."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Conclusion(StrEnum):
    """A package's verdict."""

    CLEAN = "clean"
    LOOK = "look"
    CORRECT = "correct"
    FAILED = "failed"


class Verdict(Record):
    """The result of one comparison or test. `subject` tells several of a code apart (field key, place, document)."""

    id: str
    code: str
    subject: str
    field: str | None = None
    outcome: Outcome
    message: str = ""
    expected: str | None = None
    found: str | None = None
    places: tuple[Place, ...] = ()


class Finding(Record):
    """A failed verdict (or Q102), as a person reads it."""

    id: str
    code: str
    severity: Severity
    field: str | None = None
    subject: str = ""
    message: str
    basis: str
    expected: str | None = None
    found: str | None = None
    evidence: tuple[Place, ...] = ()


class Fault(Record):
    """What the program itself could not do."""

    stage: str
    subject: str
    message: str
