"""`dateline migrate` and `dateline db` at the prompt."""

import json
import os
import subprocess
import sys
from pathlib import Path


def dateline(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATELINE_WAREHOUSE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments],
        env={**environment, **variables},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_the_embedded_server_is_started_migrated_and_stopped(dateline_home: Path) -> None:
    home = {"DATELINE_HOME": str(dateline_home)}
    assert "stays up" in dateline("db", "start", **home).stdout
    assert dateline("migrate", "--check", **home).returncode == 5
    assert "Migrated from nothing" in dateline("migrate", **home).stdout
    again = json.loads(dateline("migrate", "--json", **home).stdout)
    assert again["done"] == []
    assert "is stopped" in dateline("db", "stop", **home).stdout
    assert not json.loads(dateline("db", "status", "--json", **home).stdout)["is_running"]


def test_a_wrong_url_ends_in_one_sentence(dateline_home: Path) -> None:
    for url, code in (("nonsense", 5), ("postgresql:///x?host=/nowhere", 1)):
        answer = dateline("migrate", DATELINE_WAREHOUSE_URL=url, DATELINE_HOME=str(dateline_home))
        assert answer.returncode == code
        assert len(answer.stderr.strip().splitlines()) == 1
        assert answer.stderr.startswith("dateline: ")
