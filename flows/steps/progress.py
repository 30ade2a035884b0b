"""How a long step tells where it is; the command line draws it, tests and the nightly run stay silent."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of stages and of what is done in them; called from several threads."""

    def begin(self, stage: str, total: int) -> None:
        """A stage begins, of `total` units."""
        ...

    def grow(self, stage: str, more: int) -> None:
        """A stage turned out larger."""
        ...

    def advance(self, stage: str, subject: str, units: int = 1) -> None:
        """Some units of a stage are done; `subject` is the package."""
        ...

    def note(self, stage: str, subject: str, words: str) -> None:
        """Of a subject under way: how far it is."""
        ...


class Silent:
    """Tells nobody."""

    def begin(self, stage: str, total: int) -> None:
        """Nothing."""

    def grow(self, stage: str, more: int) -> None:
        """Nothing."""

    def advance(self, stage: str, subject: str, units: int = 1) -> None:
        """Nothing."""

    def note(self, stage: str, subject: str, words: str) -> None:
        """Nothing."""
