"""Clusters in the warehouse: the same sets in any order, any batches and any number of loaders."""

import random
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from transforms.articles.article import Article, Dateline
from transforms.clusters.pairs import OFF, Windows
from transforms.clusters.texts import sign_versions
from transforms.identity import derived_id
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.clusters import ClusterChange, join_clusters, load_clusters
from warehouse.core.publishers import load_publishers
from warehouse.core.signatures import CANDIDATES_VERIFIED, EXCERPTS_VERIFIED, read_version_texts

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
WORDS = [f"w{number}" for number in range(400)]
PUBLISHERS = [Publisher(code="orlu", name="Orlu News Agency", agency="Orlu News"),
              *(Publisher(code=f"paper{number}", name=f"Paper {number}") for number in range(12))]


def text_of(seed: int, *, changed: int = 0, count: int = 120) -> str:
    """An invented text; two with the same seed differ in the first `changed` of their words."""
    words = random.Random(seed).choices(WORDS, k=count)
    return " ".join([f"other{seed}x{place}x{changed}" if place < changed else word for place, word in enumerate(words)])


def story(name: str, body: str, *, hours: float = 0, publisher: str = "orlu", **fields: Any) -> ArticleLoad:
    """A load of article `name` of `publisher`, published `hours` after noon."""
    published_at = NOON + timedelta(hours=hours)
    article = replace(Article(document_id=name, format="plain", body=body, external_id=name, published_at=published_at), **fields)
    return ArticleLoad(capture_id=derived_id("capture", publisher, name, body, hours, str(fields)), captured_at=published_at,
                       publisher_code=publisher, article=article)


def capture(engine: Engine, loads: Iterable[ArticleLoad]) -> None:
    """The rows that loads refer to."""
    with engine.begin() as connection:
        load_publishers(connection, PUBLISHERS)
        connection.execute(
            text("INSERT INTO raw.captures (capture_id, kind, path, fetched_at, outcome) VALUES"
                 " (:id, 'file', 'x', :at, 'empty') ON CONFLICT DO NOTHING"),
            [{"id": one.capture_id, "at": one.captured_at} for one in loads])


def store(engine: Engine, loads: Sequence[ArticleLoad], windows: Windows = OFF) -> ClusterChange:
    """Load, sign and cluster one batch, each in a transaction of its own, as the stages do."""
    with engine.begin() as connection:
        loaded = load_articles(connection, loads, parser_version="1", now=NOON)
        versions = read_version_texts(connection, loaded.stale_versions)
    signed = sign_versions(versions.values())
    with engine.begin() as connection:
        return load_clusters(connection, signed, windows)


def groups(engine: Engine) -> set[frozenset[str]]:
    """The clusters as sets of article names."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT array_agg(identity_key) FROM core.cluster_members"
                                       " JOIN core.articles USING (article_id) GROUP BY cluster_id"))
        return {frozenset(row[0]) for row in rows}


def members(engine: Engine) -> dict[str, tuple[Any, ...]]:
    """What the members' rows say, by article name."""
    with engine.connect() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.execute(text(
            "SELECT identity_key, relation, round(similarity_ratio::numeric, 2)::float, is_canonical, is_wire_copy"
            " FROM core.cluster_members JOIN core.articles USING (article_id)"))}


def wire(count: int) -> list[ArticleLoad]:
    """A wire's day: stories with exact copies, changed copies, excerpts, and many that stand alone."""
    loads = []
    for number in range(count):
        loads.append(story(f"s{number}", text_of(number), hours=number % 7))
        if number % 3 == 0:
            loads.append(story(f"s{number}-copy", text_of(number).upper(), hours=8, publisher=f"paper{number % 12}"))
        if number % 4 == 0:
            loads.append(story(f"s{number}-cut", text_of(number, changed=4), hours=3, publisher=f"paper{number % 5}"))
        if number % 5 == 0:
            loads.append(story(f"s{number}-part", " ".join(text_of(number).split()[40:90]), publisher="paper1"))
    return loads


def expected(count: int) -> set[frozenset[str]]:
    found = set()
    for number in range(count):
        names = {f"s{number}"} | ({f"s{number}-copy"} if number % 3 == 0 else set()) | ({f"s{number}-cut"} if number % 4 == 0 else set())
        if len(names) > 1:
            found.add(frozenset(names))
    return found


@pytest.mark.parametrize("batch_size", [1, 100, 1000])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_batches_lead_to_the_same_clusters(engine: Engine, batch_size: int, seed: int) -> None:
    loads = wire(40)
    random.Random(seed).shuffle(loads)
    capture(engine, loads)
    for first in range(0, len(loads), batch_size):
        store(engine, loads[first:first + batch_size])
    assert groups(engine) == expected(40)


