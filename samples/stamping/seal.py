"""What a seal looks like, and the drawing of its impression."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from samples.stamping.ink import Impression, inked
from samples.stamping.lettering import Mask, glyph

MM_PER_INCH = 25.4
OVERSAMPLE = 2
"""Drawn at twice the size and scaled down, so that thin strokes are smooth."""
LONGEST_ARC = math.radians(286)
ARC_BESIDE_SERIAL = math.radians(262)
ARC_OF_OVAL = math.radians(230)
SERIAL_HEIGHT = 1.7
"""Digits of a serial are 1.5-2 mm high."""


@dataclass(frozen=True, slots=True)
class SealSpec:
    """A seal as cut. Lengths in mm; `diameter_mm` is the long axis of an oval, the long side of a rectangle.

    `ratio` is the short axis through the long one. `owner` runs along the ring (or fills the square), `inner` stands
    below the star, `serial` along the lower rim. `relief` cuts a square's letters white out of the ink.
    `purpose` is the contract's word; it is carried along for the truth and not drawn.
    """

    owner: str
    shape: Literal["round", "oval", "rectangle"] = "round"
    diameter_mm: float = 40.0
    inner: str = ""
    serial: str = ""
    star: bool = True
    colour: Literal["red", "blue"] = "red"
    purpose: str = "official"
    style: Literal["song", "bold", "light", "hei", "kai"] = "song"
    rim_mm: float = 1.1
    letter_mm: float = 4.6
    ratio: float = 0.75
    relief: bool = False
    double_rim: bool = False


def draw_seal(spec: SealSpec, dpi: float, rng: np.random.Generator, *, wear: float = 0.6) -> Impression:
    """One impression of a seal, upright, as RGBA (height x width x 4), with ink uneven by `wear`.

    `wear` 0 is a flat ink, 0.6 a common stamp on an office desk, 1.5 a dry pad with letters half lost.
    """
    scale = dpi / MM_PER_INCH * OVERSAMPLE
    drawn = _rectangle(spec, scale) if spec.shape == "rectangle" else _ring(spec, scale)
    smaller = cv2.resize(drawn, None, fx=1 / OVERSAMPLE, fy=1 / OVERSAMPLE, interpolation=cv2.INTER_AREA)
    return inked(np.asarray(smaller, dtype=np.uint8), spec.colour, dpi / MM_PER_INCH, rng, wear)


def _ring(spec: SealSpec, scale: float) -> Mask:
    long, short = spec.diameter_mm / 2, spec.diameter_mm / 2 * (spec.ratio if spec.shape == "oval" else 1.0)
    margin = 1.0
    size = (math.ceil((2 * short + 2 * margin) * scale), math.ceil((2 * long + 2 * margin) * scale))
    canvas = np.zeros(size, dtype=np.uint8)
    center = (size[1] / 2, size[0] / 2)
    _rim(canvas, center, (long - spec.rim_mm / 2, short - spec.rim_mm / 2), spec.rim_mm, scale)
    if spec.double_rim:
        inset = spec.rim_mm + 0.9
        _rim(canvas, center, (long - inset, short - inset), 0.3, scale)
    gap = 0.9 + (1.1 if spec.double_rim else 0.0)
    axes = tuple(axis - spec.rim_mm - gap - spec.letter_mm / 2 for axis in (long, short))
    _owner(canvas, spec, center, (axes[0], axes[1]), scale)
    if spec.serial:
        inset = spec.rim_mm + 0.7 + SERIAL_HEIGHT / 2
        _serial(canvas, spec.serial, center, (long - inset, short - inset), scale)
    if spec.star and spec.shape == "round":
        _star(canvas, center, spec.diameter_mm * (0.15 if spec.inner else 0.17), scale)
    if spec.inner:
        _inner(canvas, spec, center, long, short, scale)
    return canvas


def _rim(canvas: Mask, center: tuple[float, float], axes: tuple[float, float], thickness: float, scale: float) -> None:
    cv2.ellipse(
        canvas,
        (round(center[0]), round(center[1])),
        (round(axes[0] * scale), round(axes[1] * scale)),
        0, 0, 360, (255,), max(1, round(thickness * scale)), cv2.LINE_AA,
    )  # fmt: skip


def _owner(canvas: Mask, spec: SealSpec, center: tuple[float, float], axes: tuple[float, float], scale: float) -> None:
    count = len(spec.owner)
    radius = (axes[0] + axes[1]) / 2
    pitch = min(spec.letter_mm * 1.25 / radius, LONGEST_ARC / max(count, 1))
    if spec.serial:
        pitch = min(pitch, ARC_BESIDE_SERIAL / count)
    if spec.shape == "oval":
        pitch = min(pitch, ARC_OF_OVAL / count)
    width = min(spec.letter_mm * 0.95, pitch * radius * 0.92)
    steps = [(index - (count - 1) / 2) * pitch * radius for index in range(count)]
    for character, angle in zip(spec.owner, _angles(axes, steps), strict=True):
        _put_on_arc(canvas, character, spec.style, center, axes, angle, (width, spec.letter_mm), scale)


def _angles(axes: tuple[float, float], steps: list[float]) -> list[float]:
    """The ellipse's parameter (clockwise from the top) at each distance along its arc, in mm from the top."""
    turn = np.linspace(-math.pi, math.pi, 721)
    speed = np.hypot(axes[0] * np.cos(turn), axes[1] * np.sin(turn))
    along = np.cumsum(speed) * (turn[1] - turn[0])
    return [float(angle) for angle in np.interp(steps, along - along[360], turn)]


