"""The JSON Schemas of what is written: result, delivery, run."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "schemas"


@cache
def schema(name: Literal["result", "delivery", "run"]) -> dict[str, Any]:
    """The schema (draft 2020-12) of result.json, delivery.json or run.json."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded
