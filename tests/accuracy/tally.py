"""Right answers out of so many."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Tally:
    """Right answers out of so many, and what went wrong (a few examples)."""

    right: int = 0
    total: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, right: bool, example: str = "") -> None:
        """Count one answer."""
        self.total += 1
        self.right += right
        if not right:
            self.wrong.append(example)

    @property
    def share(self) -> float | None:
        """Right answers as a share; None when nothing was asked."""
        return self.right / self.total if self.total else None
