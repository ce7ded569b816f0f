"""Every example query runs, and answers its question."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection

from warehouse.examples import Example, examples

LoadArticle = Callable[..., UUID]


def test_there_are_twenty_five_in_order() -> None:
    assert [example.number for example in examples()] == list(range(1, 26))


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example.number}")
def test_it_runs_on_an_empty_and_on_a_filled_warehouse(
    connection: Connection, load_article: LoadArticle, example: Example
) -> None:
    query = example.sql.rstrip(";")
    run = {"execution_options": {"no_parameters": True}}
    connection.exec_driver_sql(query, **run).all()
    load_article(
        connection, "A treaty was signed.", external_id="1", headline="Treaty", captured_at=datetime(2024, 5, 31, tzinfo=UTC)
    )
    answer = connection.exec_driver_sql(query, **run).all()
    if example.number in {1, 7, 21}:
        assert any("Treaty" in row for row in answer)
