"""Results held against the truth: counts only, so that packages and levels add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.model.finding import Outcome, Verdict
from pipeline.model.geometry import BBox
from pipeline.reports.report_view import grouped
from pipeline.values import fold
from samples.truth import PackageTruth, SealTruth
from tests.accuracy.tally import Tally

RUNNING_TEXT = ("unit_profile", "product_summary")
SEAL_IOU = 0.5
EVIDENCE_KEYS = ("found", "extra", "pages", "item", "kind", "owner", "year", "number", "valid_until", "sealed",
                 "revenue", "ai_revenue", "rd_spend", "other")  # fmt: skip
AMOUNTS = ("revenue", "ai_revenue", "rd_spend", "other")
COLOURLESS = "S161"
DOUBT = "Q102"
FATES = {"error": "found", "doubt": "undecided", "silent": "silent"}
"""What becomes of a planted defect, by what the run says."""
FORMS = str.maketrans("[]〔〕【】", "()()()")
"""Brackets of a report's number are told by no reader: they are one."""
PUNCTUATION = set(",.;:!?、()[]<>\"'·-~")

Result = Mapping[str, Any]


@dataclass
class Scores:
    """Everything measured at one level."""

    fields: Tally = field(default_factory=Tally)
    errors: int = 0
    characters: int = 0
    sections: Tally = field(default_factory=Tally)
    rotations: Tally = field(default_factory=Tally)
    seals_found: Tally = field(default_factory=Tally)
    seals_true: Tally = field(default_factory=Tally)
    owners: Tally = field(default_factory=Tally)
    purposes: Tally = field(default_factory=Tally)
    seams: Tally = field(default_factory=Tally)
    missing_found: int = 0
    missing_said: int = 0
    missing_due: int = 0
    signatures: Tally = field(default_factory=Tally)
    evidence: dict[str, Tally] = field(default_factory=lambda: {key: Tally() for key in EVIDENCE_KEYS})
    """Documents told apart (found), then what was read of each by key; `extra`: documents said that are some."""
    packages: int = 0
    clean: Tally = field(default_factory=Tally)
    false_errors: Tally = field(default_factory=Tally)
    doubts: list[int] = field(default_factory=list)
    """Warnings and tests left open on a clean package, each counted by itself."""
    questions: list[int] = field(default_factory=list)
    """The same as a clerk is asked them: what is open for one reason counts once."""
    wrong_keys: Counter[str] = field(default_factory=Counter)
    """Wrong fields by key."""
    clean_codes: Counter[str] = field(default_factory=Counter)
    """Codes that failed or stayed undecided on clean packages."""
    planted: dict[str, int] = field(default_factory=lambda: {"error": 0, "doubt": 0, "silent": 0})
    silent: list[str] = field(default_factory=list)
    defects: dict[str, int] = field(default_factory=lambda: {"error": 0, "doubt": 0, "silent": 0})
    """Defects of seals, seams and signatures: found, left undecided, passed over."""
    fates: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """The same by code: found, undecided, silent."""
    errors_on_clean: int = 0
    errors_besides: int = 0
    """Errors on packages with planted defects that are none of theirs."""
    missed_codes: Counter[str] = field(default_factory=Counter)
    more: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """Figures of other modules, by name."""


def plain(text: str) -> str:
    """Running text with punctuation folded away."""
    return "".join(char for char in fold(text) if char not in PUNCTUATION)


def score_reading(scores: Scores, truth: PackageTruth, result: Result) -> None:
    """Fields, running text, sections, rotation, seals, seams, signatures, evidence of one package."""
    scores.packages += 1
    _fields(scores, truth, result)
    _pages(scores, truth, result)
    _seals(scores, truth.seals, result["seals"], truth.identity)
    _seams(scores, truth, result)
    _signatures(scores, truth, result)
    _evidence(scores, truth, result)


