"""YAML files read by libyaml where PyYAML has it: the notice's files are read at the start of every process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds.

    Raises:
        yaml.YAMLError: It is no YAML.
        OSError: It can't be read.
    """
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
