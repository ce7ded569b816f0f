"""The dictionary page is current, and the columns that analysts build on are those that were promised."""

from pathlib import Path

import yaml
from sqlalchemy import Connection, text

from warehouse import dbt_sources
from warehouse.dictionary import DIAGRAMS, PAGE, page
from warehouse.tables import metadata

CONTRACT = Path(__file__).parents[1] / "golden" / "mart_columns.txt"


def test_the_page_is_what_the_tables_and_views_say(connection: Connection) -> None:
    assert PAGE.read_text("utf-8") == page(connection), "run: python -m warehouse.dictionary"


def test_the_dbt_source_is_what_the_views_say(connection: Connection) -> None:
    assert dbt_sources.FILE.read_text("utf-8") == dbt_sources.sources(connection), "run: python -m warehouse.dictionary"


def test_dbt_reads_the_source_and_knows_how_fresh_each_view_is(connection: Connection) -> None:
    [source] = yaml.safe_load(dbt_sources.FILE.read_text("utf-8"))["sources"]
    assert source["schema"] == "mart"
    for view in source["tables"]:
        columns = {column["name"] for column in view["columns"]}
        assert all(column["description"] for column in view["columns"])
        if "config" in view:
            assert view["config"]["loaded_at_field"] in columns
            connection.execute(text(f"SELECT max({view['config']['loaded_at_field']}) FROM mart.{view['name']}"))
    assert sum("config" in view for view in source["tables"]) > 10


def test_every_table_that_holds_data_is_in_a_picture() -> None:
    drawn = {name for names in DIAGRAMS.values() for name in names}
    left_out = {"work", "workers", "hosts", "robots", "judgements", "tombstones", "mart_files", "stale_days", "day_changes",
                "stale_events", "article_days", "entity_days", "event_days"}  # fmt: skip
    assert {table.name for table in metadata.tables.values()} - drawn - left_out == set()


def test_analysts_keep_their_columns(connection: Connection) -> None:
    promised = set(CONTRACT.read_text("utf-8").splitlines())
    found = set(
        connection.scalars(
            text(
                "SELECT concat_ws(' ', object_name, column_name, data_type) FROM mart.data_dictionary"
                " WHERE position > 0 OR object_kind = 'function'"
            )
        )
    )
    assert promised - found == set(), "a column was taken away or changed its type: that breaks analysts' queries"
    assert found - promised == set(), f"new columns are a promise: add them to {CONTRACT.name}"
