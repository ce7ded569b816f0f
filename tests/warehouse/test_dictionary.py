"""The dictionary page is current, and the columns that analysts build on are those that were promised."""

from pathlib import Path

from sqlalchemy import Connection, text

from warehouse.dictionary import DIAGRAMS, PAGE, page
from warehouse.tables import metadata

CONTRACT = Path(__file__).parents[1] / "golden" / "mart_columns.txt"


def test_the_page_is_what_the_tables_and_views_say(connection: Connection) -> None:
    assert PAGE.read_text("utf-8") == page(connection), "run: python -m warehouse.dictionary"


def test_every_table_that_holds_data_is_in_a_picture() -> None:
    drawn = {name for names in DIAGRAMS.values() for name in names}
    left_out = {"work", "workers", "hosts", "robots", "judgements", "tombstones", "mart_files", "stale_days", "day_changes",
                "stale_event_days", "article_days", "entity_days", "event_days"}  # fmt: skip
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