def _evidence(scores: Scores, truth: PackageTruth, result: Result) -> None:
    """Documents, each held against the one that shares most of its pages; an amount not stated must not be read."""
    left = list(result["evidence"])
    for due in truth.evidence:
        pages = {(ref.file, ref.page) for ref in due.pages}
        best = max(left, key=lambda other: len(_sheets(other) & pages), default=None)
        where = f"{truth.identity} {due.item} {due.title}"
        found = best is not None and bool(_sheets(best) & pages)
        scores.evidence["found"].add(found, where)
        if best is None or not found:
            continue
        left.remove(best)
        scores.evidence["pages"].add(_sheets(best) == pages, f"{where} {sorted(pages)} -> {sorted(_sheets(best))}")
        for key in ("item", "kind", "owner", "year", "number", "valid_until", "sealed"):
            _evidence_value(scores, key, getattr(due, key), best[key], where)
        for key in AMOUNTS:
            _evidence_value(scores, key, due.amounts.get(key), best["amounts"].get(key), where)
    for document in result["evidence"]:
        name = f"{truth.identity} {document['file']} {document['pages']} {document['kind']}"
        scores.evidence["extra"].add(document not in left, name)


def _evidence_value(scores: Scores, key: str, due: object, said: object, where: str) -> None:
    """Count a value, unless it neither stands there nor was read."""
    if due in (None, "") and said in (None, "") and key != "sealed":
        return
    right = _form(due) == _form(said)
    scores.evidence[key].add(right, f"{where} {key}: {due!r} -> {said!r}")


def _form(value: object) -> object:
    return fold(value).translate(FORMS) if isinstance(value, str) else value


def _sheets(document: Result) -> set[tuple[str, int]]:
    """A document's pages, those in further files too."""
    own = {(document["file"], page) for page in document["pages"]}
    return own | {(ref["file"], ref["page"]) for ref in document.get("x_also", ())}


def score_defects(scores: Scores, truth: PackageTruth, result: Result) -> None:
    """Seams and signatures of a package with something wrong about its seals, and whether that is said."""
    _seams(scores, truth, result)
    _signatures(scores, truth, result)
    planted = {defect.code for defect in truth.planted}
    errors = [each["code"] for each in result["findings"] if each["severity"] == "error"]
    scores.errors_besides += sum(code not in planted for code in errors)
    for defect in truth.planted:
        said = _said_of(defect.code, result)
        scores.defects[said] += 1
        scores.fates[defect.code][FATES[said]] += 1
        if said != "error":
            scores.missed_codes[f"{defect.code} {said}"] += 1


def score_colourless(scores: Scores, result: Result) -> None:
    """Whether a copy without colour is said to be one."""
    scores.fates[COLOURLESS][FATES[_said_of(COLOURLESS, result)]] += 1


def _said_of(code: str, result: Result) -> str:
    """What the run says under a code."""
    if any(each["code"] == code for each in result["findings"]):
        return "error"
    undecided = any(each["code"] == code and each["outcome"] == "undecided" for each in result["verdicts"])
    return "doubt" if undecided else "silent"


def _signatures(scores: Scores, truth: PackageTruth, result: Result) -> None:
    for signature in truth.signatures:
        said = next((each for each in result["signatures"] if each["role"] == signature.role), None)
        present = said["present"] if said else None
        scores.signatures.add(present == signature.present, f"{truth.identity} {signature.present} -> {present}")


def _fields(scores: Scores, truth: PackageTruth, result: Result) -> None:
    for key, value in truth.fields.items():
        read = result["fields"].get(key, {}).get("value")
        if key in RUNNING_TEXT and isinstance(value, str):
            scores.errors += Levenshtein.distance(plain(value), plain(read or ""))
            scores.characters += len(plain(value))
            continue
        expected = list(value) if isinstance(value, tuple) else value
        scores.wrong_keys[key] += read != expected
        scores.fields.add(read == expected, f"{truth.identity} {key}: {expected!r} -> {read!r}")


def _pages(scores: Scores, truth: PackageTruth, result: Result) -> None:
    read = {(page["file"], page["page"]): page for page in result["pages"]}
    for page in truth.pages:
        got = read.get((page.file, page.page), {})
        where = f"{truth.identity} {page.file}:{page.page}"
        scores.sections.add(got.get("section") == page.section, f"{where} {page.section} -> {got.get('section')}")
        if page.section != "blank":
            scores.rotations.add(
                got.get("rotation") == page.rotation, f"{where} {page.rotation} -> {got.get('rotation')}"
            )


