"""An export that is brought up to date equals one that is made anew, and only what changed was written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from pyarrow import parquet
from sqlalchemy import Engine, text

from flows.cli.export import command
from flows.exports.exporting import VIEWS, export_parquet
from flows.exports.updates import update_parquet
from transforms.failures import ConfigurationError
from warehouse.day_counts import refresh_day_counts
from warehouse.forgetting import find_traces, forget

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
LoadArticle = Callable[..., UUID]


def read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every file that has any, by its place in the export."""
    found = {str(file.relative_to(folder)): parquet.read_table(file, partitioning=None).to_pylist() for file in sorted(folder.rglob("*.parquet"))}
    return {place: rows for place, rows in found.items() if rows}


def stamps(folder: Path) -> dict[str, int]:
    """Which file is which, by its place: a file that was replaced is another."""
    return {str(file.relative_to(folder)): file.stat().st_ino for file in folder.rglob("*.parquet")}


@pytest.fixture
def exported(engine: Engine, load_article: LoadArticle, tmp_path: Path) -> Path:
    """An export of three days, of two publishers."""
    with engine.begin() as connection:
        for number in range(3):
            load_article(connection, f"Text number {number}.", external_id=str(number), captured_at=MORNING + timedelta(days=number))
        load_article(connection, "Another text.", external_id="9", publisher="tide-press")
        load_article(connection, "When was this?", external_id="10", published_at=None)
        refresh_day_counts(connection)
    with engine.connect() as connection:
        export_parquet(connection, tmp_path / "out", VIEWS)
    return tmp_path / "out"


def update(engine: Engine, folder: Path) -> dict[str, int]:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        return update_parquet(connection, folder).rows


def same_as_new(engine: Engine, folder: Path) -> bool:
    with engine.connect() as connection:
        export_parquet(connection, folder.with_name("anew"), VIEWS)
    return read(folder) == read(folder.with_name("anew"))


def test_nothing_is_written_where_nothing_changed(engine: Engine, exported: Path) -> None:
    before = stamps(exported)
    assert set(update(engine, exported).values()) == {0}
    assert stamps(exported) == before


def test_a_new_version_and_a_new_day_are_written_and_other_days_are_left_alone(
    engine: Engine, exported: Path, load_article: LoadArticle
) -> None:
    before = stamps(exported)
    with engine.begin() as connection:
        # The first day's article changes on the fourth.
        load_article(connection, "Text number 0, as corrected.", external_id="0", published_at=MORNING, captured_at=MORNING + timedelta(days=3))
        load_article(connection, "Text number 5.", external_id="5", captured_at=MORNING + timedelta(days=5))
        refresh_day_counts(connection)
    assert update(engine, exported)["articles"] > 0
    replaced = {place for place, stamp in stamps(exported).items() if before.get(place) != stamp}
    assert "articles/day=2024-05-01/publisher_code=harbour-wire.parquet" in replaced
    assert "articles/day=2024-05-06/publisher_code=harbour-wire.parquet" in replaced
    assert not [place for place in replaced if "day=2024-05-02" in place or "day=2024-05-03" in place]
    assert same_as_new(engine, exported)


def test_a_change_that_is_not_counted_yet_is_written_and_written_again_once_it_is(
    engine: Engine, exported: Path, load_article: LoadArticle
) -> None:
    with engine.begin() as connection:
        load_article(connection, "Text number 6.", external_id="6")
    assert update(engine, exported)["articles"] > 0
    with engine.begin() as connection:
        refresh_day_counts(connection)
    assert update(engine, exported)["articles"] > 0
    assert set(update(engine, exported).values()) == {0}
    assert same_as_new(engine, exported)


def test_what_was_taken_down_leaves_the_export(engine: Engine, exported: Path, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        load_article(connection, "A secret.", external_id="7", captured_at=MORNING + timedelta(days=7), canonical_url="https://quay.example/7")
        refresh_day_counts(connection)
    update(engine, exported)
    assert (exported / "articles/day=2024-05-08").is_dir()
    with engine.begin() as connection:
        forget(connection, find_traces(connection, ["https://quay.example/7"]), reason="asked", requested_by=None)
        refresh_day_counts(connection)
    update(engine, exported)
    assert not (exported / "articles/day=2024-05-08").exists()
    assert same_as_new(engine, exported)


def test_an_embargo_that_ended_meanwhile_shows_its_article(engine: Engine, exported: Path, load_article: LoadArticle) -> None:
    with engine.begin() as connection:
        load_article(connection, "Not yet.", external_id="8", captured_at=MORNING + timedelta(days=8), embargoed_until=datetime.now(UTC) + timedelta(days=1))
        refresh_day_counts(connection)
    update(engine, exported)
    assert not (exported / "articles/day=2024-05-09").exists()
    with engine.begin() as connection:
        # As if a day had passed.
        connection.execute(text("UPDATE core.article_versions SET embargoed_until = now() WHERE embargoed_until > now()"))
    update(engine, exported)
    assert same_as_new(engine, exported)
    assert (exported / "articles/day=2024-05-09").is_dir()


def test_a_hidden_text_is_hidden_on_every_day(engine: Engine, exported: Path) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE core.publishers SET is_full_text_shown = false"))
    update(engine, exported)
    rows = [row for place, rows in read(exported).items() if place.startswith("articles/") for row in rows]
    assert len(rows) == 5
    assert {row["body"] for row in rows} == {None}


def test_a_view_with_other_columns_is_written_whole(engine: Engine, exported: Path) -> None:
    state = exported / "_export.json"
    state.write_text(state.read_text("utf-8").replace('"display_title"', '"title"'), "utf-8")
    counts = update(engine, exported)
    assert (counts["articles"], counts["article_versions"]) == (5, 0)


def test_an_update_of_something_else_is_refused(engine: Engine, exported: Path, tmp_path: Path, warehouse_url: str) -> None:
    with engine.connect() as connection:
        with pytest.raises(ConfigurationError, match=r"it has no _export\.json"):
            update_parquet(connection, tmp_path)
        with pytest.raises(ConfigurationError, match="an update writes the same views"):
            update_parquet(connection, exported, ["articles"])
    (exported / "_export.json").write_text("{", "utf-8")
    with engine.connect() as connection, pytest.raises(ConfigurationError, match="cannot be read"):
        update_parquet(connection, exported)
    result = CliRunner(env={"DATELINE_WAREHOUSE_URL": warehouse_url}).invoke(command, [str(exported), "--update", "--format", "csv"])
    assert result.exit_code == 2
