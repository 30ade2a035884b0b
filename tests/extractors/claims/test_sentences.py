from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractors.claims import with_claims
from extractors.claims.claims import claims_of
from extractors.claims.items import grammar
from pipeline.model.application import Application, Field
from pipeline.model.claim import Claim
from pipeline.model.evidence import Place, Reading, Source
from pipeline.model.geometry import BBox
from pipeline.notices.profile import load_profile

PROFILE = load_profile()
UNIT = "四川某某人工智能研究院"
SENTENCES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
FLAGS = ("more", "part", "doubtful", "attached")


def told(claim: Claim, wanted: str) -> str:
    """The claim as the table writes it: what the table asks for, as it is, and every flag."""
    said = {claim.state, claim.role} | {flag for flag in FLAGS if getattr(claim, flag)}
    asked = wanted.split()[2:]
    named = [f"{key}={getattr(claim, key)}" for key, equals, _ in (word.partition("=") for word in asked) if equals]
    words = [word for word in asked if word in said] + named
    flags = [flag for flag in FLAGS if flag in said and flag not in asked]
    count = "?" if claim.count is None else str(claim.count)
    return " ".join([claim.kind.value, count, *sorted([*words, *flags])])


def in_order(wanted: str) -> str:
    kind, count, *words = wanted.split()
    return " ".join([kind, count, *sorted(words)])


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_sentence(text: str, wanted: str) -> None:
    found = claims_of(text, "unit_profile", UNIT, grammar(PROFILE))
    expected = [part.strip() for part in wanted.split(";") if part.strip()]
    padded = [*expected, *["? ?"] * (len(found) - len(expected))]
    assert [told(claim, want) for claim, want in zip(found, padded, strict=False)] == [*map(in_order, expected)]
    assert all(text[claim.start : claim.end] == claim.text for claim in found)


def test_the_table_is_large_enough() -> None:
    assert len(SENTENCES) >= 80


def test_claims_stand_at_the_lines_of_their_characters() -> None:
    places = tuple(Place(file="扫描件.pdf", page=2, bbox=BBox(0.1, top, 0.9, top + 0.02)) for top in (0.1, 0.2, 0.3))
    raw = "公司成立于2015年\n3月，拥有专利56\n项，其中发明专利12项。"
    reading = Reading(value=raw.replace("\n", ""), raw=raw, source=Source.PAPER, places=places)
    application = Application(source=Source.PAPER, fields=(Field(key="unit_profile", reading=reading),))
    found = with_claims(application, PROFILE).claims
    assert [(claim.kind.value, claim.places) for claim in found] == [
        ("founding", places[:2]),
        ("patent", places[1:]),
        ("invention", places[2:]),
    ]
