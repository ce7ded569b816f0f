"""Flows that a person waits for: what the work came to reaches them, whatever became of Prefect's server meanwhile."""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

import httpx
from prefect import flow, tags
from prefect.exceptions import Abort
from prefect.settings import PREFECT_API_URL

from flows.orchestration.prefect_artifacts import shown
from flows.orchestration.prefect_settings import answers, changed_settings
from flows.orchestration.terminations import heard_terminations
from transforms.failures import ConfigurationError

# How long a server is waited for that is away when the work has ended.
AWAITED_SECONDS = 10.0
ASK_AGAIN_SECONDS = 0.5

Answer = TypeVar("Answer")

logger = logging.getLogger(__name__)


def run_at_the_prompt(
    flow_name: str, run_name: str, *tag_names: str, work: Callable[[], Answer], show: Callable[[Answer], None],
    parameters: Mapping[str, Any] | None = None,
) -> Answer:
    """Do `work` inside a run of a flow with these names, tags and parameters, and `show` its artifacts; what it came to.

    Raises what `work` raises, and ConfigurationError where Prefect did not let the run begin. A server that is away at
    the end is told in the log. The run sends no heartbeats: they put its end off by up to a second, and whether it
    lives, `ops.runs` tells.
    """
    outcome: Future[Answer] = Future()

    @flow(name=flow_name, flow_run_name=run_name, persist_result=False, validate_parameters=False)
    def at_the_prompt(parameters: dict[str, Any]) -> Answer:
        try:
            outcome.set_result(work())
        except BaseException as failure:  # noqa: BLE001 - it is raised again below, once Prefect's server was looked for
            outcome.set_exception(failure)
        # Prefect itself would ask for minutes, twice, and print a traceback each time.
        if not _comes_back():
            raise Abort("Prefect's server is away")
        answer = outcome.result()
        with shown():
            show(answer)
        return answer

    try:
        with tags(*tag_names), changed_settings(flows={"heartbeat_frequency": None}), heard_terminations():
            at_the_prompt(dict(parameters or {}))
    except (Abort, httpx.HTTPError) as ending:
        server = f"The Prefect server at {PREFECT_API_URL.value() or 'this process'}"
        if not outcome.done():
            raise ConfigurationError(f"{server} did not let the run begin: {ending or type(ending).__name__}") from ending
        logger.warning(
            "%s did not answer when the work %s; what it came to is in the ledger. Its run may show as Running there:"
            " `dateline reap` closes it.", server, "was done" if outcome.exception() is None else "had failed",
        )
    return outcome.result()


def _comes_back() -> bool:
    """Whether the server is there, now or in a moment. One of this process alone is."""
    url, deadline = PREFECT_API_URL.value(), time.monotonic() + AWAITED_SECONDS
    while url is not None and not answers(url):
        if time.monotonic() > deadline:
            return False
        time.sleep(ASK_AGAIN_SECONDS)
    return True
