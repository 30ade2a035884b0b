"""A finished run with findings that hold what must never be told elsewhere."""

from __future__ import annotations

from flows.steps.batch import Finished
from flows.steps.closing import LastRun
from pipeline.model.finding import Fault
from pipeline.model.run import KnownFinding, RunRecord

SECRETS = ("13812345678", "91510100MA6CCCC123", "32TFLOPS", "028-85551234", "45.6")
PACKAGES = ("成都市/甲公司", "成都市/乙公司 13812345678", "绵阳市/丙公司_91510100MA6CCCC123", "绵阳市/丁公司")


def finished(failed: int = 0) -> Finished:
    findings = tuple(
        KnownFinding(id=f"{package}/{number}", package=package, code="X101", severity=severity, message=message)
        for package, count, severity in zip(PACKAGES, (1, 3, 2, 4), ("error", "error", "error", "warning"), strict=True)
        for number, message in zip(range(count), SECRETS, strict=False)
    )
    conclusions = ("correct", "correct", "correct", "failed" if failed else "look")
    record = RunRecord(
        seconds=3725.0,
        pages=120,
        packages=4,
        failed=failed,
        cache_hits=100,
        stages=(("识别", 3600.0), ("核验", 100.5)),
        faults=(Fault(stage="识别", subject="a.pdf 第1页", message="超过 180 秒未完成"),),
    )
    return Finished(record, LastRun(packages=PACKAGES, conclusions=conclusions, findings=findings))
