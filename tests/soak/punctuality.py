"""How late scheduled runs begin while a worker of the same pool reads a year, three windows at a time.

Lateness is from the time that the schedule names to the first work of the run: to its row in `ops.runs`, when its
process is up, its tables are loaded and the mutex is its own. A tick that finds the one before still at work is cancelled
by the deployment's limit and counted apart. The Prefect server keeps its state in PostgreSQL, as in deploy/compose.yaml:
on SQLite three flow runs that write at once have it answer 503 until its worker gives up.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import Engine, text

from tests.crashes.verdicts import open_ends
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import free_port, prefect_server
from tests.flows.recording_server import RecordingServer
from tests.flows.recording_server import text as page
from tests.soak.prefect_programs import (
    ENDED,
    ask_for,
    dateline,
    ended,
    environment_of,
    running,
    until,
    windows_done,
)
from tests.soak.servers import connections, fresh_warehouse, prefect_database, soak_server

AT_ONCE = 3
ALLOWED_SECONDS = 60.0
# For the ticks that are at work when the backfill is done.
LAST_TICK_SECONDS = 120.0

TIDE_TOML = """
code = "tide"
name = "The Tide"
country = "NLD"
language = "en"
time_zone = "Europe/Amsterdam"
hosts = ["127.0.0.1"]
active = true
request_interval_seconds = 0.5

[[feeds]]
url = "{url}"
interval_seconds = 60
interval_minimum_seconds = 60
"""

ARTICLE = """<html lang="en"><head><title>Lock opens</title><meta property="article:published_time" content="{moment}">
<link rel="canonical" href="{url}"></head><body><article><h1>Lock opens at {moment}</h1>
<p>ROTTERDAM, The Tide. The lock of Rotterdam opened at {moment} for nine ships, the harbour master said on the quay.</p>
<p>He expects more of them within the hour, and asks their crews to wait outside of the breakwater until then.</p>
</article></body></html>"""


def run(folder: Path, settings: dict[str, int]) -> str:
    """A year of `days` (365) in three flow runs of one worker; a tick every `tick_seconds` (60)."""
    days, tick_seconds = settings.get("days", 365), settings.get("tick_seconds", 60)
    archive = write_archive(folder / "archive", date(2022, 1, 1), days=days, per_day=1)
    until_day = date.fromordinal(date(2022, 1, 1).toordinal() + days).isoformat()
    asked = {"publisher": "quay", "since": "2022-01-01", "until": until_day, "max_active": AT_ONCE, "rules_only": True, "paths": [str(archive)]}
    publishers, port, web = write_publisher(folder / "publishers"), free_port(), RecordingServer()
    _publish(web)
    (publishers / "tide.toml").write_text(TIDE_TOML.format(url=web.url("127.0.0.1", "/feed.xml")))
    web.start()
    environment = environment_of(folder, port, publishers) | {
        "DATELINE_ENVIRONMENT": "test", "DATELINE_OPEN_LOOPBACK": "1", "DATELINE_CONTACT": "desk@tide.example"}
    try:
        with soak_server(fsync="off") as server, fresh_warehouse(server) as (engine, url):
            environment["DATELINE_WAREHOUSE_URL"] = url
            with prefect_server(folder / "prefect", port, database=prefect_database(server)) as api:
                dateline("deploy", environment=environment)
                _tick_every(api, tick_seconds)
                log = folder / "worker.log"
                with running(log, environment, "prefect", "worker", "start", "--pool", "dateline"):
                    began = datetime.now(UTC)
                    flow_run_ids = [ask_for(api, "dateline-backfill/backfill", asked) for _ in range(AT_ONCE)]
                    until(lambda: all(ended(api, one) for one in flow_run_ids), "the backfill ends", seconds=3600)
                    finish = datetime.now(UTC)
                    states = [ended(api, one) for one in flow_run_ids]
                    assert states == ["COMPLETED"] * AT_ONCE, f"{states}: {log.read_text()[-2000:]}"
                    ticks = _ticks(api, engine, began, finish)
                    broken = [tick for tick in ticks if tick.state not in ("COMPLETED", "CANCELLED")]
                    assert not broken, f"{len(broken)} of {len(ticks)} ticks did not end well: {broken[0].state}: {broken[0].said}"
            # A tick that begins later, and in the middle of which the worker is stopped, is not the backfill's affair.
            ends = {name: count for name, count in open_ends(engine).items() if name in ("windows", "backfills")}
            assert ends == {}, f"not finished: {ends}"
            assert windows_done(engine) >= days, f"{windows_done(engine)} windows are done"
            fetched = _fetched(engine)
            assert fetched, f"no scheduled run has fetched anything: {ticks}"
            assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
    finally:
        web.stop()
    began_well = [tick for tick in ticks if tick.state == "COMPLETED"]
    started, late = (sorted(seconds) for seconds in zip(*((tick.started, tick.seconds) for tick in began_well), strict=True))
    p95 = late[math.ceil(0.95 * len(late)) - 1]
    assert p95 <= ALLOWED_SECONDS, f"95 % of {len(late)} ticks began within {p95:.0f} s: {[(round(tick.started), round(tick.seconds)) for tick in began_well]}"
    return (
        f"{days} windows, {AT_ONCE} at a time, in {(finish - began).total_seconds():.0f} s; of {len(ticks)} ticks one every {tick_seconds} s,"
        f" {len(ticks) - len(late)} were cancelled because the one before was at work; the others began late by {late[len(late) // 2]:.1f} s"
        f" (median), {p95:.1f} s (95 %), {late[-1]:.1f} s (most) and ended well (Prefect's state was Running"
        f" after {started[len(started) // 2]:.1f} s, median); {fetched} pages fetched meanwhile"
    )


def _publish(web: RecordingServer) -> None:
    """A feed that has a new article every minute."""

    def feed(_: dict[str, str]) -> Any:
        moment = datetime.now(UTC).replace(second=0, microsecond=0)
        link = web.put("127.0.0.1", f"/news/{moment:%H%M}", page(ARTICLE.format(
            moment=moment.isoformat(), url=web.url("127.0.0.1", f"/news/{moment:%H%M}"))))
        item = f"<item><title>Lock opens</title><link>{link}</link><pubDate>{moment:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        return page(f"<rss version='2.0'><channel><title>The Tide</title>{item}</channel></rss>", kind="application/rss+xml")

    web.pages["127.0.0.1", "/feed.xml"] = feed


def _tick_every(api: str, seconds: int) -> None:
    """One more schedule of the scheduled run, by rules alone."""
    found = requests.get(f"{api}/deployments/name/dateline-scheduled/scheduled", timeout=30).json()
    answer = requests.post(
        f"{api}/deployments/{found['id']}/schedules", timeout=30,
        json=[{"schedule": {"interval": seconds, "timezone": "UTC"}, "active": True, "parameters": {"rules_only": True, "processes": 0}}])
    answer.raise_for_status()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A scheduled run: what it ended in, how many seconds late its flow was `started` and its work began, and its log
    where it did not end well."""

    state: str
    started: float
    seconds: float
    said: str = ""


