"""What else pens leave in a tick box than a tick: a v, a cross, a slash, a filled box, a ring around it."""

from __future__ import annotations

import math

import cv2
import numpy as np

from samples.stamping.handwriting import PENS
from samples.stamping.ink import Impression

MARKS = {
    "vee": (((0.1, 0.1), (0.45, 0.9), (0.55, 0.85), (0.95, 0.05)),),
    "cross": (((0.1, 0.1), (0.9, 0.95)), ((0.92, 0.08), (0.08, 0.9))),
    "slash": (((0.95, 0.0), (0.05, 1.0)),),
    "blot": (((0.1, 0.25), (0.9, 0.2), (0.15, 0.45), (0.9, 0.45), (0.1, 0.7), (0.9, 0.65), (0.15, 0.85), (0.9, 0.85)),),
}
"""Strokes in squares of the mark's size, x to the right and y down."""
SIZE_MM = 3.6
RING_MM = 5.2
PEN_MM = 0.45


def draw_pen_mark(kind: str, rng: np.random.Generator, dpi: float) -> Impression:
    """A mark of a kind (a key of MARKS, or ring), as RGBA, its pen black, blue-black or blue."""
    scale = dpi / 25.4
    size = (RING_MM if kind == "ring" else SIZE_MM) * scale * rng.uniform(0.85, 1.2)
    canvas = np.zeros((math.ceil(size * 1.5), math.ceil(size * 1.5)), dtype=np.uint8)
    width = max(1, round(PEN_MM * scale * rng.uniform(0.7, 1.3)))
    if kind == "ring":
        middle, axes = round(size * 0.75), (round(size / 2), round(size * 0.42))
        cv2.ellipse(canvas, (middle, middle), axes, float(rng.uniform(-25, 25)), 10, 380, (255,), width, cv2.LINE_AA)
    for stroke in MARKS.get(kind, ()):
        points = (np.array(stroke) + rng.normal(0, 0.05, (len(stroke), 2)) + 0.25) * size
        cv2.polylines(canvas, [np.round(points).astype(np.int32)], False, (255,), width, cv2.LINE_AA)
    tone = np.clip(np.array(PENS[str(rng.choice(sorted(PENS)))]) + rng.normal(0, 4, 3), 0, 255)
    return np.dstack([np.broadcast_to(tone, (*canvas.shape, 3)), canvas]).astype(np.uint8)
