from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.imaging.ink import find_inks, is_tinted, without_blue, without_red
from extractors.readers.protocol import Picture
from tests.extractors.pictures import BLACK, BLUE, RED, blank, write


def stamped(ink: tuple[int, int, int] = RED, paper: tuple[int, int, int] = (255, 255, 255)) -> Picture:
    """Print with a ring stamped over it."""
    picture = write(blank(480, 480, paper), "成都某某科技有限公司", 60, 220, 36)
    ring = blank(480, 480)
    cv2.circle(ring, (240, 240), 150, ink, 8)
    return np.minimum(picture, ring)


def ring_of(picture: Picture) -> np.ndarray:
    mask = np.zeros(picture.shape[:2], np.uint8)
    cv2.circle(mask, (240, 240), 150, (255,), 4)
    print_there = cv2.dilate((picture.max(axis=2) < 110).astype(np.uint8), np.ones((7, 7), np.uint8))
    return np.asarray((mask > 0) & (print_there == 0))


def print_of(picture: Picture) -> np.ndarray:
    return np.asarray(picture.max(axis=2) < 45)


def test_red_is_told_from_black() -> None:
    picture = stamped()
    inks = find_inks(picture)
    assert not inks.colourless
    assert (inks.red[ring_of(picture)] > 0).mean() > 0.98
    assert cv2.countNonZero(inks.blue) == 0
    away = np.ones(picture.shape[:2], bool)
    away[80:400, 80:400] = False
    assert cv2.countNonZero(inks.red * away.astype(np.uint8)) == 0


def test_red_vanishes_and_print_stays() -> None:
    picture = stamped()
    clear = without_red(picture, find_inks(picture).red)
    assert clear[ring_of(picture)].min() > 200
    assert clear[print_of(picture)].max() < 110
    outside = np.ones(picture.shape[:2], bool)
    outside[70:410, 70:410] = False
    assert (clear[outside] == picture[outside]).all()


def test_print_under_the_stamp_is_the_print_without_it() -> None:
    picture = stamped()
    plain = write(blank(480, 480), "成都某某科技有限公司", 60, 220, 36)
    clear = without_red(picture, find_inks(picture).red)
    different = (clear.mean(axis=2) < 128) != (plain.mean(axis=2) < 128)
    assert different.mean() < 0.002


def test_blue_likewise() -> None:
    picture = stamped(BLUE)
    inks = find_inks(picture)
    assert cv2.countNonZero(inks.red) == 0
    assert (inks.blue[ring_of(picture)] > 0).mean() > 0.98
    assert without_blue(picture, inks.blue)[ring_of(picture)].min() > 190


@pytest.mark.parametrize("paper", [(200, 225, 245), (235, 225, 205), (170, 172, 175)])
def test_casts_of_light_change_nothing(paper: tuple[int, int, int]) -> None:
    lit = (stamped().astype(np.float32) * (np.array(paper, np.float32) / 255)).astype(np.uint8)
    inks = find_inks(lit)
    assert (inks.red[ring_of(stamped())] > 0).mean() > 0.9
    assert cv2.countNonZero(inks.blue) == 0
    assert (inks.red[print_of(stamped())] > 0).mean() < 0.2  # only where the ring crosses it


def test_a_grey_copy_has_no_colour() -> None:
    grey = np.asarray(np.repeat(cv2.cvtColor(stamped(), cv2.COLOR_BGR2GRAY)[..., None], 3, axis=2), np.uint8)
    inks = find_inks(grey)
    assert inks.colourless and not is_tinted(grey) and not inks.red.any()
    assert (without_red(grey, inks.red) == grey).all()


def test_jpeg_of_black_print_is_colourless() -> None:
    picture = write(blank(480, 480), "黑字没有颜色", 60, 220, 48, BLACK)
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 60])
    assert find_inks(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)).colourless


def test_a_colour_scan_of_black_print_is_tinted_at_its_edges() -> None:
    """The three colours of a scanner's sensor lie a little apart."""
    picture = write(blank(480, 480), "黑字没有颜色", 60, 220, 48, BLACK)
    moved = np.array([[1, 0, 0.2], [0, 1, 0]], np.float32)
    picture[..., 2] = cv2.warpAffine(np.ascontiguousarray(picture[..., 2]), moved, (480, 480), borderValue=255)
    assert find_inks(picture).colourless and is_tinted(picture)


def test_in_a_shadow_the_ink_becomes_the_shaded_paper_not_white() -> None:
    shade = np.linspace(1.0, 0.55, 480, dtype=np.float32)[:, None, None]
    lit = (stamped().astype(np.float32) * shade).astype(np.uint8)
    paper = (255 * np.broadcast_to(shade[..., 0], (480, 480))).astype(np.int16)
    clear = without_red(lit, find_inks(lit).red).mean(axis=2)
    ring = ring_of(stamped())
    assert np.abs(clear[ring] - paper[ring]).mean() < 12
