"""`dateline publishers` at the prompt: a draft, a check, a try, against a server on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.cli import cli
from flows.publishers.loading import load_publishers
from tests.flows.recording_server import RecordingServer, recording_server, text
from transforms.failures import ConfigurationError

ARTICLE = ("<html lang='en'><head><title>Bridge reopens in Alderton</title></head><body><article><h1>Bridge reopens in Alderton</h1>"
           + "".join(f"<p>{text}</p>" for text in (
               "ALDERTON - The old bridge over the river reopened to traffic on Monday after two years of repairs.",
               "The ministry of transport said that the works had cost less than planned and that lorries may use it again.",
               "Residents had waited for the crossing, which shortens the way to the hospital by half an hour.",
               "A second bridge, further down the river, will be closed for its own repairs from September."))
           + "</article></body></html>")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[RecordingServer]:
    """A publisher's site, and an environment that may reach it."""
    for name, value in {"DATELINE_CONTACT": "desk@alder.example", "DATELINE_OPEN_LOOPBACK": "1", "DATELINE_ENVIRONMENT": "test",
                        "DATELINE_PUBLISHERS": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    with recording_server() as server:
        site = "127.0.0.1"
        server.put(site, "/robots.txt", text(f"User-agent: *\nDisallow: /closed\nSitemap: {server.url(site, '/map.xml')}"))
        server.put(site, "/", text('<html lang="en-GB"><head><title>Alder "Press"</title>'
                                   '<link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'))
        server.put(site, "/feed", text("<rss><channel><item><title>Bridge</title><link>/news/1</link></item>"
                                       "<item><title>Elsewhere</title><link>https://birch.example/1</link></item></channel></rss>"))
        server.put(site, "/map.xml", text("<urlset></urlset>", kind="application/xml"))
        server.put(site, "/news/1", text(ARTICLE))
        yield server


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["publishers", *arguments])


def test_a_draft_is_a_valid_file_that_fetches_nothing(web: RecordingServer, tmp_path: Path) -> None:
    result = run("new", web.url("127.0.0.1"), "--code", "alder")
    assert result.exit_code == 0, result.output
    alder = load_publishers(tmp_path)["alder"]
    assert (alder.name, alder.language, alder.is_active) == ('Alder "Press"', "en", False)
    assert [(feed.url, feed.kind) for feed in alder.feeds] == [
        (web.url("127.0.0.1", "/feed"), "feed"), (web.url("127.0.0.1", "/map.xml"), "sitemap")]
    assert isinstance(run("new", web.url("127.0.0.1"), "--code", "alder").exception, ConfigurationError)


def test_a_try_shows_what_would_be_listed_and_read(web: RecordingServer, tmp_path: Path) -> None:
    (tmp_path / "alder.toml").write_text(
        'code = "alder"\nname = "Alder"\nhosts = ["127.0.0.1"]\nrequest_interval_seconds = 0.5\n'
        f'[[feeds]]\nurl = "{web.url("127.0.0.1", "/feed")}"\n')
    result = run("try", "alder", "--json")
    assert result.exit_code == 0, result.output
    feed, page = (json.loads(line) for line in result.stdout.splitlines())
    assert (feed["kind"], feed["items"], feed["wanted"], feed["left_out"]) == ("rss", 2, 1, {"foreign_host": 1})
    assert page["record"]["headline"] == "Bridge reopens in Alderton"
    assert "Bridge reopens" in run("try", web.url("127.0.0.1", "/news/1")).output


def test_a_try_says_what_is_in_the_way(web: RecordingServer) -> None:
    web.put("127.0.0.1", "/closed/feed", text("<rss></rss>"))
    for path, problem in (("/closed/feed", "robots_disallowed"), ("/nothing", "not_found")):
        result = run("try", web.url("127.0.0.1", path))
        assert result.exit_code == 1
        assert problem in result.output


def test_a_check_asks_nobody(web: RecordingServer, tmp_path: Path) -> None:
    (tmp_path / "alder.toml").write_text('code = "alder"\nname = "Alder"\nhosts = ["alder.example"]\n')
    assert "alder" in run("check").output
    assert json.loads(run("check", "alder", "--json").stdout)["hosts"] == ["alder.example"]
    assert isinstance(run("check", "nobody").exception, ConfigurationError)
    (tmp_path / "alder.toml").write_text('code = "alder"\nname = 1\nsurprise = 2\n')
    error = run("check").exception
    assert isinstance(error, ConfigurationError)
    assert all(place in str(error) for place in ("alder.toml: name:", "alder.toml: hosts:", "alder.toml: surprise: unknown key"))
    assert not web.asked
