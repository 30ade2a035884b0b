"""PaddleOCR: text detection and recognition on ONNX Runtime with OpenVINO, one thread, no network.

The recogniser's own decoder gives a line's text and mean score; ours reads the same CTC output and keeps, for every
character, its probability, the runner-up, and its column, since doubt sits on the character and not on the line.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import yaml
from numpy.typing import NDArray

from extractors.readers.ctc import BLANK, log_likelihoods
from extractors.readers.per_mille import with_per_mille
from extractors.readers.protocol import Likelihoods, Picture, Quad, RecognisedChar, RecognisedLine
from extractors.readers.unit_letters import with_unit_letters

DETECTOR = "PP-OCRv6_small_det"
RECOGNISER = "PP-OCRv6_small_rec"
BATCH = 4
BATCH_WIDTH = 1800
"""Crops a run of the network, and their widths together at the network's height: a run over several full lines costs
memory and saves nothing."""
HEIGHT, LEAST_WIDTH = 48, 64
"""The network's input: it takes any width, and most boxes of a form are far narrower than its usual 320 pixels."""
TAIL = 0.5
"""Grey added right of a crop, in crop heights: a last character at the very edge is read worse."""
STEP = 32
"""Widths come in steps: for every new one the network is compiled anew and the outcome kept in memory."""
GREY = (127, 127, 127)
"""What the network's own padding looks like."""
SURE = 0.995
CANDIDATES = 10
"""Of a character less sure than this, so many others are kept that it may be: on worn seals the true character is
among them 98 times of 100, any given other one 2 times (240 false names held against 150 seals)."""
ENGINE = {
    "providers": ["OpenVINOExecutionProvider"],
    "provider_options": [{"device_type": "CPU", "num_of_threads": "1"}],
    "intra_op_num_threads": 1,
}


class CharacterDecode:
    """Greedy CTC decoding that keeps every character's probability, runner-up and column."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters

    def __call__(self, predictions: Any, **_: object) -> tuple[list[RecognisedLine], list[float]]:
        """Decode a batch, shape (lines, columns, characters): the form paddlex asks of a post-processing step."""
        lines = [self._decode(probabilities) for probabilities in np.asarray(predictions[0])]
        return lines, [line.confidence for line in lines]

    def _decode(self, probabilities: NDArray[np.float32]) -> RecognisedLine:
        best = probabilities.argmax(axis=-1)
        starts = np.flatnonzero((best != BLANK) & (best != np.concatenate(([BLANK], best[:-1]))))
        columns = len(best)
        chars = tuple(self._char(probabilities, best, int(start), columns) for start in starts)
        mean = float(np.mean([char.confidence for char in chars])) if chars else 0.0
        return with_unit_letters(with_per_mille(RecognisedLine("".join(char.text for char in chars), mean, chars)))

    def _char(
        self, probabilities: NDArray[np.float32], best: NDArray[np.int64], start: int, columns: int
    ) -> RecognisedChar:
        end = start
        while end < columns and best[end] == best[start]:
            end += 1
        peak = start + int(probabilities[start:end, best[start]].argmax())
        row = probabilities[peak].copy()
        confidence = float(row[best[start]])
        row[[BLANK, best[start]]] = 0.0
        second = int(row.argmax())
        return RecognisedChar(
            self._characters[best[start]],
            confidence,
            self._characters[second],
            float(row[second]),
            start / columns,
            end / columns,
            "" if confidence > SURE else self._candidates(row),
        )

    def _candidates(self, row: NDArray[np.float32]) -> str:
        count = min(CANDIDATES, len(row))
        likeliest = np.argpartition(row, -count)[-count:]
        ordered = likeliest[np.argsort(row[likeliest])[::-1]]
        return "".join(self._characters[index] for index in ordered if row[index] > 0.0)


class PaddleReader:
    """One process's PaddleOCR; not safe for parallel use."""

    name = "paddle"

    def __init__(self, models: Path) -> None:
        os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"  # or start-up asks the network
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        cv2.setNumThreads(1)
        from paddleocr import TextDetection, TextRecognition

        common = {"engine": "onnxruntime", "engine_config": ENGINE}
        with _libyaml():
            self._detector = TextDetection(model_name=DETECTOR, model_dir=str(models / DETECTOR), **common)
            self._recogniser = TextRecognition(model_name=RECOGNISER, model_dir=str(models / RECOGNISER), **common)
        predictor = self._recogniser.paddlex_predictor
        self._characters: Sequence[str] = predictor.post_op.character
        predictor.post_op = CharacterDecode(self._characters)
        predictor.pre_tfs["ReisizeNorm"].rec_image_shape = [3, HEIGHT, LEAST_WIDTH]

    def find_lines(self, picture: Picture, longest_side: int) -> tuple[Quad, ...]:
        """Quads of text lines, looked for with the longest side scaled down to `longest_side` pixels."""
        result = self._detector.predict(picture, limit_side_len=longest_side, limit_type="max")[0]
        return tuple(np.asarray(quad, dtype=np.float32) for quad in result["dt_polys"])

    def read_crops(self, crops: Sequence[Picture]) -> tuple[RecognisedLine, ...]:
        """Read upright crops of one line each; what is read of a crop does not depend on the others."""
        read: dict[int, RecognisedLine] = {}
        for width, batch in _batches([_steps(crop) * STEP for crop in crops]):
            results = self._recogniser.predict([_with_tail(crops[index]) for index in batch], batch_size=BATCH)
            for index, result in zip(batch, results, strict=True):
                read[index] = _own_columns(result["rec_text"], width / HEIGHT / _ratio(crops[index]))
        return tuple(read[index] for index in range(len(crops)))

    def likelihoods(self, crops: Sequence[Picture], alike: Sequence[str] = ()) -> Likelihoods:
        """Weighs texts against crops that are looked at once; blanks between characters are none.

        Args:
            crops: Upright, of one line each.
            alike: Characters that count as one another, in groups.
        """
        at = {character: index for index, character in enumerate(self._characters)}
        groups = [(BLANK, at[" "]), *([at[character] for character in group if character in at] for group in alike)]
        with self._undecoded():
            results = [next(iter(self._recogniser.predict([_with_tail(crop)], batch_size=1))) for crop in crops]
        pictures = [np.array(result["rec_text"], dtype=np.float64) for result in results]
        for columns in pictures:
            for group in groups:
                columns[:, list(group)] = columns[:, list(group)].sum(axis=1, keepdims=True)

        def weigh(texts: Sequence[str]) -> NDArray[np.float64]:
            written = [[at[character] for character in text] for text in texts]
            return np.array([log_likelihoods(columns, written) for columns in pictures])

        return weigh

    @contextmanager
    def _undecoded(self) -> Iterator[None]:
        """The recogniser gives the network's columns as they are (columns x characters)."""
        predictor = self._recogniser.paddlex_predictor
        decode = predictor.post_op
        predictor.post_op = _as_they_are
        try:
            yield
        finally:
            predictor.post_op = decode


