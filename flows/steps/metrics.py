"""A run in Prometheus' text format, for the textfile collector of a machine's exporter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from flows.steps.closing import LastRun
from pipeline.model.finding import Conclusion, Fault, Severity
from pipeline.model.run import RunRecord
from pipeline.store import write_whole

STAGE = "指标"


def metrics_text(record: RunRecord, last: LastRun, ended: float) -> bytes:
    """The last whole run in Prometheus' text format; `ended` in seconds since 1970."""
    registry = CollectorRegistry()
    plain = {
        "heyan_packages": ("Packages of the last whole run.", record.packages),
        "heyan_packages_failed": ("Packages that the program broke on.", record.failed),
        "heyan_pages": ("Pages of all packages and deliveries.", record.pages),
        "heyan_pages_cache_hits": ("Pages whose reading was known before the run.", record.cache_hits),
        "heyan_faults": ("What the program could not do.", len(record.faults)),
        "heyan_run_seconds": ("Seconds that the run took.", record.seconds),
        "heyan_last_success_timestamp_seconds": ("When the last whole run ended.", ended),
    }
    for name, (meaning, value) in plain.items():
        Gauge(name, meaning, registry=registry).set(value)
    severities = Counter(finding.severity for finding in last.findings)
    conclusions = Counter(last.conclusions)
    _labelled(registry, "findings", "severity", {each.value: severities[each] for each in Severity})
    _labelled(registry, "conclusions", "verdict", {each.value: conclusions[each] for each in Conclusion})
    _labelled(registry, "stage_seconds", "stage", dict(record.stages))
    return generate_latest(registry)


def _labelled(registry: CollectorRegistry, name: str, label: str, values: dict[str, float]) -> None:
    gauge = Gauge(f"heyan_{name}", f"The last whole run's {name} by {label}.", (label,), registry=registry)
    for key, value in values.items():
        gauge.labels(key).set(value)


def write_metrics(file: Path, content: bytes) -> tuple[Fault, ...]:
    """Write the file whole; a fault where it can't be written."""
    try:
        write_whole(file, content)
    except OSError:
        return (Fault(stage=STAGE, subject=file.name, message="Prometheus 指标文件写不进去"),)
    return ()