@pytest.mark.parametrize("batch_size", [1, 20])
def test_four_concurrent_loaders_lead_to_the_same_clusters(engine: Engine, batch_size: int) -> None:
    loads = wire(40)
    random.Random(9).shuffle(loads)
    capture(engine, loads)
    failures: list[BaseException] = []

    def work(own: list[ArticleLoad]) -> None:
        try:
            for first in range(0, len(own), batch_size):
                store(engine, own[first:first + batch_size])
        except BaseException as failure:
            failures.append(failure)
            raise

    threads = [threading.Thread(target=work, args=(loads[number::4],)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert groups(engine) == expected(40)


def test_postgresql_15_gives_the_same_clusters(every_engine: Engine) -> None:
    capture(every_engine, wire(12))
    store(every_engine, wire(12))
    assert groups(every_engine) == expected(12)


def test_loading_again_writes_nothing(engine: Engine) -> None:
    loads = wire(12)
    capture(engine, loads)
    store(engine, loads)

    def rows() -> list[Any]:
        with engine.connect() as connection:
            return [connection.execute(text(f"SELECT xmin::text, t.* FROM core.{name} t ORDER BY t::text")).all() for name in (
                "signatures", "version_texts", "similar_texts", "excerpts", "clusters", "cluster_members")]

    before = rows()
    with engine.begin() as connection:
        ids = connection.execute(text("SELECT article_version_id FROM core.version_texts")).scalars().all()
        assert load_clusters(connection, sign_versions(read_version_texts(connection, ids).values()), OFF).changed_clusters == frozenset()
    assert rows() == before


def test_relation_similarity_canonical_and_wire_copies(engine: Engine) -> None:
    loads = [story("agency", text_of(1), hours=1), story("early", text_of(1), publisher="paper1", credit="Orlu News"),
             story("cut", text_of(1, changed=4), publisher="paper2", dateline=Dateline(text="ORLU", agency="ORLU NEWS"))]
    capture(engine, loads)
    change = store(engine, loads)
    assert (change.clustered, change.duplicates) == (3, 2)
    assert members(engine) == {
        "agency": ("canonical", 1.0, True, False), "early": ("exact", 1.0, False, True), "cut": ("near", 0.93, False, True)}
    with engine.connect() as connection:
        assert connection.execute(text(
            "SELECT origin_agency, member_count, publisher_count, identity_key FROM core.clusters"
            " JOIN core.articles ON article_id = origin_article_id")).one() == ("Orlu News", 3, 3, "agency")


def test_an_excerpt_is_a_link(engine: Engine) -> None:
    part = " ".join(text_of(1, count=900).split()[300:420])
    loads = [story("whole", text_of(1, count=900)), story("part", part, publisher="paper1")]
    capture(engine, loads)
    store(engine, loads)
    assert groups(engine) == set()
    with engine.connect() as connection:
        assert connection.execute(text(
            "SELECT a.identity_key, b.identity_key, contained_ratio FROM core.excerpts e"
            " JOIN core.version_texts x ON x.text_id = e.text_id JOIN core.articles a ON a.article_id = x.article_id"
            " JOIN core.version_texts y ON y.text_id = excerpt_text_id JOIN core.articles b ON b.article_id = y.article_id"
        )).all() == [("whole", "part", 1.0)]


def test_a_new_version_moves_its_article(engine: Engine) -> None:
    loads = [story("a", text_of(1)), story("b", text_of(1)), story("c", text_of(2)), story("a", text_of(2), hours=2, modified_at=NOON + timedelta(hours=2))]
    capture(engine, loads)
    store(engine, loads[:3])
    assert groups(engine) == {frozenset("ab")}
    store(engine, loads[3:])
    assert groups(engine) == {frozenset("ac")}


def test_a_killed_article_stays_with_those_who_carry_its_text(engine: Engine) -> None:
    kill = story("a", "Kill this story.", hours=2, pub_status="canceled", modified_at=NOON + timedelta(hours=2))
    loads = [story("a", text_of(1)), story("b", text_of(1), hours=1, publisher="paper1"), kill]
    capture(engine, loads)
    for one in loads:
        store(engine, [one])
    assert groups(engine) == {frozenset("ab")}
    assert members(engine)["b"][2] is True


def test_the_window_keeps_weekly_reports_apart(engine: Engine) -> None:
    weekly = [story(f"week{week}", text_of(1), hours=24 * 7 * week) for week in range(6)]
    copy = story("week3-copy", text_of(1), hours=24 * 21 + 5, publisher="paper1")
    capture(engine, [*weekly, copy])
    for one in [copy, *weekly]:
        store(engine, [one], Windows())
    assert groups(engine) == {frozenset({"week3", "week3-copy"})}


def test_daily_tables_do_not_chain(engine: Engine) -> None:
    tables = [story(f"day{day}", text_of(1) + f" closed at {day * 7} points", hours=24 * day) for day in range(1, 9)]
    capture(engine, tables)
    store(engine, tables, Windows())
    assert groups(engine) == set()


@pytest.mark.parametrize("body", ["", "word", "Photo of the day", "\u0000"])
def test_texts_that_say_nothing_are_alike_to_none(engine: Engine, body: str) -> None:
    loads = [story(f"n{number}", body) for number in range(5)]
    capture(engine, loads)
    store(engine, loads)
    assert groups(engine) == set()


def judge(connection: Connection, kind: str, left: str, right: str | None, article: Collection[str]) -> None:
    ids: dict[str, UUID] = {name: derived_id("article", "orlu", "external_id", name) for name in article}
    connection.execute(
        text("INSERT INTO ops.judgements (judgement_id, kind, left_id, right_id, judge) VALUES (:id, :kind, :left, :right, 'Aida')"),
        {"id": derived_id("judgement", kind, left, right), "kind": kind, "left": ids[left], "right": ids[right] if right else None})
    join_clusters(connection, {ids[left]}, OFF)


def test_judgements_stand_and_survive_loading_again(engine: Engine) -> None:
    loads = [story("a", text_of(1)), story("b", text_of(1)), story("c", text_of(1, changed=4)), story("d", text_of(2))]
    capture(engine, loads)
    store(engine, loads)
    assert groups(engine) == {frozenset("abc")}
    with engine.begin() as connection:
        judge(connection, "cluster_split", "a", "c", "abcd")
    assert groups(engine) == {frozenset("ab")}
    with engine.begin() as connection:
        judge(connection, "cluster_join", "d", "a", "abcd")
    assert groups(engine) == {frozenset("abd")}
    late = story("e", text_of(1, changed=2))
    capture(engine, [late])
    store(engine, [late])
    assert groups(engine) in ({frozenset("abde")}, {frozenset("ce"), frozenset("abd")})
    with engine.begin() as connection:
        ids = connection.execute(text("SELECT article_id FROM core.articles")).scalars().all()
        connection.execute(text("DELETE FROM core.cluster_members"))
        connection.execute(text("DELETE FROM core.clusters"))
        join_clusters(connection, ids, OFF)
    assert {frozenset("abd") <= group for group in groups(engine)} >= {True}
    assert not any({"a", "c"} <= group for group in groups(engine))


def test_ten_thousand_copies_of_one_text_take_bounded_time(engine: Engine) -> None:
    loads = [story(f"n{number}", text_of(1), hours=number / 100, publisher=f"paper{number % 12}") for number in range(10_000)]
    capture(engine, loads)
    for first in range(0, len(loads), 1000):
        store(engine, loads[first:first + 1000])
    assert {len(group) for group in groups(engine)} == {10_000}


def test_hundreds_of_nearly_the_same_text_take_bounded_time_and_are_one_cluster(engine: Engine) -> None:
    """Each differs from every other by a word, so that every one is a candidate of every other."""
    words = text_of(1).split()
    loads = [story(f"n{number}", " ".join([*words[:number % 100], f"v{number}", *words[number % 100 + 1:]]), hours=number / 100)
             for number in range(400)]
    capture(engine, loads)
    started = time.process_time()
    crowded = [store(engine, loads[first:first + 100]).crowded for first in range(0, 400, 100)]
    assert time.process_time() - started < 120
    assert {len(group) for group in groups(engine)} == {400}
    assert crowded[-1] > 0
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM core.similar_texts")) <= 400 * (CANDIDATES_VERIFIED + EXCERPTS_VERIFIED)


def test_texts_that_no_article_has_any_more_crowd_nobody_out(engine: Engine) -> None:
    """A story of a thousand versions leaves as many signatures behind, all alike."""
    loads = [story(f"n{number}", text_of(1)) for number in range(2)]
    capture(engine, loads)
    store(engine, loads)
    with engine.begin() as connection:
        connection.execute(text(
            "INSERT INTO core.signatures (text_id, word_count, bands, anchors, signer_version)"
            " SELECT gen_random_uuid(), word_count, bands, anchors, signer_version"
            " FROM core.signatures, generate_series(1, 1000)"))
    near = story("near", text_of(1, changed=2))
    capture(engine, [near])
    store(engine, [near])
    assert groups(engine) == {frozenset({"n0", "n1", "near"})}


def test_an_adversary_s_collisions_are_verified_away(engine: Engine) -> None:
    """Texts made to share all their bands and no words are compared a bounded number of times, and found unlike."""
    loads = [story(f"n{number}", text_of(number)) for number in range(600)]
    capture(engine, loads)
    store(engine, loads[:599])
    with engine.begin() as connection:
        connection.execute(text("UPDATE core.signatures SET bands = (SELECT bands FROM core.signatures LIMIT 1)"))
        versions = connection.execute(text("SELECT article_version_id FROM core.version_texts LIMIT 20")).scalars().all()
        started = time.process_time()
        load_clusters(connection, sign_versions(read_version_texts(connection, versions).values()), OFF)
        assert time.process_time() - started < 10
    assert groups(engine) == set()
