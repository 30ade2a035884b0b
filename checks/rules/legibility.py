"""What could not be read at all; Q102, a value read with doubt, comes from the engine."""

from __future__ import annotations

from collections.abc import Iterator

from checks.case import Case, place_of
from checks.rule import Ruling, failed, passed, rule


@rule("Q101")
def pages_can_be_read(case: Case) -> Iterator[Ruling]:
    """Every page can be read; blank backs count as read."""
    for page in case.package.pages:
        subject = f"{page.file}#{page.page}"
        if page.reading.unreadable:
            yield failed("Q101", subject, detail=page.reading.unreadable.rstrip("。"), places=(place_of(page),))
        else:
            yield passed("Q101", subject)
