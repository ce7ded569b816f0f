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

from sqlalchemy import Engine

from tests.crashes.verdicts import digest, half_visible, open_ends, told_apart
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import free_port, prefect_server
from tests.soak.prefect_programs import ROOT, environment_of, until, windows_done
from tests.soak.servers import connections, fresh_warehouse, soak_server

DAYS = 20
LAST_WORDS_SECONDS = 240
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
            _judge(engine, expected)
        with fresh_warehouse(server) as (engine, url):
            code, said, left = _killed_for_good(command, environment | {"DATELINE_WAREHOUSE_URL": url}, engine, folder, port)
            _judge(engine, expected)
    return (
        f"{documents} documents: its server killed {killed} times, the command ended well; killed for good, it ended with {code}"
        f" ({said!r}) and left {left} windows of {DAYS}, which the same command read with --no-prefect; tables equal, no connection left"
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
) -> tuple[int, str, int]:
    """Exit code and last words of the command, and the windows that it left."""
    said = folder / "for-good.txt"
    with ExitStack() as stack:
        with prefect_server(folder / "prefect", port, ends_by=signal.SIGKILL):
            # Less patience than it has of itself, which is eight minutes.
            process = _begin(stack, command, environment | {"PREFECT_CLIENT_MAX_RETRIES": "2"}, said)
            until(lambda: windows_done(engine) >= 2, "two windows are read")
        code = _end(process)
    assert half_visible(engine) == 0, "half visible"
    left = DAYS - windows_done(engine)
    _without_prefect(command, environment)
    return code, said.read_text().strip().splitlines()[-1], left


def _end(process: subprocess.Popen[bytes]) -> int:
    """Its exit code. Prefect sends what it has to tell before it lets a process end, each piece for seconds in vain."""
    try:
        return process.wait(LAST_WORDS_SECONDS)
    except subprocess.TimeoutExpired:
        process.terminate()
        return process.wait(60)


def _begin(stack: ExitStack, command: list[str], environment: Mapping[str, str], said: Path) -> subprocess.Popen[bytes]:
    with said.open("w") as output:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=output)
    stack.callback(process.kill)
    return process


def _without_prefect(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run([*command, "--no-prefect"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _judge(engine: Engine, expected: Mapping[str, tuple[int, str]]) -> None:
    assert open_ends(engine) == {}, f"not finished: {open_ends(engine)}"
    assert digest(engine) == expected, f"the tables differ: {told_apart(digest(engine), expected)}"
    assert connections(engine) == 0, f"{connections(engine)} connections were left behind"
