"""Many hosts at once, one request a host: robots.txt first, redirects checked anew, pauses kept."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from flows.web.client import WebClient
from flows.web.courtesy import MemoryCourtesy
from flows.web.fetcher import Fetcher
from flows.web.jobs import Fetched, Job
from flows.web.settings import Limits
from tests.flows.recording_server import Answer, RecordingServer, text

CLOSED = text("User-agent: *\nDisallow: /closed", kind="text/plain")


@pytest.fixture
def fetcher(client: WebClient) -> Iterator[Fetcher]:
    made = Fetcher(client, MemoryCourtesy(), thread_count=32)
    yield made
    made.close()


def fetch(fetcher: Fetcher, *urls: str, pause: float = 0.0, seconds: float = 600.0) -> dict[str, Fetched]:
    """What came of each URL."""
    jobs = [Job(subject=url, url=url, pause_seconds=pause) for url in urls]
    return {one.job.subject: one for group in fetcher.run(jobs, seconds=seconds) for one in group}


def outcome(fetched: Fetched) -> str:
    return fetched.exchanges[-1].outcome if fetched.exchanges else "postponed"


def test_robots_are_asked_once_and_obeyed(server: RecordingServer, fetcher: Fetcher) -> None:
    server.put("alder.test", "/robots.txt", CLOSED)
    server.default = text("page")
    urls = [server.url("alder.test", path) for path in ("/a", "/closed/b", "/c")]
    found = fetch(fetcher, *urls)
    assert [outcome(found[url]) for url in urls] == ["ok", "robots_disallowed", "ok"]
    assert server.paths("alder.test") == ["/robots.txt", "/a", "/c"]


@pytest.mark.parametrize(("answer", "expected"), [
    (Answer(status=404), "ok"), (Answer(status=403), "ok"), (Answer(status=500), "robots_unreachable"),
    (Answer(status=429), "robots_unreachable"), (Answer(status=301, headers={"Location": "/moved.txt"}), "robots_disallowed"),
    (Answer(status=301, headers={"Location": "/robots.txt"}), "ok"),
    (Answer(status=301, headers={"Location": "http://10.0.0.1/"}), "robots_unreachable"),
])
def test_what_the_answer_to_robots_means(server: RecordingServer, fetcher: Fetcher, answer: Answer, expected: str) -> None:
    server.put("alder.test", "/robots.txt", answer)
    server.put("alder.test", "/moved.txt", CLOSED)
    url = server.put("alder.test", "/closed", text("page"))
    assert outcome(fetch(fetcher, url)[url]) == expected
    assert ("/closed" in server.paths("alder.test")) == (expected == "ok")


def test_every_hop_of_a_redirect_is_judged_by_the_host_it_leads_to(server: RecordingServer, fetcher: Fetcher) -> None:
    server.put("birch.test", "/robots.txt", CLOSED)
    server.put("birch.test", "/open", text("open"))
    urls = [server.put("alder.test", path, Answer(status=302, headers={"Location": server.url("birch.test", to)}))
            for path, to in (("/1", "/closed/x"), ("/2", "/open"))]
    urls.append(server.put("alder.test", "/3", Answer(status=302, headers={"Location": "http://169.254.169.254/"})))
    urls.append(server.put("alder.test", "/4", Answer(status=302, headers={"Location": "/4"})))
    found = fetch(fetcher, *urls)
    assert [outcome(found[url]) for url in urls] == ["robots_disallowed", "ok", "refused_address", "too_many_redirects"]
    assert "/closed/x" not in server.paths("birch.test")
    assert [exchange.status_code for exchange in found[urls[1]].exchanges] == [302, 200]


def test_a_host_is_asked_for_one_thing_at_a_time_with_a_pause(server: RecordingServer, fetcher: Fetcher) -> None:
    server.default = Answer(pieces=(b"x",), delay=0.02)
    hosts = ("alder.test", "birch.test", "cedar.test")
    fetch(fetcher, *[server.url(host, f"/{number}") for host in hosts for number in range(4)], pause=0.1)
    for host in hosts:
        asked = sorted((one for one in server.asked if one.host == host), key=lambda one: one.began)
        assert len(asked) == 5
        # From beginning to beginning: the server notes the end of an answer after its reader has it.
        assert all(later.began - earlier.began >= 0.1 for earlier, later in pairwise(asked))


def test_crawl_delay_raises_the_pause(server: RecordingServer, fetcher: Fetcher) -> None:
    server.put("alder.test", "/robots.txt", text("User-agent: *\nCrawl-delay: 0.3"))
    server.default = text("x")
    fetch(fetcher, server.url("alder.test", "/1"), server.url("alder.test", "/2"))
    _, one, two = server.asked
    assert two.began - one.began >= 0.3


def test_a_hung_host_delays_no_other(server: RecordingServer, fetcher: Fetcher) -> None:
    server.default = text("x")
    others_done = threading.Event()

    def hang(headers: dict[str, str]) -> Answer:
        assert others_done.wait(600), "the others waited for it"
        return text("x")

    server.put("hung.test", "/", hang)
    ends: list[str] = []
    urls = [server.url("hung.test", "/"), *[server.url(f"h{number}.test", "/") for number in range(10)]]
    for group in fetcher.run([Job(subject=url, url=url, pause_seconds=0, limits=Limits(seconds=600)) for url in urls]):
        ends += [one.job.subject for one in group]
        if len(ends) == 10:
            others_done.set()
    assert others_done.is_set()
    assert (len(ends), ends[-1]) == (11, urls[0])


def test_who_asks_to_be_left_alone_is_postponed(server: RecordingServer, fetcher: Fetcher) -> None:
    server.put("alder.test", "/1", Answer(status=429, headers={"Retry-After": "900"}))
    found = fetch(fetcher, server.url("alder.test", "/1"), server.url("alder.test", "/2"))
    first, second = found.values()
    assert outcome(first) == "rate_limited"
    assert (outcome(second), 600 < second.postponed_seconds <= 900) == ("postponed", True)
    assert server.paths("alder.test") == ["/robots.txt", "/1"]


def test_jobs_are_drawn_as_room_appears(server: RecordingServer, fetcher: Fetcher) -> None:
    server.default = text("x")
    waiting = [server.url("alder.test", f"/{number}") for number in range(7)]

    def more(count: int) -> list[Job]:
        drawn = [Job(subject=url, url=url, pause_seconds=0) for url in waiting[: 2 - count]]
        del waiting[: len(drawn)]
        return drawn

    assert sum(len(group) for group in fetcher.run([], more=more)) == 7
