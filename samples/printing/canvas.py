"""The reserve family's printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samples.printing.blocks import Document
from samples.printing.layout import Layout


def print_documents(documents: Sequence[tuple[Document, Layout]], out: Path) -> tuple[Path, ...]:
    """Print."""
    raise NotImplementedError
