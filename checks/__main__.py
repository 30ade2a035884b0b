"""Writes docs/rules.md anew: `python -m checks`."""

from __future__ import annotations

from pathlib import Path

from checks.explain import write_page
from pipeline.notices.profile import load_profile

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

if __name__ == "__main__":
    write_page(PAGE, load_profile())
