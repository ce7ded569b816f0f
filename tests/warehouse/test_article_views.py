"""What analysts see of versions, kills and near-duplicates."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, text

from transforms.articles.article import Article
from transforms.clusters.texts import sign_versions
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.clusters import load_clusters
from warehouse.core.publishers import load_publishers
from warehouse.core.signatures import read_version_texts

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
STORY = ("The dam at Orlu held overnight after three days of rain, engineers of the water board said on Wednesday. "
         "Residents of four villages below it were told that they could go home, and nobody was hurt.")


def store(engine: Engine, name: str, body: str = STORY, *, hours: float = 0, publisher: str = "orlu", **fields: Any) -> None:
    """One article through loading and clustering, at `hours` after noon by both clocks."""
    at = NOON + timedelta(hours=hours)
    load = ArticleLoad(
        capture_id=derived_id("capture", name, hours), captured_at=at, publisher_code=publisher,
        article=Article(document_id=name, format="plain", body=body, external_id=name, published_at=NOON, modified_at=at, **fields))
    with engine.begin() as connection:
        load_publishers(connection, [Publisher(code="orlu", name="Orlu News Agency", agency="Orlu News"),
                                     Publisher(code="paper", name="The Paper"), Publisher(code="sheet", name="The Sheet")])
        connection.execute(text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome)"
                                " VALUES (:id, 'file', 'x', :at, 'empty')"), {"id": load.capture_id, "at": at})
        stale = load_articles(connection, [load], parser_version="1", now=at).stale_versions
        load_clusters(connection, sign_versions(read_version_texts(connection, stale).values()))


def rows(engine: Engine, query: str, **parameters: object) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query), parameters)]


def test_a_kill_leaves_the_default_views_and_stays_in_history(engine: Engine) -> None:
    store(engine, "TX-1")
    store(engine, "TX-1", "Kill the story about the dam.", hours=2, pub_status="canceled")
    for view in ("articles", "unique_articles", "original_articles"):
        assert rows(engine, f"SELECT external_id FROM mart.{view}") == []
    assert rows(engine, "SELECT version_number, change_kind FROM mart.article_versions ORDER BY 1") == [(1, "initial"), (2, "kill")]
    assert rows(engine, "SELECT change_summary, previous_body FROM mart.version_changes") == [
        ("status: usable → canceled; 1 paragraph changed: " + changes(), STORY)]


def changes() -> str:
    return '"The dam at Orlu held overnight after three days of rain, eng…" → "Kill the story about the dam."'


def test_as_of_before_and_after_a_kill_by_both_clocks(engine: Engine) -> None:
    store(engine, "TX-1")
    store(engine, "TX-1", "Kill.", hours=2, pub_status="canceled")
    query = "SELECT pub_status FROM mart.articles_as_of(:at, :known)"
    hour = timedelta(hours=1)
    assert rows(engine, query, at=NOON + hour, known=NOON + 9 * hour) == [("usable",)]
    assert rows(engine, query, at=NOON + 3 * hour, known=NOON + 9 * hour) == [("canceled",)]
    assert rows(engine, query, at=NOON + 3 * hour, known=NOON + hour) == [("usable",)]
    assert rows(engine, query, at=NOON - hour, known=NOON + 9 * hour) == []


def test_articles_are_counted_with_and_without_copies(engine: Engine) -> None:
    store(engine, "TX-1", hours=1)
    store(engine, "P-1", hours=2, publisher="paper", credit="Orlu News")
    store(engine, "S-1", "Rain fell in Tarkest for the third day in a row and the market stayed shut, the town said.",
          publisher="sheet")
    names = "SELECT array_agg(external_id ORDER BY external_id) FROM mart."
    assert rows(engine, names + "articles") == [(["P-1", "S-1", "TX-1"],)]
    assert rows(engine, names + "unique_articles") == [(["S-1", "TX-1"],)]
    assert rows(engine, names + "original_articles") == [(["S-1", "TX-1"],)]


def test_a_text_of_which_only_copies_came_is_counted_once(engine: Engine) -> None:
    store(engine, "P-1", publisher="paper", credit="Far Agency")
    store(engine, "S-1", hours=2, publisher="sheet", credit="Far Agency")
    assert rows(engine, "SELECT external_id FROM mart.unique_articles") == [("P-1",)]
    assert rows(engine, "SELECT external_id FROM mart.original_articles") == []
