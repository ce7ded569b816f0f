"""The same entities make the same rows in every process."""

from sqlalchemy import Engine, text

from transforms.annotations.annotation import Entity
from warehouse.core.entities import load_entities


def test_of_rows_that_a_table_has_under_one_key_the_last_stands_in_every_process(engine: Engine) -> None:
    # Many of them, since the order of a set, which differs from process to process, may be right by chance.
    numbers = range(40)
    monarchs = [
        Entity(key=f"person:{number}", name=f"Monarch {number}", kind="person", country_code=country, is_known=True)
        for country in ("GBR", "BLZ", "AUS") for number in numbers
    ]
    with engine.begin() as connection:
        load_entities(connection, monarchs)
        found = connection.scalars(text("SELECT country_code FROM core.entities")).all()
    assert found == ["AUS" for _ in numbers]
