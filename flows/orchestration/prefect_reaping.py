"""Runs that Prefect's server takes for running though the ledger knows their end: a process or a server was gone."""

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled, Completed, Crashed, Failed
from sqlalchemy import Engine

from flows.processes.worker_names import is_dead_here
from warehouse.ops import runs

# Longer than a flow run that has done its work waits for a server to tell it so.
TOLD_WITHIN = timedelta(minutes=10)
STATES = {"succeeded": Completed, "failed": Failed, "canceled": Cancelled, "crashed": Crashed}


def close_ended_runs(engine: Engine) -> int:
    """Give such runs the state that the ledger says they ended in; how many.

    A run whose process may still be about to tell it is left alone. Raises httpx.HTTPError where the server is away.
    """
    open_runs = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.CANCELLING])),
        tags=FlowRunFilterTags(all_=["dateline"]),
    )
    with get_client(sync_client=True) as client:
        ids = {str(one.id): one.id for one in client.read_flow_runs(flow_run_filter=open_runs)}
        with engine.connect() as connection:
            ended = runs.ended_flow_runs(connection, list(ids))
        lost = [one for one in ended if is_dead_here(one.worker) or one.finished_at < datetime.now(UTC) - TOLD_WITHIN]
        for one in lost:
            said = f"Dateline's ledger: it ended at {one.finished_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC as {one.state}."
            client.set_flow_run_state(ids[one.flow_run_id], STATES[one.state](message=said), force=True)
    return len(lost)
