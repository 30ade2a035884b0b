"""What can be wrong about seals on a page: far from its label, smeared, one picture twice, a swapped sheet."""

from __future__ import annotations

import numpy as np
import pytest

from samples.marks import REPLACED_MM, Mark, SeamPlan, Stamped, stamp_seal, stamp_seam
from samples.stamping import SealSpec
from samples.submission import SealChange

DPI = 200
MM = DPI / 25.4
OWNER = SealSpec(owner="四川甲乙科技有限公司")


def blank() -> Stamped:
    return Stamped(np.full((2339, 1654, 3), 255, np.uint8), ())


def stamped(change: SealChange | None, seed: int = 1) -> tuple[np.ndarray, Mark]:
    page = stamp_seal(blank(), OWNER, "commitment", (0.7, 0.75), DPI, np.random.default_rng(seed), change)
    (mark,) = page.marks
    return page.image, mark


def ink(image: np.ndarray, mark: Mark) -> np.ndarray:
    (x0, y0), (x1, y1) = mark.points.min(axis=0).astype(int), mark.points.max(axis=0).astype(int)
    return image[y0:y1, x0:x1]


def test_a_seal_astray_is_far_from_its_label() -> None:
    (_, right), (_, astray) = stamped(None), stamped("astray")
    assert (right.points.mean(axis=0) - astray.points.mean(axis=0))[1] > 75 * MM


def test_a_smeared_seal_keeps_no_fine_line() -> None:
    def sharpness(change: SealChange | None) -> float:
        return float(np.abs(np.diff(ink(*stamped(change))[..., 1].astype(int), axis=1)).mean())

    assert sharpness("smeared") < 0.4 * sharpness(None)


def test_a_pasted_seal_is_the_same_picture_every_time_and_a_stamped_one_never() -> None:
    one, other = (ink(*stamped("pasted", seed)) for seed in (1, 2))
    size = np.minimum(one.shape, other.shape)
    assert np.array_equal(one[: size[0], : size[1]], other[: size[0], : size[1]])
    assert not np.array_equal(stamped(None, 1)[0], stamped(None, 2)[0])


@pytest.mark.parametrize("replaced", [(), (2,)])
def test_a_replaced_sheets_slice_lies_at_another_height(replaced: tuple[int, ...]) -> None:
    plan = SeamPlan(OWNER, tuple(range(5)), (), "right", 0.5, replaced)
    pages = stamp_seam({face: blank() for face in plan.faces}, plan, DPI, np.random.default_rng(3))
    heights = [page.marks[0].points[:, 1].mean() / MM for page in (pages[face] for face in plan.faces)]
    away = np.abs(np.array(heights) - np.median(heights))
    assert [bool(each > REPLACED_MM[0] - 6) for each in away] == [face in replaced for face in plan.faces]
