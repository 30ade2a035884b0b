#!/usr/bin/env bash
# Takes the README's pictures anew from a finished run: scripts/screenshots.sh OUT [PACKAGE-FOLDER]
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
out=$1
report=$(find "$out/results${2:+/$2}" -name report.html | sort | head -1)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$report" "$scratch/report.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1180,1300 \
    --screenshot="$top/docs/images/report.png" "file://$scratch/report.html" >/dev/null 2>&1
cp "$(dirname "$report")/核验单.docx" "$scratch/checklist.docx"
soffice --headless "-env:UserInstallation=file://$scratch/profile" --convert-to pdf --outdir "$scratch" \
    "$scratch/checklist.docx" >/dev/null 2>&1
pdftoppm -r 110 -f 1 -l 1 -singlefile -png "$scratch/checklist.pdf" "$scratch/checklist"
cp "$out/核验汇总.xlsx" "$scratch/summary.xlsx"
soffice --headless "-env:UserInstallation=file://$scratch/profile" --convert-to pdf --outdir "$scratch" \
    "$scratch/summary.xlsx" >/dev/null 2>&1
page=$(for number in $(seq 1 40); do
    pdftotext -f "$number" -l "$number" "$scratch/summary.pdf" - 2>/dev/null | grep -q 处理意见 && { echo "$number"; break; }
done)
pdftoppm -r 220 -f "$page" -l "$page" -singlefile -png "$scratch/summary.pdf" "$scratch/sheet"
"$top/.venv/bin/python" - "$scratch" "$top/docs/images" <<'PYTHON'
import sys
from pathlib import Path

from PIL import Image, ImageOps

for taken, name in (("sheet", "workbook"), ("checklist", "checklist")):
    sheet = Image.open(Path(sys.argv[1]) / f"{taken}.png").convert("RGB")
    sheet.crop(ImageOps.invert(sheet.convert("L")).getbbox()).save(Path(sys.argv[2]) / f"{name}.png", optimize=True)
PYTHON
