"""Loading articles: versions in the wire's order, whatever the order of arrival, and no row written twice."""

import random
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from transforms.articles.article import Article, Dateline, Link, Subject
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, LoadedArticles, load_articles
from warehouse.core.publishers import load_publishers

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
BODY = "The dam at Orlu held overnight.\n\nEngineers said its crest was 14 metres high."


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def load(
    body: str = BODY, *, at: float = 0, captured: float | None = None, name: str = "TX-1", headline: str = "Dam holds",
    **fields: Any,
) -> ArticleLoad:
    """A load of article `name` that the wire dates `at` hours after noon, captured then or at `captured`."""
    captured_at = hours(at if captured is None else captured)
    article = replace(
        Article(document_id="d", format="ninjs", body=body, headline=headline, external_id=name,
                published_at=NOON, modified_at=hours(at)), **fields)
    return ArticleLoad(
        capture_id=derived_id("capture", name, ascii(body), headline, captured_at, at, sorted(map(str, fields.items()))),
        captured_at=captured_at, publisher_code="orlu", article=article)


def store(
    connection: Connection, *loads: ArticleLoad, parser: str = "1", now: datetime = NOON + timedelta(days=1)
) -> LoadedArticles:
    """Load in one batch, with the captures that the loads came from."""
    load_publishers(connection, [Publisher(code="orlu", name="Orlu News Agency")])
    if loads:
        connection.execute(
            text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome) "
                 "VALUES (:id, 'file', 'wire.json', :at, 'empty') ON CONFLICT DO NOTHING"),
            [{"id": one.capture_id, "at": one.captured_at} for one in sorted(loads, key=lambda one: one.capture_id)])
    return load_articles(connection, loads, parser_version=parser, now=now)


def history(engine: Engine) -> list[tuple[Any, ...]]:
    """Every version that stands: article, body, kind, validity."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(
            "SELECT a.identity_key, v.body, v.change_kind, v.valid_from, v.valid_to FROM core.article_versions v"
            " JOIN core.articles a USING (article_id) WHERE superseded_at IS NULL ORDER BY 1, 4"))]


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows with the transactions that wrote them."""
    names = ("articles", "article_versions", "sightings", "version_authors", "version_subjects", "version_links")
    with engine.connect() as connection:
        return {name: [tuple(row) for row in connection.execute(
            text(f"SELECT xmin::text, t.* FROM core.{name} t ORDER BY t::text"))] for name in names}


def current(engine: Engine, name: str = "TX-1") -> tuple[str, str]:
    """Status of an article and body of its current version."""
    with engine.connect() as connection:
        row = connection.execute(text(
            "SELECT a.pub_status, v.body FROM core.articles a JOIN core.article_versions v"
            " ON v.article_version_id = a.current_version_id WHERE a.identity_key = :name"), {"name": name}).one()
        return row[0], row[1]


def test_a_changed_article_has_two_versions_and_the_next_article_is_there(engine: Engine) -> None:
    with engine.begin() as connection:
        assert store(connection, load("A")).outcomes == ("new",)
    with engine.begin() as connection:
        assert store(connection, load("A2", at=1)).outcomes == ("changed",)
    with engine.begin() as connection:
        assert store(connection, load("B", name="TX-2")).outcomes == ("new",)
    assert history(engine) == [
        ("TX-1", "A", "initial", hours(0), hours(1)), ("TX-1", "A2", "update", hours(1), None),
        ("TX-2", "B", "initial", hours(0), None)]


def test_one_batch_with_the_changed_article_twice_is_the_same(engine: Engine) -> None:
    with engine.begin() as connection:
        loaded = store(connection, load("A2", at=1), load("B", name="TX-2"), load("A"))
    assert loaded.counts == {"new": 2, "changed": 1}
    assert [row[1] for row in history(engine)] == ["A", "A2", "B"]


def test_a_change_of_date_alone_is_no_version(engine: Engine) -> None:
    for at in (0, 1, 2):
        with engine.begin() as connection:
            loaded = store(connection, load(BODY.replace(" ", "  " if at else " "), at=at))
    assert loaded.outcomes == ("unchanged",)
    assert loaded.stale_versions == ()
    assert [row[2:] for row in history(engine)] == [("initial", hours(0), None)]


def test_there_and_back_again_is_three_versions(engine: Engine) -> None:
    with engine.begin() as connection:
        store(connection, load("A"), load("B", at=1), load("A", at=2))
    assert [row[1:3] for row in history(engine)] == [("A", "initial"), ("B", "update"), ("A", "update")]


