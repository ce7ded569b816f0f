"""robots.txt as RFC 9309 has it."""

from datetime import UTC, datetime

import pytest

from transforms.feeds.robots import BYTES_READ, KEPT, RobotsRules, robots_of_answer

NOW = datetime(2024, 5, 20, tzinfo=UTC)
ORIGIN = "https://alder.example"


def rules(text: str | bytes, status: int | None = 200) -> RobotsRules:
    content = text.encode() if isinstance(text, str) else text
    return RobotsRules(robots_of_answer(ORIGIN, status_code=status, content=content, fetched_at=NOW), "Dateline")


@pytest.mark.parametrize(("status", "allowed"), [
    (200, True), (204, True), (401, True), (403, True), (404, True), (410, True), (451, True),
    (429, False), (500, False), (503, False), (None, False), (302, False),
])
def test_what_a_status_means(status: int | None, allowed: bool) -> None:
    assert rules("", status).allows(ORIGIN + "/a") is allowed


@pytest.mark.parametrize(("text", "path", "allowed"), [
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
    ("user-AGENT: dateLINE\ndisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
    ("User-agent: dateline-images\nDisallow: /", "/a", True),
    ("User-agent: other\nUser-agent: dateline\nDisallow: /a", "/a", False),
    ("User-agent: dateline\nDisallow: /a\n\nUser-agent: dateline\nDisallow: /b", "/b", False),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
    ("User-agent: *\nDisallow: /*print", "/a/b/print/c", False),
    ("User-agent: *\nDisallow: /ä", "/%C3%A4/x", False),
    ("User-agent: *\nDisallow: /%C3%A4", "/ä/x", False),
    ("User-agent: *\nCrawl-delay: 5\nDisallow: /a # comment", "/a", False),
    ("User-agent: *\n\nDisallow: /a", "/a", False),
    ("Disallow: /a", "/a", True),
    ("\ufeffUser-agent: *\r\nDisallow: /a\r", "/a", False),
    ("<html>Not found</html>", "/a", True),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
])
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert rules(text).allows(ORIGIN + path) is allowed


def test_delays() -> None:
    assert rules("User-agent: *\nCrawl-delay: 2.5").delay_seconds == 2.5
    assert rules("User-agent: *\nRequest-rate: 1/20").delay_seconds == 20
    assert rules("User-agent: *\nCrawl-delay: 999999").delay_seconds == 3600
    assert rules("User-agent: *\nCrawl-delay: soon").delay_seconds == 0
    assert rules("User-agent: other\nCrawl-delay: 9").delay_seconds == 0


def test_size_and_age() -> None:
    text = "User-agent: *\nDisallow: /early\n" + "#\n" * (BYTES_READ // 2 - 20) + "Disallow: /late" + "x" * 100
    found = rules(text)
    assert not found.allows(ORIGIN + "/early")
    assert found.allows(ORIGIN + "/l"), "a line that was cut says nothing"
    assert found.robots.expires_at == NOW + KEPT
    assert rules(b"User-agent: *\0\nDisallow: /a").robots.body == "User-agent: *\nDisallow: /a"
