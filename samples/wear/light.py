"""Uneven light: the dark edge of a scan, the shadow over a photo."""

from __future__ import annotations

import cv2
import numpy as np

from samples.wear.moved import Worn

EDGE_SHARE = 0.012
"""How far a scanner's edge shadow reaches, as a share of the page's width."""


def edge_shadowed(page: Worn, rng: np.random.Generator) -> Worn:
    """A grey band along one long edge or the top, as under a lid that was not shut."""
    height, width = page.image.shape[:2]
    reach = max(3, int(width * EDGE_SHARE * rng.uniform(0.5, 1.5)))
    ramp = np.linspace(rng.uniform(0.55, 0.85), 1.0, reach, dtype=np.float32)
    shade = np.ones((height, width), dtype=np.float32)
    edge = rng.integers(3)
    if edge == 0:
        shade[:, :reach] = ramp
    elif edge == 1:
        shade[:, -reach:] = ramp[::-1]
    else:
        shade[:reach] = ramp[:, None]
    return page.then((page.image * shade[..., None]).astype(np.uint8))


def shadowed(page: Worn, rng: np.random.Generator) -> Worn:
    """A soft gradient and one broad shadow, with a cast of warm or cold light."""
    height, width = page.image.shape[:2]
    coarse = rng.uniform(0.72, 1.0, (3, 3)).astype(np.float32)
    shade = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    cast = np.array([rng.uniform(0.92, 1.0), 1.0, rng.uniform(0.94, 1.0)], dtype=np.float32)
    lit = page.image * np.clip(shade, 0.6, 1.05)[..., None] * cast
    return page.then(np.clip(lit, 0, 255).astype(np.uint8))