def _ticks(api: str, engine: Engine, began: datetime, finish: datetime) -> list[Tick]:
    """The scheduled runs whose time lies between the two, the last of them ended too."""
    deadline = time.monotonic() + LAST_TICK_SECONDS
    found = _scheduled(api, began, finish)
    while time.monotonic() < deadline and not all(one["state_type"] in ENDED for one in found):
        time.sleep(1)
        found = _scheduled(api, began, finish)
    with engine.connect() as connection:
        first_work = {str(row.flow_run_id): row.started_at for row in connection.execute(text(
            "SELECT flow_run_id, started_at FROM ops.runs WHERE kind = 'run'"))}
    return [_tick(api, one, first_work) for one in found]


def _tick(api: str, flow_run: Mapping[str, Any], first_work: Mapping[str, datetime]) -> Tick:
    expected = datetime.fromisoformat(flow_run["expected_start_time"])
    started = datetime.fromisoformat(flow_run["start_time"]) if flow_run["start_time"] else datetime.now(UTC)
    worked = first_work.get(flow_run["id"], datetime.now(UTC))
    is_well = flow_run["state_type"] in ("COMPLETED", "CANCELLED")
    return Tick(
        state=flow_run["state_type"], started=(started - expected).total_seconds(), seconds=(worked - expected).total_seconds(),
        said="" if is_well else f"{flow_run['state'].get('message')}\n{_log(api, flow_run['id'])}",
    )


def _scheduled(api: str, began: datetime, finish: datetime) -> list[dict[str, Any]]:
    answer = requests.post(f"{api}/flow_runs/filter", timeout=30, json={
        "deployments": {"name": {"any_": ["scheduled"]}}, "sort": "EXPECTED_START_TIME_DESC", "limit": 200,
        "flow_runs": {"expected_start_time": {"after_": began.isoformat(), "before_": finish.isoformat()}}})
    answer.raise_for_status()
    found: list[dict[str, Any]] = answer.json()
    return found


def _log(api: str, flow_run_id: str) -> str:
    """What the server keeps of the log of a flow run."""
    answer = requests.post(f"{api}/logs/filter", timeout=30, json={"logs": {"flow_run_id": {"any_": [flow_run_id]}}, "sort": "TIMESTAMP_ASC"})
    return "\n".join(f"{line['timestamp']} {line['message']}" for line in answer.json())


def _fetched(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM raw.captures WHERE url IS NOT NULL")) or 0)
