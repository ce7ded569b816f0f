"""Prefect's pages may be away: work goes on, at once where it is under way, and says so in the log."""

import logging
import time

import pytest
from prefect.artifacts import create_markdown_artifact
from prefect.settings import (
    PREFECT_API_REQUEST_TIMEOUT,
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    temporary_settings,
)

from flows.orchestration.prefect_artifacts import ShownProgress, shown
from flows.orchestration.prefect_settings import changed_settings, prepare_prefect
from tests.flows.prefect_servers import free_port
from tests.flows.recording_server import recording_server
from tests.flows.recording_server import text as page
from transforms.failures import ConfigurationError


def test_progress_goes_on_without_a_server(caplog):
    begun = time.monotonic()
    # Prefect itself would ask for an hour.
    away = {PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api", PREFECT_CLIENT_MAX_RETRIES: 60}
    with temporary_settings(away), caplog.at_level(logging.WARNING):
        progress = ShownProgress("progress", "ten windows")
        progress.move(50.0)
        progress.move(100.0)
    assert "the work goes on" in caplog.text
    assert time.monotonic() - begun < 300


def test_a_server_that_went_away_is_left_alone_for_a_while(caplog):
    """Each try in vain takes a second and a half."""
    with recording_server() as server:
        server.put("127.0.0.1", "/api/artifacts/", page('{"id": "9c3ec7a8-3cf6-4a5c-8f0e-6b9a4f1d2c11"}', kind="application/json", status=201))
        with temporary_settings({PREFECT_API_URL: server.url("127.0.0.1", "/api")}):
            progress = ShownProgress("progress", "a hundred windows", ask_again_seconds=3600)
    with temporary_settings({PREFECT_API_URL: server.url("127.0.0.1", "/api")}), caplog.at_level(logging.WARNING):
        for percent in range(1, 100):
            progress.move(percent)
    assert caplog.text.count("the work goes on") == 1


def test_a_report_that_nobody_takes_ends_nothing(caplog):
    away = {PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api", PREFECT_CLIENT_MAX_RETRIES: 0}
    with temporary_settings(away), caplog.at_level(logging.WARNING), shown():
        create_markdown_artifact(key="report", markdown="all is well")
    assert "away (ConnectError)" in caplog.text


def test_settings_are_changed_within_a_block_alone():
    settings = (PREFECT_CLIENT_MAX_RETRIES, PREFECT_API_REQUEST_TIMEOUT, PREFECT_FLOWS_HEARTBEAT_FREQUENCY)
    before = [one.value() for one in settings]
    with changed_settings(client={"max_retries": 0}, api={"request_timeout": 7.0}, flows={"heartbeat_frequency": None}):
        assert [one.value() for one in settings] == [0, 7.0, None] != before
    assert [one.value() for one in settings] == before


def test_what_is_wrong_with_the_work_is_raised():
    with pytest.raises(ValueError, match="two windows"), shown():
        raise ValueError("two windows overlap")


def test_a_server_that_does_not_answer_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    with pytest.raises(ConfigurationError, match="does not answer: start it, .* or do the same work without it by --no-prefect"):
        prepare_prefect()
