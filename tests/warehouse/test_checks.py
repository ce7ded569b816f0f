"""Each check finds what it is for, and nothing in a warehouse that is as it should be."""

from collections.abc import Callable
from datetime import UTC, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import Annotations, Entity, Event, Mention, Quote
from transforms.publishers import ExpectedRange, Publisher
from warehouse.checks import read_checks, run_checks
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.publishers import load_publishers
from warehouse.day_counts import refresh_day_counts
from warehouse.ops.runs import start_run

LoadArticle = Callable[..., UUID]
BODY = "Oduya said: “We signed.”"


def fill(connection: Connection, load_article: LoadArticle) -> UUID:
    """A run with one article of yesterday, annotated, and an older one; its id."""
    run_id = start_run(connection, "run", worker="host:1", code_version="1")
    expected = (ExpectedRange(measure="articles_per_day", minimum=1, maximum=1),)
    # By the clock of the run: it may begin before midnight and be judged after.
    yesterday = connection.scalar(text("SELECT now()")).astimezone(UTC) - timedelta(days=1)
    load_article(connection, "An older text.", external_id="0", captured_at=yesterday - timedelta(days=5))
    version_id = load_article(connection, BODY, external_id="1", captured_at=yesterday)
    wire = Publisher(code="harbour-wire", name="Harbour Wire", is_active=True, expected_ranges=expected)
    load_publishers(connection, [wire])
    oduya = Entity(key="oduya", name="Oduya", kind="person")
    found = Annotations(
        text_id="1",
        mentions=(Mention(start=0, end=5, text="Oduya", kind="person", entity=oduya, annotator="rules"),),
        quotes=(Quote(start=13, end=23, text="We signed.", is_direct=True),),
        events=(Event(sentence=0, start=0, end=24, trigger_start=16, trigger_end=22, event_type="AGREE", quad_class=1,
                      coder="frames"),),
    )  # fmt: skip
    load_annotations(connection, [VersionAnnotations(article_version_id=version_id, annotations=found)], annotator_version="1")
    connection.execute(
        text(
            "INSERT INTO core.clusters (cluster_id, member_count, publisher_count, clusterer_version)"
            " VALUES (md5('1')::uuid, 1, 1, '1')"
        )
    )
    connection.execute(
        text(
            "INSERT INTO core.cluster_members (article_id, cluster_id, article_version_id, relation, is_canonical)"
            " SELECT article_id, md5('1')::uuid, article_version_id, 'canonical', true FROM core.article_versions"
            " WHERE article_version_id = :id"
        ),
        {"id": version_id},
    )
    connection.execute(
        text(
            "INSERT INTO ops.work (stage, subject_id, stage_version, state, run_id)"
            " SELECT 'extract', capture_id, '1', 'done', :run_id FROM raw.captures"
            " UNION ALL SELECT stage, article_version_id, '1', 'done', :run_id"
            " FROM core.article_versions, (VALUES ('cluster'), ('annotate')) stages (stage)"
        ),
        {"run_id": run_id},
    )
    connection.execute(text("UPDATE raw.captures SET run_id = :run_id"), {"run_id": run_id})
    refresh_day_counts(connection)
    return run_id


ADD_BACKFILL = (
    "INSERT INTO ops.backfills (backfill_id, publisher_id, since, until, window_interval, state, requested_by)"
    " SELECT md5('b')::uuid, publisher_id, '2024-05-01', '2024-05-02', 'day', 'done', 'a test' FROM core.publishers;"
)
ADD_WINDOW = (
    "INSERT INTO ops.windows (window_id, publisher_id, series_id, backfill_id, window_start, window_end, state, run_id)"
    " SELECT md5('w')::uuid, publisher_id, coalesce({backfill}, publisher_id), {backfill}, '{start}',"
    " timestamptz '{start}' + interval '1 day', '{state}', {run} FROM core.publishers"
)

# What to break, and the check that finds it.
BREAKS = {
    "windows_done_unread": ADD_WINDOW.format(backfill="NULL::uuid", start="2024-05-01", state="done", run="NULL"),
    "windows_in_the_future": ADD_WINDOW.format(backfill="NULL::uuid", start="2999-01-01", state="done", run="md5('r')::uuid"),
    "backfills_done_unread": ADD_BACKFILL + ADD_WINDOW.format(
        backfill="md5('b')::uuid", start="2024-05-01", state="pending", run="NULL"),
    "captures_without_work": "DELETE FROM ops.work WHERE stage = 'extract'",
    "mentions_off_their_text": "UPDATE core.mentions SET surface = 'Brask'",
    "quotes_off_their_text": "UPDATE core.quotes SET quote_text = 'We did not sign.'",
    "events_outside_their_text": "UPDATE core.events SET end_offset = 1000",
    "published_in_the_future": "UPDATE core.article_versions SET published_at = '2999-01-01', recorded_at = now()",
    "versions_without_text": "UPDATE core.article_versions SET body = '', recorded_at = now()",
    "versions_with_gaps": "UPDATE core.article_versions SET valid_to = valid_from + interval '1 hour'",
    "current_versions_not_latest": "UPDATE core.article_versions SET superseded_at = now() + interval '1 day'",
    "clusters_without_canonical": "UPDATE core.cluster_members SET is_canonical = false",
    "day_counts_differ": "UPDATE core.article_days SET article_count = 7",
    "publishers_below_their_minimum": "UPDATE core.article_days SET article_count = 0",
    "publishers_above_their_maximum": "UPDATE core.article_days SET article_count = 2",
}


def test_a_sound_warehouse_passes_every_check(every_engine: Engine, load_article: LoadArticle) -> None:
    with every_engine.begin() as connection:
        results = run_checks(connection, fill(connection, load_article))
        assert [result.name for result in results if not result.is_passed] == []
        assert connection.scalar(text("SELECT count(*) FROM mart.check_results WHERE is_passed")) == len(results)


@pytest.mark.parametrize("name", BREAKS)
def test_each_check_finds_what_it_is_for(connection: Connection, load_article: LoadArticle, name: str) -> None:
    run_id = fill(connection, load_article)
    connection.execute(text(BREAKS[name]))
    found = {result.name: result for result in run_checks(connection, run_id)}
    assert not found[name].is_passed
    assert found[name].sample


def test_every_check_was_broken_once() -> None:
    assert {check.name for check in read_checks()} == set(BREAKS)
