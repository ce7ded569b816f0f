"""How late scheduled runs begin while a worker of the same pool reads a year, three windows at a time."""

import math
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
from tests.soak.prefect_programs import ask_for, dateline, ended, environment_of, running, until, windows_done
from tests.soak.servers import connections, fresh_warehouse, soak_server

AT_ONCE = 3
ALLOWED_SECONDS = 60.0

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
            with prefect_server(folder / "prefect", port) as api:
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
                    lateness, untaken, runs = _lateness(api, began, finish)
            # A tick in the middle of which the worker was stopped is left as it was: not the backfill's affair.
            ends = {name: count for name, count in open_ends(engine).items() if name in ("windows", "backfills")}
            assert ends == {}, f"not finished: {ends}"
            assert windows_done(engine) >= days, f"{windows_done(engine)} windows are done"
            fetched = _fetched(engine)
            assert fetched, "no scheduled run has fetched anything"
            assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
    finally:
        web.stop()
    late = sorted(lateness)
    p95 = late[math.ceil(0.95 * len(late)) - 1]
    assert p95 <= ALLOWED_SECONDS, f"95 % of {len(late)} ticks began within {p95:.0f} s: {[round(one) for one in late]}"
    return (
        f"{days} windows, {AT_ONCE} at a time, in {(finish - began).total_seconds():.0f} s; of {len(late) + untaken} ticks one every"
        f" {tick_seconds} s, {untaken} were cancelled because the one before was at work; the others began late by {late[len(late) // 2]:.1f} s"
        f" (median), {p95:.1f} s (95 %), {late[-1]:.1f} s (most); {runs} of them ended well; {fetched} pages fetched meanwhile"
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


def _lateness(api: str, began: datetime, finish: datetime) -> tuple[list[float], int, int]:
    """Seconds from the time of each tick between the two to its start (to now, where it has none); how many ticks were
    cancelled, and how many runs ended well."""
    answer = requests.post(f"{api}/flow_runs/filter", timeout=30, json={
        "deployments": {"name": {"any_": ["scheduled"]}}, "sort": "EXPECTED_START_TIME_DESC", "limit": 200,
        "flow_runs": {"expected_start_time": {"after_": began.isoformat(), "before_": finish.isoformat()}}})
    answer.raise_for_status()
    late, untaken, well = [], 0, 0
    for one in answer.json():
        if one["start_time"] is None and one["state_type"] == "CANCELLED":
            untaken += 1
            continue
        started = datetime.fromisoformat(one["start_time"]) if one["start_time"] else datetime.now(UTC)
        late.append((started - datetime.fromisoformat(one["expected_start_time"])).total_seconds())
        well += one["state_type"] == "COMPLETED"
    return late, untaken, well


def _fetched(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM raw.captures WHERE url IS NOT NULL")) or 0)