def _serial(canvas: Mask, serial: str, center: tuple[float, float], axes: tuple[float, float], scale: float) -> None:
    pitch = 1.75 / min(axes)
    for index, digit in enumerate(serial):
        angle = math.pi - (index - (len(serial) - 1) / 2) * pitch
        _put_on_arc(canvas, digit, "hei", center, axes, angle, (1.15, SERIAL_HEIGHT), scale, feet_out=True)


def _put_on_arc(
    canvas: Mask,
    character: str,
    style: str,
    center: tuple[float, float],
    axes: tuple[float, float],
    angle: float,
    size_mm: tuple[float, float],
    scale: float,
    feet_out: bool = False,
) -> None:
    """Put a rigid glyph on an ellipse; `angle` clockwise from the top, feet to the centre unless `feet_out`."""
    x = center[0] + axes[0] * math.sin(angle) * scale
    y = center[1] - axes[1] * math.cos(angle) * scale
    turn = math.atan2(math.sin(angle) / axes[0], math.cos(angle) / axes[1]) + (math.pi if feet_out else 0.0)
    _put(canvas, glyph(character, style, tight=feet_out), x, y, turn, size_mm[0] * scale, size_mm[1] * scale)


def _put(canvas: Mask, ink: Mask, x: float, y: float, turn: float, width: float, height: float) -> None:
    rows, columns = ink.shape
    fx, fy = width / columns, height / rows
    cos, sin = math.cos(turn), math.sin(turn)
    matrix = np.array([[cos * fx, -sin * fy, 0.0], [sin * fx, cos * fy, 0.0]])
    matrix[:, 2] = np.array([x, y]) - matrix[:, :2] @ np.array([columns / 2, rows / 2])
    # Scaling down inside warpAffine would alias; the glyph is brought near its size first.
    shrink = max(min(1.0, 1.5 * max(fx, fy)), 0.05)
    small = cv2.resize(ink, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    matrix[:, :2] /= shrink
    placed = cv2.warpAffine(small, matrix, (canvas.shape[1], canvas.shape[0]), flags=cv2.INTER_LINEAR)
    np.maximum(canvas, placed, out=canvas)


def _star(canvas: Mask, center: tuple[float, float], radius: float, scale: float) -> None:
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.382
        angle = index * math.pi / 5
        points.append((center[0] + reach * math.sin(angle) * scale, center[1] - reach * math.cos(angle) * scale))
    cv2.fillPoly(canvas, [np.round(points).astype(np.int32)], (255,), cv2.LINE_AA)


def _inner(canvas: Mask, spec: SealSpec, center: tuple[float, float], long: float, short: float, scale: float) -> None:
    below = short * (0.47 if spec.star or spec.shape == "round" else 0.1)
    if spec.shape == "oval":
        below = short * 0.3
    room = 2 * (long - spec.rim_mm - spec.letter_mm - 1.5) * math.sqrt(max(0.1, 1 - (below / short) ** 2))
    height = min(3.8, spec.letter_mm * 0.85)
    pitch = min(height * 1.1, room / len(spec.inner))
    for index, character in enumerate(spec.inner):
        x = center[0] + (index - (len(spec.inner) - 1) / 2) * pitch * scale
        _put(
            canvas,
            glyph(character, spec.style),
            x,
            center[1] + below * scale,
            0.0,
            pitch * 0.95 * scale,
            height * scale,
        )


def _rectangle(spec: SealSpec, scale: float) -> Mask:
    short = spec.diameter_mm * (spec.ratio if len(spec.owner) > 4 else 1.0)
    width, height = round(spec.diameter_mm * scale), round(short * scale)
    margin = round(scale)
    canvas = np.zeros((height + 2 * margin, width + 2 * margin), dtype=np.uint8)
    rim = max(1, round(spec.rim_mm * scale))
    corners = (margin, margin), (margin + width, margin + height)
    cv2.rectangle(canvas, corners[0], corners[1], 255, -1)
    if not spec.relief:
        cv2.rectangle(canvas, (margin + rim, margin + rim), (margin + width - rim, margin + height - rim), 0, -1)
    letters = np.zeros_like(canvas)
    inset = margin + 1.5 * rim
    for character, x, y, w, h in _cells(spec.owner, width - 3 * rim, height - 3 * rim):
        ink = glyph(character, spec.style, tight=True)
        _put(letters, ink, inset + x + w / 2, inset + y + h / 2, 0.0, w * 0.92, h * 0.92)
    return np.asarray(cv2.subtract(canvas, letters) if spec.relief else np.maximum(canvas, letters), dtype=np.uint8)


def _cells(text: str, width: float, height: float) -> list[tuple[str, float, float, float, float]]:
    """Where each character stands: up to four in columns from right to left, more in rows from left to right."""
    count = len(text)
    if count <= 4:
        columns = [text[:2], text[2:]] if count > 2 else [text]
        step = width / len(columns)
        return [
            (character, width - (column + 1) * step, row * height / len(part), step, height / len(part))
            for column, part in enumerate(columns)
            for row, character in enumerate(part)
        ]
    rows = max(1, round(math.sqrt(count * height / width)))
    per_row = math.ceil(count / rows)
    lines = [text[start : start + per_row] for start in range(0, count, per_row)]
    tall = height / len(lines)
    return [
        (character, column * width / len(line), row * tall, width / len(line), tall)
        for row, line in enumerate(lines)
        for column, character in enumerate(line)
    ]
