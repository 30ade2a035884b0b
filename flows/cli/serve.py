"""`heyan serve`: the nightly run on its schedule."""

from __future__ import annotations

from flows.orchestration.serving import Schedule, serve_nights
from flows.steps.arrival import ShareAway, refuse_absent
from flows.steps.inputs import Call, refuse_unusable
from pipeline.remote import RemoteAway, RemotePlace


def serve_inbox(call: Call, cron: str, timezone: str) -> int:
    """Wait for the schedule's hours and run then, until the process is ended; the exit status is 0.

    Raises:
        UsageProblem: The call or the schedule is unusable.
    """
    try:
        refuse_absent(call)
        for address in call.away.values():
            RemotePlace(address).files()
    except (ShareAway, RemoteAway) as away:
        print(f"提醒：{away}；到核验时间会再试。", flush=True)
    else:
        refuse_unusable(call, unfetched=call.away)
    serve_nights(call, Schedule(cron, timezone))
    return 0
