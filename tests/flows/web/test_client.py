"""The client over real HTTP: one request, one outcome, within its limits."""

import gzip
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from flows.web.client import WebClient, follow
from flows.web.settings import Limits, WebSettings
from tests.flows.recording_server import Answer, RecordingServer, text

# A minute of single bytes: whoever reads to the end is found out however busy the machine is.
DRIP = (b"x",) * 600
# Long enough to find a name and to connect, on the slowest of machines.
SHORT = Limits(seconds=1.0)


def test_a_page_comes_with_its_request_and_answer(server: RecordingServer, client: WebClient) -> None:
    exchange = client.ask(server.put("alder.test", "/a?b=%20c", text("<p>Hello")))
    assert (exchange.outcome, exchange.status_code, exchange.content) == ("ok", 200, b"<p>Hello")
    assert exchange.address == "127.0.0.1"
    assert exchange.header("content-type") == "text/html; charset=utf-8"
    assert dict(exchange.request_headers)["User-Agent"].endswith("(+desk@alder.example)")
    assert server.asked[0].headers["user-agent"].startswith("Dateline/")


def test_one_session_a_host_keeps_its_connection(server: RecordingServer, client: WebClient) -> None:
    for host in ("alder.test", "birch.test"):
        for path in ("/1", "/2", "/3"):
            assert client.ask(server.put(host, path, text("x"))).outcome == "ok"
    assert server.connections == 2


@pytest.mark.parametrize(("status", "outcome"), [
    (304, "not_modified"), (403, "forbidden"), (404, "not_found"), (410, "gone"), (418, "client_error"),
    (429, "rate_limited"), (451, "unavailable_for_legal_reasons"), (500, "server_error"), (503, "server_error"),
])
def test_statuses_are_recorded_as_what_they_are(
        server: RecordingServer, client: WebClient, status: int, outcome: str) -> None:
    exchange = client.ask(server.put("alder.test", "/", Answer(status=status)))
    assert (exchange.outcome, exchange.status_code) == (outcome, status)


def test_the_body_of_a_redirect_is_never_read(server: RecordingServer, client: WebClient) -> None:
    slow = Answer(status=302, headers={"Location": "/there"}, pieces=DRIP, pause=0.1)
    url = server.put("alder.test", "/here", slow)
    server.put("alder.test", "/there", text("arrived"))
    began = time.monotonic()
    first, last = follow(client.ask, url)
    assert time.monotonic() - began < 30
    assert (first.outcome, first.content, last.content) == ("redirect", b"", b"arrived")


def test_redirects_in_a_circle_end(server: RecordingServer, client: WebClient) -> None:
    url = server.put("alder.test", "/a", Answer(status=301, headers={"Location": "/b"}))
    server.put("alder.test", "/b", Answer(status=301, headers={"Location": "/a"}))
    assert follow(client.ask, url)[-1].outcome == "too_many_redirects"
    for step in range(9):
        server.put("alder.test", f"/{step}", Answer(status=301, headers={"Location": f"/{step + 1}"}))
    exchanges = follow(client.ask, server.url("alder.test", "/0"))
    assert exchanges[-1].outcome == "too_many_redirects"
    assert len(exchanges) == 7


def test_no_cookie_and_no_credential_crosses_hosts(server: RecordingServer, client: WebClient) -> None:
    url = server.put("alder.test", "/", Answer(
        status=302, headers={"Location": server.url("birch.test"), "Set-Cookie": "a=b; Domain=test"}))
    server.put("birch.test", "/", text("x"))
    follow(client.ask, url)
    assert not {"cookie", "authorization"} & set(server.asked[-1].headers)


def test_a_drip_is_left_at_the_deadline(server: RecordingServer, client: WebClient) -> None:
    url = server.put("alder.test", "/", Answer(pieces=DRIP, pause=0.1))
    began = time.monotonic()
    exchange = client.ask(url, limits=SHORT)
    assert exchange.outcome == "timeout"
    assert 0.9 < time.monotonic() - began < 30


def test_a_silent_server_is_left_at_the_deadline(server: RecordingServer, client: WebClient) -> None:
    exchange = client.ask(server.put("alder.test", "/", Answer(delay=60.0)), limits=SHORT)
    assert exchange.outcome == "timeout"
    assert exchange.is_transient


def test_a_body_shorter_than_declared_is_truncated(server: RecordingServer, client: WebClient) -> None:
    url = server.put("alder.test", "/", Answer(pieces=(b"half",), length=8))
    assert client.ask(url).outcome == "truncated"


def test_too_many_bytes_are_refused_before_and_while_reading(server: RecordingServer, client: WebClient) -> None:
    small = Limits(wire_bytes=1000, decoded_bytes=1000)
    assert client.ask(server.put("alder.test", "/1", text("x" * 1001)), limits=small).outcome == "too_large"
    packed = text(gzip.compress(b"x" * 100_000), Content_Encoding="gzip")
    assert client.ask(server.put("alder.test", "/2", packed), limits=small).outcome == "too_large"
    cut = client.ask(server.url("alder.test", "/1"), limits=Limits(wire_bytes=1000, decoded_bytes=1000, is_cut=True))
    assert cut.outcome == "ok"


def test_pictures_and_films_are_not_downloaded(server: RecordingServer, client: WebClient) -> None:
    assert client.ask(server.put("alder.test", "/", text("x", kind="video/mp4"))).outcome == "unexpected_type"


def test_what_cannot_be_reached_says_why(server: RecordingServer, client: WebClient) -> None:
    assert client.ask(f"http://nowhere.invalid:{server.port}/").outcome == "dns_failure"
    assert client.ask("http://alder.test:9/").outcome == "connection_failure"
    assert client.ask(f"https://alder.test:{server.port}/").outcome == "tls_failure"


def test_retry_after_is_read_in_both_forms(server: RecordingServer, client: WebClient) -> None:
    seconds = client.ask(server.put("alder.test", "/1", Answer(status=429, headers={"Retry-After": "120"})))
    moment = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    dated = client.ask(server.put("alder.test", "/2", Answer(status=503, headers={"Retry-After": moment})))
    assert seconds.retry_after_seconds == 120
    assert dated.retry_after_seconds is not None
    assert 3500 < dated.retry_after_seconds <= 3600


def test_environment_proxies_are_ignored(
        server: RecordingServer, client: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert client.ask(server.put("alder.test", "/", text("x"))).outcome == "ok"


def test_a_configured_proxy_is_used_and_the_deadline_holds_behind_it(server: RecordingServer) -> None:
    client = WebClient(WebSettings(contact="desk@alder.example", proxy=f"http://127.0.0.1:{server.port}"))
    server.pages["alder.example", "http://alder.example/1"] = text("by proxy")
    server.pages["alder.example", "http://alder.example/2"] = Answer(pieces=DRIP, pause=0.1)
    assert client.ask("http://alder.example/1").content == b"by proxy"
    began = time.monotonic()
    assert client.ask("http://alder.example/2", limits=SHORT).outcome == "timeout"
    assert time.monotonic() - began < 30
    assert client.ask("http://10.0.0.1/").outcome == "refused_address"
    client.close()
