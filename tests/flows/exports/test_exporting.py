"""Exports hold what SQL says, and never half of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet
from sqlalchemy import Connection, text

from flows.documents.samples import Samples
from flows.exports.events import FORMATS, export_events
from flows.exports.exporting import VIEWS, export_csv, export_duckdb, export_parquet, safe_cell
from flows.exports.views import shape_of
from flows.main_job import samples_source, stages_for
from flows.orchestration.execution import PlainExecution
from flows.pipeline import run_pipeline
from flows.processes.pools import InlinePool
from flows.stages import Worker
from tests.conftest import fresh_engine
from transforms.failures import ConfigurationError
from warehouse.embedded.server import EmbeddedServer


@pytest.fixture(scope="module")
def loaded(server: EmbeddedServer) -> Iterator[Connection]:
    """A connection to a warehouse with the samples."""
    samples = Samples()
    stages = stages_for(samples.publishers, use_model=False)
    with fresh_engine(server) as engine:
        run_pipeline(
            engine, kind="samples", sources=[samples_source(engine, samples, stage_version=stages[0].version)],
            stages=stages, execution=PlainExecution(), worker=Worker(name="test", pool=InlinePool()),
        )
        with engine.connect() as connection:
            yield connection


def counted(connection: Connection) -> dict[str, int]:
    """Rows of each view as SQL counts them."""
    return {view: connection.scalar(text(f"SELECT count(*) FROM mart.{view}")) or 0 for view in VIEWS}


def test_parquet_is_partitioned_by_day_and_publisher_and_counts_as_sql_does(loaded: Connection, tmp_path: Path) -> None:
    counts = export_parquet(loaded, tmp_path / "out", VIEWS)
    assert counts == counted(loaded)
    files = sorted((tmp_path / "out" / "articles").rglob("*.parquet"))
    assert tmp_path / "out/articles/day=2022-05-11/publisher_code=kazinform.parquet" in files
    assert sum(parquet.read_table(file, partitioning=None).num_rows for file in files) == counts["articles"]
    schemas = {str(parquet.read_schema(file)) for file in files}
    assert len(schemas) == 1


def test_days_bound_what_is_exported(loaded: Connection, tmp_path: Path) -> None:
    counts = export_parquet(loaded, tmp_path / "out", ["articles"], date(2022, 5, 11), date(2022, 5, 12))
    assert counts == {"articles": 1}


def test_csv_and_duckdb_count_as_sql_does(loaded: Connection, tmp_path: Path) -> None:
    assert export_csv(loaded, tmp_path / "csv", VIEWS) == counted(loaded)
    assert export_duckdb(loaded, tmp_path / "mart.duckdb", VIEWS) == counted(loaded)
    with duckdb.connect(str(tmp_path / "mart.duckdb"), read_only=True) as database:
        assert database.execute("SELECT dateline_place FROM articles WHERE publisher_code = 'kazinform'").fetchall() == [("Ankara",)]


def test_an_existing_place_is_left_alone_and_a_failed_export_leaves_nothing(loaded: Connection, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ConfigurationError, match="exists"):
        export_csv(loaded, tmp_path / "there", VIEWS)
    with pytest.raises(ConfigurationError, match="no view mart.nothing"):
        export_parquet(loaded, tmp_path / "out", ["articles", "nothing"])
    assert list(tmp_path.iterdir()) == [tmp_path / "there"]


@pytest.mark.parametrize(
    ("value", "cell"), [("=1+1", "'=1+1"), ("@a", "'@a"), (-1, -1), (None, ""), (["a", "ü"], '["a", "ü"]'), ("a", "a")]
)
def test_a_cell_is_no_formula(value: object, cell: object) -> None:
    assert safe_cell(value) == cell


def test_events_are_written_in_the_columns_of_other_data_sets(loaded: Connection, tmp_path: Path) -> None:
    count = loaded.scalar(text("SELECT count(*) FROM mart.events")) or 0
    assert export_events(loaded, tmp_path / "p.tsv", FORMATS["polecat"]) == {"events_polecat": count}
    header, *lines = (tmp_path / "p.tsv").read_text("utf-8").splitlines()
    assert [len(line.split("\t")) for line in (header, *lines)] == [40] * (count + 1)
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
    assert all(row["Event Type"] and row["Version"] for row in rows)
    assert any(row["Actor Country"] == "KAZ" and row["Recipient Country"] == "TUR" for row in rows)
    assert export_events(loaded, tmp_path / "g.tsv", FORMATS["gdelt"]) == {"events_gdelt": count}
    lines = (tmp_path / "g.tsv").read_text("utf-8").splitlines()
    # SQLDATE, FractionDate, Actor1Code, EventCode, NumArticles, DATEADDED: where the codebook has them.
    fields = [line.split("\t") for line in lines]
    assert {len(row) for row in fields} == {61}
    assert all(row[4].startswith(row[3]) and int(row[33]) >= 1 and len(row[59]) == 14 for row in fields)
    assert {len(row[1]) for row in fields} <= {0, 8}
    assert any(row[5] == "KAZGOV" and row[26].startswith(row[28]) for row in fields)
    with pytest.raises(ConfigurationError, match="exists"):
        export_events(loaded, tmp_path / "g.tsv", FORMATS["gdelt"])


def test_events_of_some_days_alone(loaded: Connection, tmp_path: Path) -> None:
    day = date(2022, 5, 11)
    expected = loaded.scalar(text("SELECT count(*) FROM mart.events WHERE published_at = '2022-05-11Z'")) or 0
    assert export_events(loaded, tmp_path / "g", FORMATS["gdelt"], day, date(2022, 5, 12)) == {"events_gdelt": expected}
    assert export_events(loaded, tmp_path / "p", FORMATS["polecat"], date(2030, 1, 1)) == {"events_polecat": 0}
    assert len((tmp_path / "p").read_text("utf-8").splitlines()) == 1


def test_the_views_have_the_published_columns_in_their_order(loaded: Connection) -> None:
    polecat = [name for name, _ in shape_of(loaded, "events_polecat").columns]
    assert polecat[:8] == ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name"]
    assert (len(polecat), polecat.index("Recipient Name"), polecat.index("Placename")) == (40, 15, 23)
    gdelt = [name for name, _ in shape_of(loaded, "events_gdelt").columns]
    assert (gdelt[0], gdelt[26], gdelt[30], gdelt[33], gdelt[51], gdelt[60]) == (
        "GLOBALEVENTID", "EventCode", "GoldsteinScale", "NumArticles", "ActionGeo_Type", "SOURCEURL"
    )  # fmt: skip
