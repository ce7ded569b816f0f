"""`dateline clusters`: what people see of near-duplicates, and their word on them."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from flows.cli import cli
from transforms.articles.article import Article
from transforms.clusters.texts import sign_versions
from transforms.failures import PermanentError
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.clusters import load_clusters
from warehouse.core.publishers import load_publishers
from warehouse.core.signatures import read_version_texts

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
STORY = ("The dam at Orlu held overnight after three days of rain, engineers of the water board said on Wednesday. "
         "Residents of four villages below it were told that they could go home, and nobody was hurt.")


@pytest.fixture
def loaded(engine: Engine, warehouse_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Two articles with the same text, one that contains it, and one that stands alone."""
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    bodies = {"TX-1": STORY, "TX-2": STORY.upper(), "TX-3": STORY + " ".join(f"word{n}" for n in range(150)), "TX-4": "Rain in Tarkest. " * 9}
    loads = [
        ArticleLoad(capture_id=derived_id("capture", name), captured_at=NOON, publisher_code="orlu", article=Article(
            document_id=name, format="plain", body=body, headline=f"Dam {name}", external_id=name, published_at=NOON,
            url=f"https://orlu.example/{name}"))
        for name, body in bodies.items()]
    with engine.begin() as connection:
        load_publishers(connection, [Publisher(code="orlu", name="Orlu News Agency", agency="Orlu News")])
        connection.execute(
            text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome) VALUES (:id, 'file', 'x', :at, 'empty')"),
            [{"id": one.capture_id, "at": NOON} for one in loads])
        stale = load_articles(connection, loads, parser_version="1", now=NOON).stale_versions
        load_clusters(connection, sign_versions(read_version_texts(connection, stale).values()))
    return engine


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["clusters", *arguments])


def members(*arguments: str) -> list[str]:
    return sorted(row["external_id"] for line in run("show", *arguments, "--json").stdout.splitlines()
                  if "external_id" in (row := json.loads(line)))


def test_show_names_the_members_and_what_they_are(loaded: Engine) -> None:
    shown = run("show", "TX-2")
    assert shown.exit_code == 0
    assert "written by Orlu News" in shown.stdout
    assert "canonical" in shown.stdout and "exact" in shown.stdout
    assert members("TX-1") == members("https://www.orlu.example/TX-1?utm_source=x") == members() == ["TX-1", "TX-2"]
    cluster_id = json.loads(run("show", "TX-1", "--json").stdout.splitlines()[0])["cluster_id"]
    assert members(cluster_id) == ["TX-1", "TX-2"]


def test_show_names_excerpts_as_links(loaded: Engine) -> None:
    shown = run("show", "TX-3").stdout
    assert "In no cluster" in shown
    assert "It contains most of" in shown and "100%" in shown


def test_split_and_join_are_judgements_with_who_and_why(loaded: Engine) -> None:
    assert run("split", "TX-1", "TX-2", "--reason", "two weeks", "--judge", "Aida").exit_code == 0
    assert members() == []
    assert run("join", "TX-4", "TX-1", "--judge", "Aida").exit_code == 0
    assert members() == ["TX-1", "TX-4"]
    assert run("join", "TX-2", "TX-1", "--judge", "Aida").exit_code == 0
    assert members() == ["TX-1", "TX-2", "TX-4"]
    assert run("split", "TX-4").exit_code == 0
    assert members() == ["TX-1", "TX-2"]
    with loaded.connect() as connection:
        assert connection.execute(text("SELECT kind, judge, reason, revoked_at IS NULL FROM ops.judgements"
                                       " WHERE reason IS NOT NULL")).all() == [("cluster_split", "Aida", "two weeks", False)]


@pytest.mark.parametrize("arguments", [("show", "TX-99"), ("split", "TX-99"), ("join", "TX-1", "TX-1")])
def test_what_cannot_be_judged_is_said_in_a_sentence(loaded: Engine, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, PermanentError)
    assert str(result.exception).endswith((".", "two."))
