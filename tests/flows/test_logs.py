"""Each log line bears the ids of the run and the window that it belongs to."""

import io
import json
import logging

import pytest

from flows.logs import logging_context, set_up_logging


@pytest.fixture
def stream():
    written = io.StringIO()
    yield written
    set_up_logging(stream=io.StringIO())


def test_as_json_one_object_a_line(stream, monkeypatch):
    monkeypatch.setenv("DATELINE_LOG_FORMAT", "json")
    set_up_logging(stream=stream)
    with logging_context(run_id="r1"), logging_context(window="2024-05-01"):
        logging.getLogger("flows.backfill").info("read %d items", 3)

    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "logger": "flows.backfill", "message": "read 3 items", "run_id": "r1",
                    "window": "2024-05-01"}


def test_plainly_for_people(stream, monkeypatch):
    monkeypatch.delenv("DATELINE_LOG_FORMAT", raising=False)
    set_up_logging(stream=stream)
    set_up_logging(stream=stream)
    with logging_context(run_id="r1"):
        logging.getLogger("warehouse.ops.work").warning("a claim was lost")
        logging.getLogger("warehouse.ops.work").info("not shown")

    assert stream.getvalue() == "warning: a claim was lost (run_id=r1)\n"
