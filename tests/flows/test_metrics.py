from __future__ import annotations

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from flows.steps.metrics import metrics_text, write_metrics
from tests.flows.examples import finished


def samples(text: bytes) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(text.decode())
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def test_what_a_run_came_to_can_be_parsed() -> None:
    run = finished(failed=1)
    assert samples(metrics_text(run.record, run.last, 1637340000.5)) == {
        ("heyan_packages",): 4,
        ("heyan_packages_failed",): 1,
        ("heyan_pages",): 120,
        ("heyan_pages_cache_hits",): 100,
        ("heyan_faults",): 1,
        ("heyan_run_seconds",): 3725,
        ("heyan_last_success_timestamp_seconds",): 1637340000.5,
        ("heyan_findings", "error"): 6,
        ("heyan_findings", "warning"): 4,
        ("heyan_findings", "info"): 0,
        ("heyan_conclusions", "clean"): 0,
        ("heyan_conclusions", "look"): 0,
        ("heyan_conclusions", "correct"): 3,
        ("heyan_conclusions", "failed"): 1,
        ("heyan_stage_seconds", "识别"): 3600,
        ("heyan_stage_seconds", "核验"): 100.5,
    }


def test_the_file_is_replaced_whole_and_one_that_cannot_be_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "heyan.prom"
    file.write_text("before")
    assert write_metrics(file, b"after\n") == ()
    assert file.read_bytes() == b"after\n" and list(tmp_path.iterdir()) == [file]
    (fault,) = write_metrics(file / "below" / "x.prom", b"")
    assert fault.stage == "指标"
