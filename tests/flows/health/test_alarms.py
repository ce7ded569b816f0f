"""Alarms reach a person, by whatever apprise knows."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.health.alarms import Alarm, alert_urls, send_alarms
from transforms.failures import ConfigurationError, TransientError

SILENT = Alarm(code="publisher_silent", subject="meridian", sentence="meridian has sent nothing new for 12.0 hours.")
FAILED = Alarm(code="run_failed", subject="run", sentence="The last run failed: no disk")


@pytest.fixture
def webhook():
    received: list[dict[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"json://127.0.0.1:{server.server_port}/hook", received
        server.shutdown()


def test_a_webhook_gets_all_alarms_in_one_message(webhook):
    url, received = webhook
    send_alarms([FAILED, SILENT], [url])

    (message,) = received
    assert message["title"] == "Dateline: 2 things are wrong"
    assert message["message"] == f"{FAILED.sentence}\n{SILENT.sentence}"


def test_nothing_wrong_sends_nothing(webhook):
    url, received = webhook
    send_alarms([], [url])
    assert received == []


def test_an_address_that_does_not_answer_is_a_transient_failure():
    with pytest.raises(TransientError, match="not delivered"):
        send_alarms([SILENT], ["json://127.0.0.1:9/hook"])


@pytest.mark.parametrize("alarms", [[SILENT], []], ids=["in need", "while all is well"])
def test_a_wrong_address_is_named_by_number_and_not_repeated(alarms):
    with pytest.raises(ConfigurationError, match="address 2 is none") as refusal:
        send_alarms(alarms, ["json://127.0.0.1:9/hook", "nonsense://user:secret@x"])
    assert "secret" not in str(refusal.value)


def test_addresses_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("DATELINE_ALERT_URLS", " json://one/  mailtos://two ")
    assert alert_urls() == ("json://one/", "mailtos://two")
