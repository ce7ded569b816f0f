"""Prefect's server killed in the middle of a backfill at the prompt: back after a while, and gone for good."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, text

from tests.crashes.verdicts import digest, half_visible
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import free_port, prefect_server
from tests.soak.prefect_programs import ROOT, dateline, environment_of, flow_runs, until, windows_done
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import judge

DAYS = 20
# How long the command may take once its work is done and its server gone.
LAST_WORDS_SECONDS = 30.0
COMMAND = ("-m", "flows.cli", "backfill", "--rules-only", "--publisher", "quay", "--since", "2023-03-10", "--until", "2023-03-30")


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (200) in windows of a day, `kills` (3) of the server."""
    documents, kills = settings.get("documents", 200), settings.get("kills", 3)
    archive = write_archive(folder / "archive", date(2023, 3, 10), days=DAYS, per_day=documents // DAYS)
    port = free_port()
    environment = environment_of(folder, port, write_publisher(folder / "publishers"))
    command = [sys.executable, *COMMAND, "--from", str(archive)]
    with soak_server(fsync="off") as server:
        with fresh_warehouse(server) as (engine, url):
            _without_prefect(command, environment | {"DATELINE_WAREHOUSE_URL": url})
            expected = digest(engine)
        with fresh_warehouse(server) as (engine, url):
            killed = _killed_again_and_again(command, environment | {"DATELINE_WAREHOUSE_URL": url}, engine, folder, port, kills, settings.get("seed", 8))
            judge(engine, expected)
        with fresh_warehouse(server) as (engine, url):
            seconds, said = _killed_for_good(command, environment | {"DATELINE_WAREHOUSE_URL": url}, engine, folder, port)
            judge(engine, expected)
    return (
        f"{documents} documents: its server killed {killed} times, the command ended well; killed for good, it read all windows, ended"
        f" well {seconds:.0f} s after its work and said {said!r}; tables equal, no connection left; `dateline reap` closed the run later"
    )


def _killed_again_and_again(
    command: list[str], environment: Mapping[str, str], engine: Engine, folder: Path, port: int, kills: int, seed: int
) -> int:
    """How often the server was killed while the command was at work, which ends well."""
    chance, done, said = random.Random(seed), 0, folder / "said.txt"
    with ExitStack() as stack:
        with prefect_server(folder / "prefect", port, ends_by=signal.SIGKILL):
            process = _begin(stack, command, environment, said)
            until(lambda: windows_done(engine) >= 2, "two windows are read")
        while process.poll() is None and done < kills:
            done += 1
            assert half_visible(engine) == 0, f"half visible after {done} kills"
            time.sleep(chance.uniform(1, 20))
            with prefect_server(folder / "prefect", port, ends_by=signal.SIGKILL if done < kills else signal.SIGTERM):
                time.sleep(chance.uniform(1, 10))
                if done == kills:
                    assert process.wait(900) == 0, said.read_text()[-2000:]
        assert process.wait(900) == 0, said.read_text()[-2000:]
    return done


def _killed_for_good(
    command: list[str], environment: Mapping[str, str], engine: Engine, folder: Path, port: int
) -> tuple[float, str]:
    """How long the command took behind the end of its work, and what it said of the server that was gone."""
    said = folder / "for-good.txt"
    with ExitStack() as stack:
        with prefect_server(folder / "prefect", port, ends_by=signal.SIGKILL):
            process = _begin(stack, command, environment, said)
            until(lambda: windows_done(engine) >= 2, "two windows are read")
        assert process.wait(900) == 0, said.read_text()[-2000:]
    with engine.connect() as connection:
        seconds = float(connection.scalar(text("SELECT extract(epoch FROM clock_timestamp() - max(finished_at)) FROM ops.runs")) or 0)
    assert seconds < LAST_WORDS_SECONDS, f"it ended {seconds:.0f} s after its work"
    assert "Traceback" not in said.read_text(), said.read_text()[-2000:]
    sentences = [line for line in said.read_text().splitlines() if "did not answer when the work was done" in line]
    assert len(sentences) == 1, said.read_text()[-2000:]
    with prefect_server(folder / "prefect", port) as api:
        assert [one["name"] for one in flow_runs(api) if one["state_type"] == "RUNNING"], "its run is not shown as running"
        dateline("reap", environment=environment)
        assert not [one["name"] for one in flow_runs(api) if one["state_type"] == "RUNNING"], "its run is still shown as running"
    return seconds, sentences[0]


def _begin(stack: ExitStack, command: list[str], environment: Mapping[str, str], said: Path) -> subprocess.Popen[bytes]:
    with said.open("w") as output:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
    stack.callback(process.kill)
    return process


def _without_prefect(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run([*command, "--no-prefect"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
