"""Every document validates against its committed schema, and says what the contract says it says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from pipeline.model.finding import Outcome, Severity
from pipeline.model.package import Delivery, DeliveryResult, Package, Result
from pipeline.model.run import RunRecord
from pipeline.notices.profile import load_profile
from pipeline.reports.files import json_bytes, result_folder, result_steps
from pipeline.reports.pictures import NoPictures
from pipeline.reports.products import write_delivery, write_report, write_result, write_run
from pipeline.reports.result_json import delivery_document, result_document, run_document, worst_outcomes
from pipeline.reports.schema import schema
from tests.pipeline.reports import examples

SECTION_4 = {
    "contract", "package", "status", "error", "verdict", "recommender", "online_no", "files", "pages", "fields",
    "mentions", "witnesses", "indicators", "taskbooks", "seals", "seams", "signatures", "evidence", "verdicts",
    "checks", "faults", "findings",
}  # fmt: skip
EMPTY = Result(package=Package(identity="a", delivery="a"), conclusion="look")


def problems(name, document):
    return [error.message for error in Draft202012Validator(schema(name)).iter_errors(document)]


@pytest.mark.parametrize("name", ["result", "delivery", "run"])
def test_schema_is_a_schema(name):
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("result", result_document(examples.result())),
        ("result", result_document(examples.clean_result())),
        ("result", result_document(examples.failed_result())),
        ("result", result_document(EMPTY)),
        ("delivery", delivery_document(examples.delivery_result())),
        ("delivery", delivery_document(DeliveryResult(delivery=Delivery(name="a")))),
        ("run", run_document(examples.run_record())),
        ("run", run_document(RunRecord())),
    ],
)
def test_documents_validate(name, document):
    assert problems(name, document) == []


@pytest.mark.parametrize("result", [examples.result(), examples.failed_result(), EMPTY])
def test_every_key_is_there(result):
    assert set(result_document(result)) == SECTION_4


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "fine"}, {"contract": 2}, {"surplus": 1}, {"status": "failed"}, {"checks": {"X101": "maybe"}},
        {"fields": {"nickname": {}}}, {"seams": [{"state": "whole"}]},
    ],
)  # fmt: skip
def test_schema_refuses_what_the_contract_does_not_know(change):
    assert problems("result", {**result_document(examples.result()), **change})


def test_schema_lets_our_own_keys_stand_beside():
    assert problems("result", {**result_document(examples.result()), "x_note": "自用"}) == []


def test_shared_definitions_are_the_same_in_all_schemas():
    everything = [schema(name)["$defs"] for name in ("result", "delivery", "run")]
    for definitions in everything[1:]:
        assert all(everything[0].get(key, value) == value for key, value in definitions.items())


def test_field_with_its_places_and_readings():
    email = result_document(examples.result())["fields"]["leader_email"]
    assert (email["value"], email["file"], email["page"]) == ("lixm@example.cn", examples.SCAN, 2)
    assert email["bbox"] == email["places"][0]["bbox"] == [0.35, 0.27, 0.65, 0.3]
    assert email["readings"] == [{"reader": "paddle", "layer": "full", "text": "1ixm@example.cn", "confidence": 0.6}]


def test_directions_are_numbers_and_blank_cells_are_not_missing_ones():
    document = result_document(examples.result())
    assert document["fields"]["directions"]["value"] == [5, 16]
    row = document["indicators"][0]
    assert (row["target"], row["note"]) == ("", None)
    assert set(row["cells"]) == {"name", "current", "target"}


def test_witnesses_carry_values_and_the_filing_its_number():
    witnesses = result_document(examples.result())["witnesses"]
    assert witnesses["online"]["no"] == "SC2021-0007"
    assert witnesses["online"]["submitted_at"] == "2021-11-12 16:20:05"
    assert witnesses["online"]["revenue"] == "23465.78"
    assert witnesses["editable"]["revenue"] == "23456.78"
    assert "no" not in witnesses["editable"]
    assert result_document(EMPTY)["witnesses"] == {"online": {}, "editable": {}}


def test_checks_keep_the_worst_outcome_of_a_code():
    checks = result_document(examples.result())["checks"]
    assert checks["X101"] == "failed"
    assert checks["S101"] == "passed"
    assert checks["R103"] == "not_applicable"
    assert checks["Q102"] == "undecided", "a finding out of doubt has no verdict of its own"


def test_undecided_weighs_more_than_passed():
    verdicts = [examples.verdict("F104", "a", Outcome.PASSED), examples.verdict("F104", "b", Outcome.UNDECIDED)]
    assert worst_outcomes(verdicts, ()) == {"F104": "undecided"}


def test_findings_stand_worst_first():
    severities = [finding["severity"] for finding in result_document(examples.result())["findings"]]
    assert severities == sorted(severities, key=list(Severity).index)


def test_order_of_judging_does_not_show():
    whole = examples.result()
    turned = whole.model_copy(
        update={"verdicts": whole.verdicts[::-1], "findings": whole.findings[::-1], "faults": whole.faults[::-1]}
    )
    assert json_bytes(result_document(turned)) == json_bytes(result_document(whole))


def test_start_of_the_run_is_not_in_run_json():
    assert "2021-11-20" not in json.dumps(run_document(examples.run_record()))


def test_written_files(tmp_path):
    write_report(tmp_path, examples.result(), NoPictures(), load_profile())
    write_result(tmp_path, examples.result())
    write_delivery(tmp_path, examples.delivery_result())
    write_run(tmp_path, examples.run_record())
    written = tmp_path / "results" / "成都市" / examples.APPLICANT / "result.json"
    assert json.loads(written.read_text(encoding="utf-8"))["package"] == examples.IDENTITY
    assert written.read_bytes().endswith(b"}\n")
    names = {path.relative_to(tmp_path).name for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"report.html", "result.json", "delivery.json", "run.json"}


@pytest.mark.parametrize("identity", ["../../etc/x", "/etc/passwd", "a/../../b", "..", "", "a\x00b", "長" * 400])
def test_no_identity_leads_out_of_the_results(tmp_path, identity):
    folder = result_folder(tmp_path, identity)
    assert folder.resolve().is_relative_to((tmp_path / "results").resolve())
    assert folder != tmp_path / "results"
    folder.mkdir(parents=True)


def test_long_names_stay_apart():
    assert result_steps("長" * 400) != result_steps("長" * 399)


def test_broken_file_names_are_escaped_not_fatal():
    assert json.loads(json_bytes({"path": "坏\udc80.pdf"}))["path"] == "坏\udc80.pdf"
