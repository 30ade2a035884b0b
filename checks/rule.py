"""What a rule is: a short function that yields rulings on a case. Rules are found by walking `checks/rules`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from checks.certainty import Ground
from pipeline.model.evidence import Place, Reading
from pipeline.model.finding import Outcome, Severity, Verdict


class Scope(StrEnum):
    """What a rule looks at."""

    PACKAGE = "package"
    DELIVERY = "delivery"
    RUN = "run"


PACKAGE, DELIVERY, RUN = Scope.PACKAGE, Scope.DELIVERY, Scope.RUN


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict in the making: what the rule saw, and what that rests on.

    `grounds`: each alone would carry the failure; the engine lets it stand if one of them is surely read.
    `recheck`: readings worth a second look although the outcome stands meanwhile (an empty box).
    `doubt`: an undecided outcome that is the reader's doubt, and so is shown as Q102.
    `packages`: for delivery and run rules, the packages on whose results the verdict stands as well; `own` says
    whether it stands on the delivery's or the run's own list too. `severity` replaces the catalogue's.
    `message` replaces the catalogue's wording; `detail` only completes it. `doubted` is told in Q102
    where a failure in doubt is no matter of what was read and what that is held against.
    """

    code: str
    subject: str
    outcome: Outcome
    field: str | None = None
    message: str = ""
    detail: str = ""
    doubted: str = ""
    expected: str | None = None
    found: str | None = None
    places: tuple[Place, ...] = ()
    grounds: tuple[Ground, ...] = ()
    recheck: tuple[Reading, ...] = ()
    doubt: bool = False
    severity: Severity | None = None
    packages: tuple[str, ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True)
class Recheck:
    """Readings of a package that another scope's rule will rest on: look again, though nothing is ruled here."""

    readings: tuple[Reading, ...]


Check = Callable[[Any], Iterable[Ruling | Verdict | Recheck]]
"""A rule's function: takes the case of its scope."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: the codes it may yield, its scope, its function, whose docstring is its documentation."""

    codes: tuple[str, ...]
    scope: Scope
    check: Check

    @property
    def name(self) -> str:
        """Where it stands."""
        return f"{self.check.__module__}.{self.check.__name__}"

    @property
    def summary(self) -> str:
        """The first line of its docstring."""
        return (self.check.__doc__ or "").strip().split("\n", 1)[0]


_RULES: dict[str, Rule] = {}


def rule(*codes: str, scope: Scope = PACKAGE) -> Callable[[Check], Check]:
    """Mark a function as the rule for one or more finding codes."""

    def mark(check: Check) -> Check:
        made = Rule(codes, scope, check)
        _RULES[made.name] = made
        return check

    return mark


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule under `checks/rules`, by first code, then name."""
    package = importlib.import_module("checks.rules")
    for module in pkgutil.iter_modules(package.__path__, "checks.rules."):
        importlib.import_module(module.name)
    return tuple(sorted(_RULES.values(), key=lambda each: (each.codes, each.name)))


def rules_of(scope: Scope) -> tuple[Rule, ...]:
    """The rules of a scope."""
    return tuple(each for each in all_rules() if each.scope is scope)


def passed(code: str, subject: str, **more: Any) -> Ruling:
    """All is well."""
    return Ruling(code, subject, Outcome.PASSED, **more)


def failed(code: str, subject: str, **more: Any) -> Ruling:
    """Something is wrong; see `Ruling` for what may be said about it."""
    return Ruling(code, subject, Outcome.FAILED, **more)


def undecided(code: str, subject: str, message: str, **more: Any) -> Ruling:
    """It can't be told; `message` says why."""
    return Ruling(code, subject, Outcome.UNDECIDED, message=message, **more)


def not_applicable(code: str, subject: str, message: str, **more: Any) -> Ruling:
    """The test does not arise; `message` says why, naming an input that is not there."""
    return Ruling(code, subject, Outcome.NOT_APPLICABLE, message=message, **more)
