"""Whether something came in time."""

from __future__ import annotations

from datetime import datetime


def is_late(moment: datetime, deadline: datetime, inclusive: bool) -> bool:
    """Whether a moment, in the notice's own time, is after a deadline, or at it where that does not count."""
    local = moment.replace(tzinfo=None)
    return local > deadline or (local == deadline and not inclusive)
