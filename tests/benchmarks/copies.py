"""Many inboxes out of one: a recorded inbox copied again and again, each copy of other units.

A copy differs by its units' brand, credit code and filing number, said alike in its Word documents, filings, folders
and, by the recorded reader, on its pages; its scans have the same pictures and other bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from samples.banks import bank
from samples.codes import credit_code
from samples.truth import load_truth

ORIGINS = "origins.json"
FIRST_SERIAL = 50000
"""Of the credit codes of copies; packages of a sample inbox are counted from 1."""
OFFICE = (".docx", ".xlsx")

Words = Mapping[str, str]
"""What stands in a copy in place of the recording's words; of equal length, so that every character keeps its place."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Of a copied file: the recorded file's hash, and the copy's words."""

    sha256: str
    words: Words


def replaced(text: str, words: Words) -> str:
    """The text in a copy's words."""
    for word, other in words.items():
        text = text.replace(word, other)
    return text


def make_copies(recording: Path, copies: int, folder: Path) -> None:
    """FOLDER/inbox and FOLDER/online.json of so many copies, and FOLDER/origins.json by the copied files' hashes."""
    filed: list[Any] = []
    origins: dict[str, Any] = {}
    for number, words in enumerate(_copied_words(recording, copies)):
        told = json.loads(replaced((recording / "online.json").read_text(encoding="utf-8"), words))
        filed += told["applications"]
        for file in sorted(path for path in (recording / "inbox").rglob("*") if path.is_file()):
            content = file.read_bytes()
            copied = _copied(content, file.suffix, words, number)
            origins[_hash(copied)] = {"sha256": _hash(content), "words": words}
            delivery, *steps = file.relative_to(recording / "inbox").parts
            path = folder / "inbox" / f"{delivery}{number:03d}" / replaced("/".join(steps), words)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(copied)
    (folder / "online.json").write_text(json.dumps({"applications": filed}, ensure_ascii=False), encoding="utf-8")
    (folder / ORIGINS).write_text(json.dumps(origins, ensure_ascii=False), encoding="utf-8")


def origins_of(folder: Path) -> Mapping[str, Origin]:
    """Where copied files come from, by their hashes."""
    told = json.loads((folder / ORIGINS).read_text(encoding="utf-8"))
    return {sha256: Origin(each["sha256"], each["words"]) for sha256, each in told.items()}


def _copied_words(recording: Path, copies: int) -> Iterator[dict[str, str]]:
    """The words of every copy; no two units of all copies have a brand or a code in common."""
    filed = json.loads((recording / "online.json").read_text(encoding="utf-8"))["applications"]
    units = [each.fields for each in load_truth(recording).packages]
    brands = [_brand(str(unit["applicant"])) for unit in units]
    spare = ("".join(pair) for pair in permutations(bank("people")["brand"], 2) if "".join(pair) not in brands)
    serial = FIRST_SERIAL
    for number in range(copies):
        words = {filing["no"]: f"{filing['no'][:-6]}{number:03d}{filing['no'][-3:]}" for filing in filed}
        for unit, brand in zip(units, brands, strict=True):
            code = str(unit["uscc"])
            words |= {brand: next(spare), code: credit_code(code[:2], code[2:8], serial)[: len(code)]}
            serial += 1
        yield words


def _brand(applicant: str) -> str:
    known = frozenset(bank("people")["brand"])
    return next(one + other for one, other in pairwise(applicant) if one in known and other in known)


def _copied(content: bytes, suffix: str, words: Words, number: int) -> bytes:
    if suffix in OFFICE:
        return _office(content, words)
    return content + f"\n% {number}\n".encode()


def _office(content: bytes, words: Words) -> bytes:
    """A Word document or a sheet in a copy's words."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry, replaced(part.decode(), words) if entry.filename.endswith(".xml") else part)
    return made.getvalue()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
