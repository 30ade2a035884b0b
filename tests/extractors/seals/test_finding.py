"""Seals found by ink and outline; what is red and no seal is left alone. No reader's model is needed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.readers.protocol import Picture
from extractors.seals import find_seals
from extractors.seals.candidates import Candidate
from extractors.seals.detect import is_believed
from extractors.seals.legend import Legend
from extractors.seals.outline import Box
from pipeline.model.geometry import BBox
from pipeline.model.seal import Ink, Shape
from samples.stamping import SealSpec, draw_seal, stamp
from tests.extractors.pages import NAME, PER_MM, FixedReader, sealed, sheet, worn

RED, DARK_RED = (40, 30, 205), (45, 35, 170)


def fraction(box: tuple[int, ...], page: Picture) -> BBox:
    height, width = page.shape[:2]
    return BBox(box[0] / width, box[1] / height, box[2] / width, box[3] / height)


@pytest.mark.parametrize(
    ("spec", "shape", "ink"),
    [
        (SealSpec(NAME), Shape.ROUND, Ink.RED),
        (SealSpec(NAME, colour="blue", diameter_mm=42), Shape.ROUND, Ink.BLUE),
        (SealSpec(NAME, shape="oval", inner="发票专用章", star=False, diameter_mm=45, ratio=0.67), Shape.OVAL, Ink.RED),
        (SealSpec("李庆国印", shape="rectangle", diameter_mm=20), Shape.RECTANGLE, Ink.RED),
    ],
    ids=["round", "blue", "oval", "chop"],
)
def test_a_seal_over_print_is_found_with_shape_size_and_colour(spec: SealSpec, shape: Shape, ink: Ink) -> None:
    page, box = sealed(spec, 900, 800, 14)
    (found,) = find_seals(page, PER_MM, FixedReader())
    assert found.bbox.iou(fraction(box, page)) > 0.8
    assert (found.shape, found.colour) == (shape, ink)
    assert found.diameter_mm == pytest.approx(spec.diameter_mm, abs=1.0)


def test_two_overlapping_seals_are_two() -> None:
    rng = np.random.default_rng(3)
    page, one = stamp(sheet(), draw_seal(SealSpec(NAME), 200, rng), 700, 900, 5, 0.8, rng)
    page, two = stamp(
        page, draw_seal(SealSpec("成都市经济和信息化局", diameter_mm=42), 200, rng), 890, 980, -9, 0.8, rng
    )
    page = worn(page)
    found = find_seals(page, PER_MM, FixedReader())
    assert [max(mark.bbox.iou(fraction(box, page)) for mark in found) > 0.6 for box in (one, two)] == [True, True]
    assert len(found) == 2


def test_a_seal_is_found_on_a_copy_without_colour() -> None:
    page, box = sealed(SealSpec(NAME, style="bold"), 900, 1900, 8)
    grey = cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    (found,) = find_seals(np.asarray(grey, dtype=np.uint8), PER_MM, FixedReader())
    assert found.colour is Ink.BLACK
    assert found.bbox.iou(fraction(box, page)) > 0.7


def test_an_oval_seal_over_print_is_found_on_a_grey_copy() -> None:
    spec = SealSpec(NAME, shape="oval", inner="发票专用章", star=False, diameter_mm=45, ratio=0.67)
    page, box = sealed(spec, 900, 900, -28)
    grey = cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    (found,) = find_seals(np.asarray(grey, dtype=np.uint8), PER_MM, FixedReader())
    assert (found.colour, found.shape) == (Ink.BLACK, Shape.OVAL)
    assert found.bbox.iou(fraction(box, page)) > 0.8


def cut(page: Picture, box: tuple[int, ...], around: int) -> Picture:
    return np.ascontiguousarray(page[box[1] - around : box[3] + around, box[0] - around : box[2] + around])


@pytest.mark.parametrize("around", [12, 150, 500], ids=["alone", "near", "part of a page"])
@pytest.mark.parametrize("grey", [False, True], ids=["red", "grey"])
def test_a_seal_is_found_in_a_picture_of_unknown_scale(around: int, grey: bool) -> None:
    page, box = sealed(SealSpec(NAME, style="bold"), 900, 1000, 8)
    picture = cut(page, box, around)
    if grey:
        picture = np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)
    (found,) = find_seals(picture, None, FixedReader())
    width, height = box[2] - box[0], box[3] - box[1]
    assert found.bbox.iou(fraction((around, around, around + width, around + height), picture)) > 0.75


def test_three_seals_over_one_another_in_a_picture_of_unknown_scale_are_three() -> None:
    rng = np.random.default_rng(3)
    page, boxes = sheet(), []
    for x, y, angle in ((650, 700, 5), (820, 770, -20), (730, 920, 60)):
        page, box = stamp(page, draw_seal(SealSpec(NAME), 200, rng), x, y, angle, 0.85, rng)
        boxes.append(box)
    picture = np.ascontiguousarray(worn(page)[400:1300, 300:1200])
    found = find_seals(picture, None, FixedReader())
    places = [fraction((box[0] - 300, box[1] - 400, box[2] - 300, box[3] - 400), picture) for box in boxes]
    assert [max(mark.bbox.iou(place) for mark in found) > 0.6 for place in places] == [True] * 3
    assert len(found) == 3


def test_a_coloured_ground_around_a_sheet_is_no_seal() -> None:
    page, _ = sealed(SealSpec(NAME), 500, 500, 8)
    picture = np.full((1000, 1000, 3), (85, 60, 45), np.uint8)
    picture[120:880, 180:820] = page[120:880, 180:820]
    (found,) = find_seals(picture, None, FixedReader("", 0.0))
    assert found.colour is Ink.RED


@pytest.mark.parametrize("seed", [5, 7])
def test_a_seal_whose_ink_ran_between_its_letters_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ink = draw_seal(SealSpec(NAME, diameter_mm=42, style="bold", serial="5101000123456"), 200, rng, wear=0.3)
    spread = cv2.GaussianBlur(ink[..., 3].astype(np.float32), (0, 0), 1.1 * PER_MM)
    ink[..., 3] = np.clip(spread * 1.2, 0, 255).astype(np.uint8)
    page, box = stamp(sheet(), ink, 900, 1900, 8, 1.0, rng)
    (found,) = find_seals(worn(page), PER_MM, FixedReader("", 0.0))
    assert found.bbox.iou(fraction(box, page)) > 0.7 and not found.text


def fingerprint(page: Picture) -> None:
    for radius in range(3, 60, 6):
        cv2.ellipse(page, (800, 900), (radius, int(radius * 1.3)), 10, 0, 360, RED, 3)


def letterhead(page: Picture) -> None:
    cv2.putText(page, "SICHUAN OFFICE", (200, 300), cv2.FONT_HERSHEY_TRIPLEX, 4.0, RED, 12)
    cv2.line(page, (150, 380), (1500, 380), RED, 8)


def table(page: Picture) -> None:
    for at in range(0, 1000, 120):
        cv2.line(page, (200, 500 + at), (1400, 500 + at), RED, 3)
        cv2.line(page, (200 + int(at * 1.2), 500), (200 + int(at * 1.2), 1460), RED, 3)


def logo(page: Picture) -> None:
    cv2.circle(page, (800, 900), 150, RED, -1)
    cv2.circle(page, (800, 900), 60, (250, 250, 250), -1)


def thick_ring(page: Picture) -> None:
    cv2.circle(page, (800, 900), 130, RED, 50)


def highlighter(page: Picture) -> None:
    page[700:760, 150:1200] = (page[700:760, 150:1200] * (0.45, 1.0, 1.0)).astype(np.uint8)
    page[900:960, 150:1200] = (page[900:960, 150:1200] * (0.85, 0.5, 1.0)).astype(np.uint8)


def poster(page: Picture) -> None:
    page[:] = (50, 40, 200)
    cv2.putText(page, "RED POSTER", (200, 900), 0, 5.0, (240, 240, 240), 14)


def rules(page: Picture) -> None:
    cv2.circle(page, (800, 900), 155, DARK_RED, 4)


def rosettes(page: Picture) -> None:
    for x, y in ((220, 220), (1430, 220), (220, 2110), (1430, 2110)):
        for turn in np.arange(24) * np.pi / 12:
            cv2.circle(page, (round(x + 70 * np.cos(turn)), round(y + 70 * np.sin(turn))), 70, RED, 1, cv2.LINE_AA)
        cv2.circle(page, (x, y), 142, RED, 3, cv2.LINE_AA)


@pytest.mark.parametrize("draw",
                         [fingerprint, letterhead, table, logo, thick_ring, highlighter, poster, rules, rosettes],
                         ids=lambda draw: draw.__name__)  # fmt: skip
def test_what_is_red_and_no_seal_is_left_alone(draw) -> None:  # type: ignore[no-untyped-def]
    page = sheet(0 if draw in (rules, rosettes) else 30)
    draw(page)
    assert find_seals(worn(page), PER_MM, FixedReader("", 0.0)) == ()


def test_a_page_without_seals_is_not_read() -> None:
    reader = FixedReader()
    assert find_seals(worn(sheet()), PER_MM, reader) == ()
    assert reader.read == 0


@pytest.mark.parametrize(
    ("text", "ink", "believed"),
    [
        ("李庆国印", Ink.BLACK, True),
        ("标准衡量场景或具体含义的补充说明", Ink.BLACK, False),
        ("成都某某智能科技有限公司发票专用章", Ink.RED, True),
    ],
)
def test_without_colour_a_frame_of_many_characters_is_a_cell_and_no_chop(text: str, ink: Ink, believed: bool) -> None:
    frame = Candidate(Box(100, 100, 90, 60, 0.0), 0.95)
    assert is_believed(frame, Legend(text, 0.98), ink) is believed
