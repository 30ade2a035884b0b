"""The figures as a table, beside the bounds they are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.accuracy.scores import Scores
from tests.accuracy.tally import Tally

BOUNDS = {
    "fields exact": {"office": ">= 99 %", "phone": ">= 97 %", "grey": ">= 97 %"},
    "character error rate": {"office": "<= 0.5 %"},
    "page sections": dict.fromkeys(("office", "phone", "grey"), ">= 99 %"),
    "rotation": dict.fromkeys(("office", "phone", "grey"), ">= 99.5 %"),
    "seal recall": {"office": ">= 99 %", "phone": ">= 97 %", "grey": ">= 95 %"},
    "seal precision": {"office": ">= 99 %", "phone": ">= 97 %", "grey": ">= 95 %"},
    "owner exact": {"office": ">= 98 %", "phone": ">= 95 %", "grey": ">= 90 %"},
    "purpose": dict.fromkeys(("office", "phone", "grey"), ">= 99 %"),
    "seam state": {"office": ">= 99 %"},
    "missing sheets F1": {"office": ">= 0.98"},
    "signature": dict.fromkeys(("office", "phone", "grey"), ">= 98 %"),
    "clean packages: verdict clean": {"office": ">= 90 %"},
    "clean packages: with a false error": {"office": "<= 10 %"},
    "clean packages: most doubts on one": {"office": "<= 1", "phone": "<= 3", "grey": "<= 3"},
    "planted: reported as error": {"office": ">= 97 %"},
    "planted: doubt": {"office": "<= 2 %"},
    "planted: silent": {"office": "<= 0.5 %"},
}
EVIDENCE = {
    "found": "documents found", "extra": "documents that are some", "pages": "beginning and end", "item": "item",
    "kind": "kind", "owner": "owner exact", "year": "year", "number": "number exact", "valid_until": "valid until",
    "sealed": "sealed", "revenue": "revenue exact", "ai_revenue": "AI revenue exact",
    "rd_spend": "R&D spending exact", "other": "other amount exact",
}  # fmt: skip


def table(level: str, scores: Scores) -> str:
    """Rows of figure, value, bound."""
    lines = [f"{level}: {scores.packages} packages"]
    lines.extend(f"  {name:36} {value:>22}   {BOUNDS.get(name, {}).get(level, '')}" for name, value in _rows(scores))
    return "\n".join(lines)


def wrongs(scores: Scores) -> Iterator[str]:
    """Every wrong answer, for the tuning families only: the judging family's are not looked at."""
    for name, tally in vars(scores).items():
        if isinstance(tally, Tally):
            yield from (f"{name}: {example}" for example in tally.wrong)
    for key, tally in scores.evidence.items():
        yield from (f"evidence {key}: {example}" for example in tally.wrong)
    for name, tally in scores.more.items():
        yield from (f"{name}: {example}" for example in tally.wrong)
    yield from (f"planted: {example}" for example in scores.silent)


def _rows(scores: Scores) -> Iterator[tuple[str, str]]:
    yield "fields exact", _share(scores.fields)
    rate = scores.errors / scores.characters if scores.characters else 0.0
    yield "character error rate", f"{rate:.3%} ({scores.errors}/{scores.characters})"
    yield "page sections", _share(scores.sections)
    yield "rotation", _share(scores.rotations)
    yield "seal recall", _share(scores.seals_true)
    yield "seal precision", _share(scores.seals_found)
    yield "owner exact", _share(scores.owners)
    yield "purpose", _share(scores.purposes)
    yield "seam state", _share(scores.seams)
    both = scores.missing_due + scores.missing_said
    yield "missing sheets F1", f"{2 * scores.missing_found / both:.3f}" if both else "-"
    yield "signature", _share(scores.signatures)
    yield from ((name, _share(tally)) for name, tally in scores.more.items())
    for key, tally in scores.evidence.items():
        yield f"evidence: {EVIDENCE[key]}", _share(tally)
    yield "clean packages: verdict clean", _share(scores.clean)
    bad = scores.false_errors.total - scores.false_errors.right
    yield "clean packages: with a false error", f"{bad}/{scores.false_errors.total}"
    yield "clean packages: most doubts on one", str(max(scores.doubts, default=0))
    yield "clean packages: most questions to a clerk", str(max(scores.questions, default=0))
    yield "wrong fields by key", _counts(scores.wrong_keys)
    yield "codes on clean packages", _counts(scores.clean_codes)
    total = sum(scores.planted.values())
    names = {"error": "planted: reported as error", "doubt": "planted: doubt", "silent": "planted: silent"}
    for outcome, name in names.items():
        yield name, f"{scores.planted[outcome] / total:.1%} ({scores.planted[outcome]}/{total})" if total else "-"
    total = sum(scores.defects.values())
    for outcome in scores.defects if total else ():
        share = scores.defects[outcome] / total
        yield f"seal defects: {outcome}", f"{share:.1%} ({scores.defects[outcome]}/{total})"
    yield "seal defects not reported", _counts(scores.missed_codes)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common() if count) or "-"


def _share(tally: Tally) -> str:
    return f"{tally.share:.2%} ({tally.right}/{tally.total})" if tally.share is not None else "-"
