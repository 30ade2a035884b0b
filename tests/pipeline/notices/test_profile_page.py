"""docs/profile.md names every key that a profile may hold."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.notices.profile import BY_ENTRY, Deadlines, FieldSpec, Hop, Kind, Profile, RequiredSeal, SealPlace
from pipeline.settings import CHECKOUT

PAGE = (CHECKOUT / "docs" / "profile.md").read_text(encoding="utf-8")
ELSEWHERE = {"guide", "evidence", "folder"}
"""What the profile takes from files of their own."""
KEYS = {key for record in (Profile, Deadlines, Hop, FieldSpec, RequiredSeal) for key in record.model_fields} - ELSEWHERE


@pytest.mark.parametrize("key", sorted(KEYS | {*BY_ENTRY, *get_args(SealPlace), *get_args(Kind)}))
def test_a_key_is_explained(key: str) -> None:
    assert f"`{key}`" in PAGE or f"`{key}:" in PAGE
