"""The main job through Prefect: against a server that is up, what its users see there."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from flows.cli import cli
from flows.replay_tasks import check_cluster
from flows.replaying import ReplayJob
from tests.flows.loaded_samples import load_samples
from tests.flows.prefect_servers import ask, delete, deployed, post, prefect_server
from transforms.failures import ConfigurationError

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A Prefect server for the tests of this file: what the environment of its clients has to say."""
    home = tmp_path_factory.mktemp("prefect")
    with prefect_server(home) as url:
        yield {"PREFECT_API_URL": url, "PREFECT_HOME": str(home)}


def tasks_of(url: str, flow_run_id: str, wanted: set[str]) -> list[dict[str, Any]]:
    """The task runs of a run. The server records them from events, a moment after the run has ended."""
    for _ in range(1200):
        found = [task for task in ask(url, "task_runs") if task["flow_run_id"] == flow_run_id]
        if wanted <= {task["name"] for task in found}:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{wanted} are not all among {[task['name'] for task in found]}")


def test_a_run_is_seen_on_the_server_with_its_tasks_and_artifacts(warehouse_url: str, prefect: dict[str, str]) -> None:
    url = prefect["PREFECT_API_URL"]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", "--samples", "--rules-only", "--batch-size", "5"],
        env=os.environ | prefect | {"DATELINE_WAREHOUSE_URL": warehouse_url},
        capture_output=True, text=True, timeout=900, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"Prefect: the server at {url}" in done.stderr
    (run,) = [one for one in ask(url, "flow_runs") if one["name"].startswith("samples-")]
    assert run["state_type"] == "COMPLETED"
    assert {"dateline", "kind:samples"} <= set(run["tags"])
    wanted = {"capture-samples", "extract-1", "extract-2", "extract-3", "cluster-1", "annotate-1", "check-the-run"}
    # A task with tags asks for a concurrency slot for each, and waits for the answer: a quarter of the time once.
    assert not any(task["tags"] for task in tasks_of(url, run["id"], wanted))
    artifacts = {artifact["key"]: artifact["data"] for artifact in ask(url, "artifacts")}
    assert '"outcome": "new"' in artifacts["dateline-counts"]
    assert "Erdoğan" in artifacts["dateline-articles"]


