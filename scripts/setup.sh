#!/usr/bin/env bash
# Sets a checkout up: system packages, .venv with the pinned packages, the reader's models. Does nothing twice.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
./scripts/apt.sh

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新版本。" >&2; exit 1; }

stamp=.venv/.constraints.sha256
wanted=$(cat constraints.txt pyproject.toml | sha256sum)
if [ ! -x .venv/bin/heyan ] || [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    # The pins are the whole closure, so --no-deps; setuptools first, so that source packages are built with the pinned one.
    sed -n '/^setuptools==/,/[^\\]$/p' constraints.txt >.venv/setuptools.txt
    .venv/bin/python -m pip install -q --require-hashes -r .venv/setuptools.txt
    .venv/bin/python -m pip install -q --no-build-isolation --no-deps --require-hashes -r constraints.txt
    .venv/bin/python -m pip install -q --no-build-isolation --no-deps -e .
    echo "$wanted" >"$stamp"
fi
.venv/bin/python scripts/models.py
