"""The engines of the bench, each built the way its row says; they give a page's lines of text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.rendering import PagePicture

RAPIDOCR = Path(__file__).with_name("rapidocr.txt")
Engine = Callable[[PagePicture], Sequence[str]]
CPU = {"providers": ["CPUExecutionProvider"], "intra_op_num_threads": 1, "inter_op_num_threads": 1}
AT_960 = {"text_det_limit_side_len": 960, "text_det_limit_type": "max"}


def paddle(config: dict[str, Any], models: Path, **options: Any) -> Engine:
    """PaddleOCR alone with heyan's models; the networks for turned or bent pages are not among them."""
    from paddleocr import PaddleOCR

    from extractors.readers.paddle import DETECTOR, RECOGNISER

    ocr = PaddleOCR(
        text_detection_model_name=DETECTOR,
        text_detection_model_dir=str(models / DETECTOR),
        text_recognition_model_name=RECOGNISER,
        text_recognition_model_dir=str(models / RECOGNISER),
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        engine="onnxruntime",
        engine_config=config,
        **options,
    )
    return lambda picture: [str(text) for text in ocr.predict(picture.image)[0]["rec_texts"]]


def rapidocr(folder: Path) -> Engine:
    """RapidOCR as it comes, but for one thread."""
    sys.path.insert(0, str(folder))
    from rapidocr import RapidOCR

    options = {
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Global.log_level": "error",
    }
    ocr = RapidOCR(params=options)
    return lambda picture: list(ocr(picture.image).txts or ())


def tesseract() -> Engine:
    """Tesseract's own analysis of the page, Simplified Chinese."""
    import pytesseract

    def read(picture: PagePicture) -> Sequence[str]:
        text = pytesseract.image_to_string(picture.image[..., ::-1], lang="chi_sim", config="--psm 3")
        return [line for line in text.splitlines() if line.strip()]

    return read


def install_rapidocr(folder: Path) -> str:
    """Install RapidOCR beside the pages, without dependencies; gives the sentence why not, or nothing."""
    if (folder / "rapidocr" / "__init__.py").is_file():
        return ""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--require-hashes"]
    done = subprocess.run([*pip, "-r", str(RAPIDOCR), "--target", str(folder)], capture_output=True, text=True)
    if done.returncode == 0:
        return ""
    return f"RapidOCR is left out: it could not be installed ({(done.stderr.strip().splitlines() or ['no word'])[-1]})"
