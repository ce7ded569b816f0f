"""`dateline reap` and the alarms as a Prefect flow: housekeeping, every few minutes."""

from typing import Any

from prefect import flow
from prefect.events import emit_event

from flows.health.alarms import alert_urls, find_alarms, send_alarms
from flows.orchestration.flow_warehouse import flow_warehouse
from flows.orchestration.prefect_reaping import close_ended_runs
from flows.processes.reaping import reap_all
from warehouse.ops.health import measure

# Which alarm is Prefect's event of which name: automations may act on them.
EVENTS = {"publisher_silent": "dateline.publisher.silent", "layout_changed": "dateline.publisher.layout-changed"}


@flow(name="dateline-reap", persist_result=False)
def reap() -> dict[str, Any]:
    """Put back what dead workers hold, then tell what is wrong: as events to Prefect, and to DATELINE_ALERT_URLS."""
    with flow_warehouse("reap") as engine:
        reaped = reap_all(engine)
        closed = close_ended_runs(engine)
        with engine.connect() as connection:
            alarms = find_alarms(measure(connection))
    for alarm in alarms:
        kind = "publisher" if alarm.code in EVENTS else "warehouse"
        emit_event(
            event=EVENTS.get(alarm.code, f"dateline.{alarm.code.replace('_', '-')}"),
            resource={"prefect.resource.id": f"dateline.{kind}.{alarm.subject}", "prefect.resource.name": alarm.subject},
            payload={"code": alarm.code, "sentence": alarm.sentence},
        )
    send_alarms(alarms, alert_urls())
    return {"reaped": str(reaped), "closed_flow_runs": closed, "alarms": [alarm.sentence for alarm in alarms]}
