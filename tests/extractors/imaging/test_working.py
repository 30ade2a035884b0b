from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.crops import cut_quad
from extractors.imaging.deskew import find_skew
from extractors.imaging.working import Flat, straighten, straighten_again, straighten_mask, turned_quads
from extractors.readers.protocol import Quad
from pipeline.model.geometry import BBox
from tests.extractors.pictures import blank, rectangle, text_bars


def tilted(quads: tuple[Quad, ...], degrees: float) -> tuple[Quad, ...]:
    matrix = cv2.getRotationMatrix2D((300, 424), -degrees, 1.0)
    return tuple(np.asarray(cv2.transform(quad[None], matrix)[0], np.float32) for quad in quads)


@pytest.mark.parametrize("degrees", [-3.0, -0.4, 0.0, 1.5, 8.0])
def test_skew_by_the_lines(degrees: float) -> None:
    _, quads = text_bars(blank())
    assert find_skew(tilted(quads, degrees)) == pytest.approx(degrees, abs=0.05)


def test_short_words_and_sloping_signatures_tell_no_angle() -> None:
    word, signature = (rectangle(10, 10, 60, 30),), tilted((rectangle(100, 100, 400, 130),), 35.0)
    assert find_skew((*word, *signature)) == 0.0
    assert find_skew(()) == 0.0


def test_a_straight_page_stands_straight() -> None:
    picture, quads = text_bars(blank())
    matrix = cv2.getRotationMatrix2D((300, 424), -2.0, 1.0)
    askew = np.asarray(cv2.warpAffine(picture, matrix, (600, 848), borderValue=(255, 255, 255)), np.uint8)
    flat = Flat(askew, np.eye(3), (600, 848))
    working = straighten(flat, 0, find_skew(tilted(quads, 2.0)), tilted(quads, 2.0))
    for quad, straight in zip(quads, working.quads, strict=True):
        assert np.abs(quad - straight).max() < 1.0
        assert cut_quad(working.picture, straight).mean() < 160  # grey with a black head, not paper


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.5])
def test_boxes_go_to_the_stored_page_and_back(rotation: int, skew: float) -> None:
    flat = Flat(blank(600, 848), np.eye(3), (600, 848))
    frame = straighten(flat, rotation, skew, ()).frame
    assert frame.page_size == ((848, 600) if rotation in (90, 270) else (600, 848))
    box = BBox(0.3, 0.4, 0.5, 0.45)
    back = frame.to_page(frame.to_working(box))
    assert back.contains(*box.center)
    assert back.center == pytest.approx(box.center, abs=1e-6)
    if skew == 0.0:
        assert back.rounded() == pytest.approx(box.rounded(), abs=1e-6)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_what_stands_in_a_quad_stays_in_it(rotation: int) -> None:
    picture, quads = text_bars(blank())
    flat = Flat(picture, np.eye(3), (600, 848))
    working = straighten(flat, rotation, 0.0, quads)
    for quad, moved in zip(quads, working.quads, strict=True):
        assert cut_quad(working.picture, moved).mean() == pytest.approx(cut_quad(picture, quad).mean(), abs=6)
    for moved in turned_quads(flat, rotation, quads):  # clockwise from the top left, whichever way it was turned
        assert moved[0].sum() == min(corner.sum() for corner in moved)
        assert moved[2].sum() == max(corner.sum() for corner in moved)


def test_masks_turn_as_pictures_do() -> None:
    mask = np.zeros((848, 600), np.uint8)
    mask[100:120, 50:200] = 255
    picture = np.repeat(mask[..., None], 3, axis=2)
    moved = straighten(Flat(picture, np.eye(3), (600, 848)), 90, 1.0, ()).picture[..., 0]
    turned = straighten_mask(mask, 90, 1.0)
    assert turned.shape == (600, 848)
    assert (np.abs(turned.astype(int) - moved) > 128).mean() < 0.001


@pytest.mark.parametrize("rotation", [0, 90])
def test_a_layer_is_moved_only_where_it_differs(rotation: int) -> None:
    picture, _ = text_bars(blank())
    layer = picture.copy()
    layer[200:260, 300:420] = (10, 120, 200)
    changed = (layer != picture).any(axis=2).astype(np.uint8) * 255
    working = straighten(Flat(picture, np.eye(3), (600, 848)), rotation, 1.3, ()).picture
    whole = straighten(Flat(layer, np.eye(3), (600, 848)), rotation, 1.3, ()).picture
    moved = straighten_again(working, layer, straighten_mask(changed, rotation, 1.3), rotation, 1.3)
    assert np.abs(moved.astype(int) - whole).max() <= 10  # places are rounded to a 32nd of a pixel
    assert np.abs(moved.astype(int) - working).max() > 100
    nothing = np.zeros(working.shape[:2], np.uint8)
    assert straighten_again(working, picture, nothing, rotation, 1.3) is working


def test_crops_are_upright_and_scaled() -> None:
    picture = blank(200, 100)
    picture[40:60, 50:150] = (0, 0, 200)
    crop = cut_quad(picture, rectangle(50, 40, 150, 60), 2.0)
    assert crop.shape == (40, 200, 3)
    assert crop[5:-5, 5:-5, 2].min() > 190 and crop[5:-5, 5:-5, 0].max() < 10
    assert cut_quad(picture, rectangle(5, 5, 5, 5)).shape == (2, 2, 3)