def test_every_order_of_arrival_leads_to_the_same_versions(engine: Engine) -> None:
    loads = [load("A"), load("A", at=2), load("B", at=1, captured=9), load("kill", at=4, pub_status="canceled")]
    results = set()
    for number, order in enumerate(permutations(loads)):
        name = f"TX-{number}"
        for one in order:
            own = replace(one, capture_id=derived_id("capture", name, one.capture_id),
                          article=replace(one.article, external_id=name))
            with engine.begin() as connection:
                store(connection, own)
        results.add(tuple(row[1:] for row in history(engine) if row[0] == name))
    assert results == {(
        ("A", "initial", hours(0), hours(1)), ("B", "update", hours(1), hours(2)), ("A", "update", hours(2), hours(4)),
        ("kill", "kill", hours(4), None))}


def test_loading_again_writes_nothing(engine: Engine) -> None:
    rich = load("A", authors=("Aida Serik",), subjects=(Subject(scheme="medtop", code="04000000"),),
                links=(Link(relation="related", external_id="TX-7"),), dateline=Dateline(text="ORLU", places=("Orlu",)))
    batch = (rich, load("B", at=1), load("A", at=2), load("C", name="TX-2"))
    with engine.begin() as connection:
        store(connection, *batch)
    before = everything(engine)
    for repeat in (batch, batch[::-1], batch[1:2], batch[:1]):
        with engine.begin() as connection:
            again = store(connection, *repeat, now=NOON + timedelta(days=9))
        assert set(again.outcomes) == {"unchanged"}
        assert again.touched_articles == ()
    assert everything(engine) == before


def test_a_kill_reaches_the_article_and_its_history_stays(engine: Engine) -> None:
    notice = load("Kill Dam holds.", at=3, name="TX-9", change_hint="kill", pub_status="canceled",
                  links=(Link(relation="kills", external_id="TX-1"),))
    with engine.begin() as connection:
        store(connection, notice)
    with engine.begin() as connection:
        store(connection, load())
    assert current(engine) == ("canceled", "Kill Dam holds.")
    assert [row[2] for row in history(engine)] == ["initial", "kill"]
    with engine.begin() as connection:
        store(connection, load("It held after all.", at=5))
    assert current(engine)[0] == "usable"
    assert [row[2] for row in history(engine)] == ["initial", "kill", "revival"]


def test_a_better_parser_rewrites_in_place(engine: Engine) -> None:
    first, second = load("A"), load("A", at=1)
    with engine.begin() as connection:
        store(connection, first, second)
    better = replace(first, article=replace(first.article, body="A, whole.", authors=("Aida Serik",)))
    with engine.begin() as connection:
        loaded = store(connection, better, parser="2")
    assert loaded.outcomes == ("changed",)
    assert len(loaded.stale_versions) == 1
    assert [row[1:3] for row in history(engine)] == [("A, whole.", "initial")]
    with engine.begin() as connection:
        store(connection, replace(second, article=replace(second.article, body="A, whole.")), parser="2")
        assert connection.scalar(text("SELECT name FROM core.version_authors")) == "Aida Serik"
    assert [row[1:3] for row in history(engine)] == [("A, whole.", "initial")]


def test_a_version_that_was_none_is_superseded_and_not_deleted(engine: Engine) -> None:
    cut = load("A", at=1, name="TX-1")
    with engine.begin() as connection:
        store(connection, load("A, whole."), cut)
    with engine.begin() as connection:
        store(connection, load("A, whole."), replace(cut, article=replace(cut.article, body="A, whole.")), parser="2")
    assert [row[1] for row in history(engine)] == ["A, whole."]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM core.article_versions WHERE superseded_at IS NOT NULL")) == 1


def test_versions_that_only_moved_are_told_from_stale_ones(engine: Engine) -> None:
    with engine.begin() as connection:
        store(connection, load("A"), load("B", at=2))
    with engine.begin() as connection:
        late = store(connection, load("B", at=1, captured=5))
    assert len(late.stale_versions) == 1
    with engine.begin() as connection:
        earlier = store(connection, load("A", at=-1, published_at=NOON - timedelta(hours=1)))
    assert (len(earlier.stale_versions), len(earlier.moved_versions)) == (1, 1)


def test_a_better_parser_may_find_that_it_is_another_article(engine: Engine) -> None:
    one = load("A")
    with engine.begin() as connection:
        store(connection, one)
    with engine.begin() as connection:
        store(connection, replace(one, article=replace(one.article, external_id="TX-2")), parser="2")
    assert [row[0] for row in history(engine)] == ["TX-2"]
    with engine.connect() as connection:
        assert connection.execute(text(
            "SELECT pub_status, current_version_id FROM core.articles WHERE identity_key = 'TX-1'")).one() == (
                "canceled", None)


def test_a_split_version_keeps_authors_and_subjects(engine: Engine) -> None:
    fields: dict[str, Any] = {"authors": ("Aida Serik",), "subjects": (Subject(scheme="keyword", name="dams"),)}
    with engine.begin() as connection:
        store(connection, load("A", **fields), load("A", at=2, **fields))
    with engine.begin() as connection:
        store(connection, load("B", at=1, captured=5))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM core.version_authors")) == 2
        assert connection.scalar(text("SELECT count(*) FROM core.version_subjects")) == 2


