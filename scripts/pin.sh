#!/usr/bin/env bash
# Writes constraints.txt anew from pyproject.toml, every file's hash included. Needs uv; for maintainers.
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile pyproject.toml --extra dev --extra s3 --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o constraints.txt "$@"
