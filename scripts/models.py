"""Lays out the reader's models: takes them out of the rapidocr wheel, checks their SHA-256, writes PaddleOCR's folders.

Usage: python scripts/models.py [FOLDER]   (default: models/ beside this folder)

The wheel is downloaded (pinned by hash in rapidocr.txt) and only opened as an archive: installing it would bring its
own cv2. Set HEYAN_RAPIDOCR_WHEEL to a wheel on disk to do without the download. A second call finds all in place.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
PIN = HERE / "rapidocr.txt"
DETECTOR, RECOGNISER = "PP-OCRv6_small_det", "PP-OCRv6_small_rec"
MEMBERS = {
    DETECTOR: (
        "rapidocr/models/PP-OCRv6_det_small.onnx",
        "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    ),
    RECOGNISER: (
        "rapidocr/models/PP-OCRv6_rec_small.onnx",
        "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    ),
}
DECODE = {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}}


def main(folder: Path) -> int:
    """Lay out both models; the exit status is 0, or 1 with a sentence on standard error."""
    if all(_in_place(folder / name, digest) for name, (_, digest) in MEMBERS.items()):
        print(f"识别模型已就位：{folder}")
        return 0
    try:
        with tempfile.TemporaryDirectory() as scratch:
            _lay_out(_wheel(Path(scratch)), folder)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, subprocess.CalledProcessError) as problem:
        print(f"识别模型没有装好：{problem}", file=sys.stderr)
        return 1
    print(f"识别模型已装好：{folder}")
    return 0


def _in_place(model: Path, digest: str) -> bool:
    network, config = model / "inference.onnx", model / "inference.yml"
    return config.is_file() and network.is_file() and hashlib.sha256(network.read_bytes()).hexdigest() == digest


def _wheel(scratch: Path) -> Path:
    if given := os.environ.get("HEYAN_RAPIDOCR_WHEEL"):
        return Path(given)
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    subprocess.run([*command, "-r", str(PIN), "-d", str(scratch)], check=True)
    return next(scratch.glob("rapidocr-*.whl"))


def _lay_out(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name, (member, digest) in MEMBERS.items():
            network = archive.read(member)
            if hashlib.sha256(network).hexdigest() != digest:
                raise ValueError(f"{member} 的校验值不符")
            (folder / name).mkdir(parents=True, exist_ok=True)
            _write_whole(folder / name / "inference.onnx", network)
    for name, config in ((DETECTOR, _detector()), (RECOGNISER, _recogniser(folder / RECOGNISER / "inference.onnx"))):
        text = yaml.safe_dump(config, allow_unicode=True)
        _write_whole(folder / name / "inference.yml", text.encode("utf-8"))


def _write_whole(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)


def _detector() -> dict[str, Any]:
    normalise = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "scale": "1./255.", "order": "hwc"}
    return {
        "Global": {"model_name": DETECTOR},
        "PreProcess": {
            "transform_ops": [
                DECODE,
                {"DetLabelEncode": None},
                {"DetResizeForTest": None},
                {"NormalizeImage": normalise},
                {"ToCHWImage": None},
                {"KeepKeys": {"keep_keys": ["image", "shape", "polys", "ignore_tags"]}},
            ]
        },
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.3,
            "box_thresh": 0.6,
            "max_candidates": 1000,
            "unclip_ratio": 1.5,
        },
    }


def _recogniser(network: Path) -> dict[str, Any]:
    """The recogniser's configuration; its list of characters stands in the network's own metadata."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(network), providers=["CPUExecutionProvider"])
    characters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return {
        "Global": {"model_name": RECOGNISER},
        "PreProcess": {
            "transform_ops": [
                DECODE,
                {"MultiLabelEncode": {"gtc_encode": "NRTRLabelEncode"}},
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
                {"KeepKeys": {"keep_keys": ["image"]}},
            ]
        },
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": characters},
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "models"))