def _as_they_are(predictions: Any, **_: object) -> tuple[list[NDArray[np.float32]], list[float]]:
    """Columns by line, in the form paddlex asks of a post-processing step."""
    columns = list(np.asarray(predictions[0]))
    return columns, [0.0] * len(columns)


@contextmanager
def _libyaml() -> Iterator[None]:
    """Read YAML by libyaml, not by the parser in Python: it takes two seconds over a model's 18,000 characters."""
    plain = yaml.FullLoader
    yaml.FullLoader = getattr(yaml, "CFullLoader", plain)  # type: ignore[misc]
    try:
        yield
    finally:
        yaml.FullLoader = plain  # type: ignore[misc]


def _batches(widths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Crops in runs of the network, only those of equal width together: padding costs more than a run of its own."""
    order = sorted(range(len(widths)), key=lambda index: widths[index])
    for width, group in groupby(order, key=lambda index: widths[index]):
        alike = list(group)
        size = max(1, min(BATCH, BATCH_WIDTH // width))
        for start in range(0, len(alike), size):
            yield width, alike[start : start + size]


def _steps(crop: Picture) -> int:
    """STEPs that the crop is wide with its tail, at the network's height."""
    return max(LEAST_WIDTH // STEP, math.ceil((_ratio(crop) + TAIL) * HEIGHT / STEP))


def _with_tail(crop: Picture) -> Picture:
    """The crop with grey on its right, to a whole number of STEPs."""
    height, width = crop.shape[:2]
    tail = max(0, math.floor(_steps(crop) * STEP * height / HEIGHT) - width)
    return np.asarray(cv2.copyMakeBorder(crop, 0, 0, 0, tail, cv2.BORDER_CONSTANT, value=GREY), dtype=np.uint8)


def _ratio(crop: Picture) -> float:
    return float(crop.shape[1] / crop.shape[0])


def _own_columns(line: RecognisedLine, scale: float) -> RecognisedLine:
    """Columns as fractions of the crop itself: the network saw it `scale` times as wide."""
    chars = tuple(
        RecognisedChar(
            char.text,
            char.confidence,
            char.runner_up,
            char.runner_up_confidence,
            min(1.0, char.x0 * scale),
            min(1.0, char.x1 * scale),
            char.candidates,
        )
        for char in line.chars
    )
    return RecognisedLine(line.text, line.confidence, chars)


@lru_cache(maxsize=1)
def paddle_reader(models: Path) -> PaddleReader:
    """The one reader of this process, built when first asked for."""
    return PaddleReader(models)