def _seals(scores: Scores, due: Sequence[SealTruth], said: Sequence[Result], identity: str) -> None:
    left = list(said)
    for seal in due:
        box = BBox(*seal.bbox)
        near = [
            other
            for other in left
            if (other["file"], other["page"]) == (seal.file, seal.page) and box.iou(BBox(*other["bbox"])) >= SEAL_IOU
        ]
        best = max(near, key=lambda other: box.iou(BBox(*other["bbox"])), default=None)
        where = f"{identity} {seal.file}:{seal.page} {seal.shape} {seal.text}"
        scores.seals_true.add(best is not None, where)
        if best is None:
            continue
        left.remove(best)
        scores.owners.add(fold(best["text"]) == fold(seal.text), f"{where} -> {best['text']}")
        scores.purposes.add(best["purpose"] == seal.purpose, f"{where} {seal.purpose} -> {best['purpose']}")
    for seal in said:
        scores.seals_found.add(
            seal not in left, f"{identity} {seal['file']}:{seal['page']} {seal['bbox']} {seal['text']}"
        )


def _seams(scores: Scores, truth: PackageTruth, result: Result) -> None:
    states = sorted(seam.state for seam in truth.seams)
    said = sorted(seam["state"] for seam in result["seams"])
    scores.seams.add(states == said, f"{truth.identity} {states} -> {said}")
    due = {(ref.file, ref.page) for seam in truth.seams for ref in seam.missing}
    named = {(ref["file"], ref["page"]) for seam in result["seams"] for ref in seam["missing"]}
    scores.missing_due += len(due)
    scores.missing_said += len(named)
    scores.missing_found += len(due & named)


def score_clean(scores: Scores, truth: PackageTruth, result: Result) -> None:
    """Findings on a package without defects: every error is false, every doubt counts."""
    errors = [finding for finding in result["findings"] if finding["severity"] == "error"]
    scores.clean.add(result["verdict"] == "clean", f"{truth.identity} {result['verdict']}")
    scores.false_errors.add(
        not errors,
        f"{truth.identity} " + "; ".join(f"{each['code']} {each['field']} {each['message']}" for each in errors),
    )
    scores.errors_on_clean += len(errors)
    warnings = [finding for finding in result["findings"] if finding["severity"] == "warning"]
    undecided = {(each["code"], each["subject"]) for each in result["verdicts"] if each["outcome"] == "undecided"}
    told = {(each["code"], each["subject"]) for each in warnings}
    scores.clean_codes.update(each["code"] for each in (*errors, *warnings))
    scores.clean_codes.update(f"{code} undecided" for code, _ in undecided)
    scores.doubts.append(len(told | undecided))
    scores.questions.append(len(told) + len(_open_questions(result)))


def _open_questions(result: Result) -> tuple[tuple[Verdict, ...], ...]:
    """What is open and stands in no finding, as the checklist asks it: for one reason once, whatever codes it opens."""
    doubted = {each["field"] or each["subject"] for each in result["findings"] if each["code"] == DOUBT}
    verdicts = [Verdict.model_validate({**each, "places": ()}) for each in result["verdicts"]]
    return grouped(
        verdict
        for verdict in verdicts
        if verdict.outcome is Outcome.UNDECIDED and not {verdict.field, verdict.subject} & doubted
    )


def score_planted(scores: Scores, planted: Mapping[str, str], result: Result, identity: str) -> None:
    """Differences planted in the online filing (key -> altered value): error, doubt or silence."""
    for key, altered in planted.items():
        outcome = _outcome(key, result)
        scores.planted[outcome] += 1
        if outcome != "error":
            read = result["fields"].get(key, {}).get("value")
            scores.silent.append(f"{identity} {key} {outcome}: paper {str(read)[:60]!r}, filed {altered[:60]!r}")


def _outcome(key: str, result: Result) -> str:
    """What the run says of a field's comparison."""
    own = [each for each in result["findings"] if each["field"] == key]
    if any(each["code"] in ("X101", "R111") for each in own):
        return "error"
    doubted = any(each["code"] == "Q102" for each in own) or any(
        each["code"] == "X101" and each["subject"] == key and each["outcome"] == "undecided"
        for each in result["verdicts"]
    )
    return "doubt" if doubted else "silent"