def test_a_reused_id_is_kept_with_a_warning(engine: Engine) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    with engine.begin() as connection:
        store(connection, load(BODY * 3), load(words, at=5, headline="Quite another story"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT warnings FROM mart.article_versions ORDER BY valid_from")).scalars().all()
    assert found == [[], ["id_perhaps_reused"]]


def test_clocks_that_cannot_be_believed_bend_no_order(engine: Engine) -> None:
    with engine.begin() as connection:
        store(connection, load("A", captured=1), load("B", at=24 * 9_999, captured=2),
              load("C", at=-5, captured=3))
    rows = history(engine)
    assert [row[1] for row in rows] == ["A", "B", "C"] or [row[1] for row in rows] == ["A", "C", "B"]
    assert all(row[4] is None or row[3] < row[4] for row in rows)
    with engine.connect() as connection:
        warned = connection.execute(text("SELECT body, warnings FROM core.article_versions ORDER BY body")).all()
    assert [row[1][:1] for row in warned] == [[], ["clock_ahead"], ["modified_before_published"]]


@pytest.mark.parametrize(("warning", "said"), [("published_in_future", hours(9_999)), ("published_long_ago", hours(-999_999))])
def test_a_time_that_cannot_be_is_kept_and_flagged_and_not_shown_as_fact(engine: Engine, warning: str, said: datetime) -> None:
    with engine.begin() as connection:
        store(connection, load("A", captured=1, published_at=said, modified_at=None, published_at_source="jsonld", warnings=(warning,)))
    with engine.connect() as connection:
        shown = connection.execute(text("SELECT published_at, is_published_at_doubtful FROM mart.articles")).one()
        kept = connection.execute(text("SELECT valid_from, provenance -> 'doubtful_published_at' FROM core.article_versions")).one()
    assert tuple(shown) == (None, True)
    assert tuple(kept) == (hours(1), {"source": "jsonld", "detail": said.isoformat()})


@pytest.mark.parametrize("body", ["", "word", "\u0000x\ud800y", "a" * 5_000_000, "word " * 1_000_000])
def test_bodies_of_any_size_are_versions(engine: Engine, body: str) -> None:
    one = load(body)
    with engine.begin() as connection:
        store(connection, one)
    with engine.begin() as connection:
        assert store(connection, one).outcomes == ("unchanged",)
    assert len(history(engine)) == 1


def test_as_of_is_answered_by_both_clocks(engine: Engine) -> None:
    """What stood at noon + 1.5 h, as we knew it before and after the correction of noon + 1 h came late."""
    with engine.begin() as connection:
        store(connection, load("A"), load("C", at=2), now=hours(2))
    with engine.begin() as connection:
        store(connection, load("B", at=1, captured=6), now=hours(6))

    def as_of(at: datetime, known_at: datetime) -> Sequence[str]:
        with engine.connect() as connection:
            return connection.execute(text(
                "SELECT DISTINCT ON (article_id) body FROM core.article_versions WHERE valid_from <= :at AND"
                " recorded_at <= :known AND (superseded_at IS NULL OR superseded_at > :known)"
                " ORDER BY article_id, valid_from DESC"), {"at": at, "known": known_at}).scalars().all()

    assert as_of(hours(1.5), hours(3)) == ["A"]
    assert as_of(hours(1.5), hours(6)) == ["B"]
    assert as_of(hours(9), hours(9)) == ["C"]
    assert as_of(hours(9), hours(1)) == []


def test_what_was_taken_down_stays_down(engine: Engine) -> None:
    one = load("A")
    article_id = UUID(str(derived_id("article", "orlu", "external_id", "TX-1")))
    with engine.begin() as connection:
        connection.execute(text(
            "INSERT INTO ops.tombstones (tombstone_id, kind, target_sha256, article_id, reason)"
            " VALUES (:id, 'article', sha256('x'), :id, 'asked for')"), {"id": article_id})
        assert store(connection, one).outcomes == ("forgotten",)
    assert history(engine) == []


def test_four_loaders_at_once_lead_to_the_same_versions_and_never_deadlock(engine: Engine) -> None:
    loads = [load(f"text {version} of {name}", at=version, name=f"TX-{name}") for name in range(12) for version in range(5)]
    failures: list[BaseException] = []

    def work(seed: int) -> None:
        own = random.Random(seed).sample(loads, len(loads))
        try:
            for first in range(0, len(own), 9):
                with engine.begin() as connection:
                    store(connection, *own[first:first + 9])
        except BaseException as failure:
            failures.append(failure)
            raise

    with engine.begin() as connection:
        store(connection)
        connection.execute(
            text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome) VALUES (:id, 'file', 'x', :at, 'empty')"),
            [{"id": one.capture_id, "at": one.captured_at} for one in loads])
    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    rows = history(engine)
    assert len(rows) == len(loads)
    assert all(row[4] == (None if row[3] == hours(4) else row[3] + timedelta(hours=1)) for row in rows)
