"""The server that `dateline serve` brings is its own, whoever else starts one at the same moment."""

import json

import pytest

from flows.orchestration.prefect_server import is_ours
from tests.flows.recording_server import recording_server, text


@pytest.mark.parametrize(("home", "expected"), [("/srv/harbour", True), ("/srv/elsewhere", False)])
def test_a_server_of_another_home_is_somebody_elses(home: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "/srv/harbour")
    with recording_server() as server:
        server.put("127.0.0.1", "/api/admin/settings", text(json.dumps({"home": home}), kind="application/json"))
        assert is_ours(server.url("127.0.0.1", "/api")) is expected
