"""What is kept of a judged package tells all that is shown of it; what says the same as before is not written again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from checks.judgement import Judgement
from flows.steps.judged import Judged, looked_key
from flows.steps.judging import UNSHOWN
from flows.steps.writing import PRODUCTS, WritingJob, is_written, write_package_job
from pipeline.model.evidence import Char
from pipeline.model.package import Package, PackageFiles, Result
from pipeline.notices.profile import DEFAULT_NOTICE, load_profile
from pipeline.reports.checklist import checklist_of
from pipeline.reports.files import json_bytes, result_folder
from pipeline.reports.pictures import NoPictures
from pipeline.reports.report_html import report_html
from pipeline.reports.result_json import result_document
from pipeline.store import Store
from tests.extractors.records import line
from tests.pipeline.reports import examples


def spelt(node: Any) -> Any:
    """A record's document with a character for every character read."""
    if isinstance(node, list):
        return [spelt(each) for each in node]
    if not isinstance(node, dict):
        return node
    told = {key: spelt(value) for key, value in node.items()}
    read = node.get("raw", node.get("text"))
    if isinstance(read, str) and "chars" in node:
        told["chars"] = [Char(text=char, confidence=0.9).model_dump(mode="json") for char in read]
    if "rotation" in node:
        told["lines"] = [line("揭榜单位申报表").model_dump(mode="json")]
    return told


def read_package() -> Package:
    """A judged package with all its lines and characters."""
    return Package.model_validate_json(json.dumps(spelt(json.loads(examples.package().model_dump_json()))))


def characters(node: Any) -> int:
    """How many records of a document say their characters one by one, or are lines of a page."""
    if isinstance(node, list):
        return sum(map(characters, node))
    if not isinstance(node, dict):
        return 0
    return bool(node.get("chars")) + bool(node.get("lines")) + sum(map(characters, node.values()))


def told(part: Any) -> Any:
    return TypeAdapter(type(part)).dump_python(part, mode="json")


def test_what_is_left_out_of_a_judged_package_is_shown_nowhere(tmp_path: Path) -> None:
    whole, store, profile = read_package(), Store(tmp_path), load_profile()
    store.put("looked/one", whole, without=UNSHOWN)
    kept = store.get("looked/one", Package)
    assert kept is not None
    left_of_paper = [kept.paper, kept.pages, kept.evidence, kept.seals]
    assert characters(told(whole.paper)) and characters(told(whole.pages)) and characters(told(whole.seals))
    assert sum(characters(told(part)) for part in left_of_paper) == 0
    shown = [
        (
            json_bytes(result_document(result)),
            report_html(result, NoPictures(), profile),
            repr(checklist_of(result, profile)),
        )
        for result in (examples.result().model_copy(update={"package": package}) for package in (whole, kept))
    ]
    assert shown[0] == shown[1]


def job(tmp_path: Path, judging: str) -> WritingJob:
    files = PackageFiles(identity=examples.IDENTITY, delivery="成都市", files=())
    return WritingJob(files, judging, (), "", str(tmp_path / "out"), str(tmp_path / "store"), DEFAULT_NOTICE)


def judge(tmp_path: Path, key: str, result: Result) -> None:
    store = Store(tmp_path / "store")
    judgement = Judgement(verdicts=result.verdicts, findings=result.findings, conclusion=result.conclusion)
    store.put(looked_key(key), result.package, without=UNSHOWN)
    store.put(key, Judged(judgement=judgement, online=result.online))


def standing(tmp_path: Path) -> dict[str, tuple[int, bytes]]:
    folder = result_folder(tmp_path / "out", examples.IDENTITY)
    return {name: ((folder / name).stat().st_ino, (folder / name).read_bytes()) for name in PRODUCTS}


def test_a_package_judged_as_before_under_other_rules_is_not_written_again(tmp_path: Path) -> None:
    for key in ("judged/one", "judged/two"):
        judge(tmp_path, key, examples.result())
    write_package_job(job(tmp_path, "judged/one"))
    before = standing(tmp_path)
    assert is_written(job(tmp_path, "judged/one")) and is_written(job(tmp_path, "judged/two"))
    write_package_job(job(tmp_path, "judged/two"))
    assert standing(tmp_path)["report.html"] == before["report.html"]  # nor drawn anew where all is asked for


def test_a_package_judged_otherwise_is_written_again(tmp_path: Path) -> None:
    result = examples.result()
    judge(tmp_path, "judged/one", result)
    judge(tmp_path, "judged/two", result.model_copy(update={"findings": result.findings[1:]}))
    write_package_job(job(tmp_path, "judged/one"))
    before = standing(tmp_path)
    assert not is_written(job(tmp_path, "judged/two"))
    write_package_job(job(tmp_path, "judged/two"))
    after = standing(tmp_path)
    assert all(after[name][1] != before[name][1] for name in ("result.json", "report.html"))


def test_files_that_were_touched_are_written_again_though_they_would_say_the_same(tmp_path: Path) -> None:
    for key in ("judged/one", "judged/two"):
        judge(tmp_path, key, examples.result())
    write_package_job(job(tmp_path, "judged/one"))
    before = standing(tmp_path)
    folder = result_folder(tmp_path / "out", examples.IDENTITY)
    (folder / "result.json").write_bytes(b"{}")
    (folder / "report.html").unlink()
    assert not is_written(job(tmp_path, "judged/two"))
    write_package_job(job(tmp_path, "judged/two"))
    assert {name: content for name, (_, content) in standing(tmp_path).items() if name != "核验单.docx"} == {
        name: content for name, (_, content) in before.items() if name != "核验单.docx"
    }