def test_the_brief_is_a_flow_run_with_a_page_and_an_artifact(warehouse_url: str, prefect: dict[str, str], tmp_path: Path) -> None:
    url = prefect["PREFECT_API_URL"]

    given = {"day": "2022-05-11", "zone": "Asia/Almaty", "folder": str(tmp_path / "briefs")}
    done = subprocess.run(
        [sys.executable, "-c", f"from flows.report import report; report(**{given!r}); print('well'); report(day='yesterday')"],
        env=os.environ | prefect | {"DATELINE_WAREHOUSE_URL": warehouse_url},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.stdout == "well\n", done.stderr
    page = tmp_path / "briefs" / "brief-2022-05-11.html"
    assert "Wednesday, 11 May 2022" in page.read_text("utf-8")
    [artifact] = [one for one in ask(url, "artifacts") if one["key"] == "dateline-brief"]
    assert str(page) in artifact["data"] and "(Asia/Almaty)" in artifact["data"]

    assert "must look like 2024-05-31" in done.stderr
    states = [run["state_type"] for run in ask(url, "flow_runs") if run["name"] == "report"]
    assert sorted(states) == ["COMPLETED", "FAILED"]


def test_prefects_own_deploy_finds_nothing_to_change_after_datelines(prefect: dict[str, str]) -> None:
    """Both write the same deployments; Prefect's command line asks the server what FastAPI from 0.151 on refuses."""

    def ends_well(*command: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *command], env=os.environ | prefect, capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    ends_well("flows.cli", "deploy")
    made = deployed(prefect["PREFECT_API_URL"])
    assert {(one["name"], slug, is_active) for one in made for slug, is_active in one["schedules"]} == {
        ("scheduled", "every-ten-minutes", True), ("reap", "every-five-minutes", True), ("replay", "stale-at-night", False),
            ("report", "every-morning", False),
    }
    ends_well("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(DEPLOY / "prefect.yaml"))
    assert deployed(prefect["PREFECT_API_URL"]) == made


def test_prefects_own_server_takes_the_automations(prefect: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "automation", "create", "--from-file", str(DEPLOY / "automations.yaml")],
        env=os.environ | prefect, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = ask(prefect["PREFECT_API_URL"], "automations")
    assert {one["name"] for one in made if one["enabled"]} == {
        "dateline-scheduled-runs-are-missing", "dateline-reap-after-a-crash", "dateline-publisher-is-silent",
    }


def test_a_replay_is_shared_among_tasks(engine: Engine, warehouse_url: str, prefect: dict[str, str]) -> None:
    """Here in processes; a Dask cluster is another runner of the same tasks."""
    load_samples(engine)
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "replay", "--rules-only", "--tasks", "2", "--batch-size", "3", "--json"],
        env=os.environ | prefect | {"DATELINE_WAREHOUSE_URL": warehouse_url},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stages = json.loads(done.stdout)["stages"]
    assert stages["share"]["rows"] > 0
    assert "annotated" not in stages["annotate"], "the tasks left something undone"


def test_a_cluster_that_cannot_be_used_is_told_before_anything_begins(warehouse_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = "tcp://127.0.0.1:1"
    with pytest.raises(ConfigurationError, match="set DATELINE_WAREHOUSE_URL here and there"):
        check_cluster(ReplayJob(tasks=2, cluster=cluster))
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    with pytest.raises(ConfigurationError, match=r"dateline\[dask\]"):
        check_cluster(ReplayJob(tasks=2, cluster=cluster))
    assert "--cluster wants to know how many" in CliRunner().invoke(cli, ["replay", "--cluster", cluster]).output


SERVING = """
import os, signal
from dataclasses import replace
from flows.orchestration.deployments import DEPLOYMENTS
from flows.orchestration.prefect_deployments import runner_deployment
from flows.orchestration.serving import serve_deployments

def told_at_once():
    os.kill(os.getpid(), signal.SIGTERM)
    yield runner_deployment(replace(DEPLOYMENTS[0], name="{name}"), pool=None)

serve_deployments(told_at_once(), limit=1)
"""


def test_a_serve_that_is_ended_as_it_begins_leaves_no_schedule_active(prefect: dict[str, str]) -> None:
    url = prefect["PREFECT_API_URL"]
    done = subprocess.run(
        [sys.executable, "-c", SERVING.format(name="brief")], env=os.environ | prefect, capture_output=True, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [made] = [one for one in ask(url, "deployments") if one["name"] == "brief"]
    delete(f"{url}/deployments/{made['id']}")
    assert made["paused"]


HEARING = """
import asyncio
from uuid import UUID
from prefect.runner import Runner
from flows.orchestration.serving import hear_cancellations

async def main():
    heard = asyncio.Queue()
    async with Runner() as runner:
        observer = runner._cancelling_observer
        observer.on_cancelling = heard.put_nowait
        # What an outage of the server leaves of it.
        observer._consumer_task.cancel()
        observer.add_in_flight_flow_run_id(UUID("{flow_run_id}"))
        listening = asyncio.create_task(hear_cancellations(runner, seconds=0.2))
        print(await asyncio.wait_for(heard.get(), 600))
        listening.cancel()

asyncio.run(main())
"""


def test_a_cancellation_is_heard_though_prefects_own_observer_is_lost(prefect: dict[str, str]) -> None:
    url = prefect["PREFECT_API_URL"]
    flow_id = post(f"{url}/flows/", name="long")["id"]
    made = post(f"{url}/flow_runs/", flow_id=flow_id, state={"type": "CANCELLING"})
    done = subprocess.run(
        [sys.executable, "-c", HEARING.format(flow_run_id=made["id"])], env=os.environ | prefect, capture_output=True, text=True,
        timeout=900, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == made["id"], done.stderr
