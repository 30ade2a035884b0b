"""Glyphs of seals: a character that a face lacks is taken from another, never left out."""

from __future__ import annotations

import pytest

from samples.stamping.lettering import FACES, glyph


@pytest.mark.parametrize("style", sorted(FACES))
@pytest.mark.parametrize("character", "昇璟瀚川")
def test_no_character_of_a_name_is_left_out(style: str, character: str) -> None:
    assert (glyph(character, style) > 0).mean() > 0.05
