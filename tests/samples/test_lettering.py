"""Glyphs of seals: a character that a face lacks is taken from another, never left out."""

from __future__ import annotations

import numpy as np
import pytest

from samples.stamping import draw_signature
from samples.stamping.lettering import FACES, glyph


@pytest.mark.parametrize("style", sorted(FACES))
@pytest.mark.parametrize("character", "昇璟瀚川")
def test_no_character_of_a_name_is_left_out(style: str, character: str) -> None:
    assert (glyph(character, style) > 0).mean() > 0.05


def test_a_flat_character_is_written_as_a_stroke_not_as_a_blot() -> None:
    ink = draw_signature("一一一", 200.0, np.random.default_rng(3), style="script")[..., 3] > 100
    assert ink.any(axis=1).sum() < 0.6 * 9 * 200 / 25.4
