"""Full text in several languages, names in several scripts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from transforms.annotations.annotation import Entity
from transforms.entities.spelling import romanised
from warehouse.core.entities import EntityAlias, load_entities

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
LoadArticle = Callable[..., UUID]


def search(connection: Connection, query: str, **arguments: Any) -> list[str]:
    given = "".join(f", {name} => :{name}" for name in arguments)
    found = connection.execute(
        text(f"SELECT display_title FROM mart.search_articles(:query{given})"), {"query": query, **arguments}
    )
    return [row.display_title for row in found]


@pytest.fixture
def library(connection: Connection, load_article: LoadArticle) -> Connection:
    """Four articles in three languages."""
    for number, (language, headline, body) in enumerate(
        [
            ("en", "Ministers sign treaty", "The ministers signed a treaty about the harbours of the coast."),
            ("en", "Storm over the coast", "A storm damaged boats. Nobody spoke of a treaty."),
            ("ru", "Министры подписали договор", "Министры подписали договор о портах в столице."),
            ("fr", "Le traité est signé", "Les ministres ont signé le traité à Dakar."),
        ]
    ):
        load_article(
            connection, body, headline=headline, language=language, external_id=str(number),
            captured_at=MORNING + timedelta(days=number),
        )  # fmt: skip
    return connection


@pytest.mark.parametrize(
    ("query", "language", "titles"),
    [
        ("treaties", "en", ["Ministers sign treaty", "Storm over the coast"]),
        ("treaty -storm", "en", ["Ministers sign treaty"]),
        ('"signed a treaty"', "en", ["Ministers sign treaty"]),
        ("harbour or storm", "en", ["Storm over the coast", "Ministers sign treaty"]),
        ("договоры", "ru", ["Министры подписали договор"]),
        ("traite", "fr", ["Le traité est signé"]),
        ("treaty", "tr", []),
        ("the", "en", []),
        ("", "en", []),
        ("'; DROP TABLE x; --", "en", []),
    ],
)
def test_words_match_in_any_form(library: Connection, query: str, language: str, titles: list[str]) -> None:
    assert search(library, query, language=language) == titles


def test_a_search_may_be_bounded(library: Connection) -> None:
    assert search(library, "treaty", since=MORNING + timedelta(days=1)) == ["Storm over the coast"]
    assert search(library, "treaty", until=MORNING + timedelta(days=1)) == ["Ministers sign treaty"]
    assert search(library, "treaty", result_limit=1) == ["Ministers sign treaty"]


def test_an_excerpt_shows_the_hit(library: Connection) -> None:
    excerpt = library.scalar(text("SELECT excerpt FROM mart.search_articles('harbour')"))
    assert "«harbours»" in (excerpt or "")
    library.execute(text("UPDATE core.publishers SET is_full_text_shown = false"))
    assert library.scalars(text("SELECT excerpt FROM mart.search_articles('harbour')")).all() == [None]


def test_a_killed_article_is_not_found(library: Connection, load_article: LoadArticle) -> None:
    load_article(library, "KILL: do not use the treaty.", external_id="0", captured_at=MORNING + timedelta(days=9),
                 change_hint="kill", pub_status="canceled")  # fmt: skip
    assert search(library, "treaty") == ["Storm over the coast"]


@pytest.mark.parametrize("asked", ["Erdogan", "ERDOĞAN", "Recep Tayip Erdogan", "Эрдоган"])
def test_names_are_found_in_any_spelling_and_script(every_engine: Engine, asked: str) -> None:
    with every_engine.connect() as connection:
        erdogan = Entity(key="Q39259", name="Recep Tayyip Erdoğan", kind="person", country_code="TUR", is_known=True)
        other = Entity(key="other", name="Marta Oduya", kind="person")
        load_entities(
            connection, [erdogan, other], [EntityAlias(entity_key="Q39259", alias="Реджеп Тайип Эрдоган", source="table")]
        )
        found = connection.execute(text("SELECT entity_name FROM mart.search_entities(:name)"), {"name": asked})
        assert [row.entity_name for row in found] == ["Recep Tayyip Erdoğan"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Марта Одуя", "Marta Oduya"), ("Одуя", "Marta Oduya"), ("Μαρτα Οδυα", "Marta Oduya"),
        ("Bektenov", "Олжас Бектенов"), ("olzhas bektenov", "Олжас Бектенов"),
    ],
)  # fmt: skip
def test_a_name_is_found_though_no_text_wrote_it_in_the_script_that_is_asked_in(connection: Connection, asked: str, found: str) -> None:
    load_entities(connection, [Entity(key=name, name=name, kind="person") for name in ("Marta Oduya", "Олжас Бектенов", "Ilan Brask")])
    rows = connection.execute(text("SELECT entity_name FROM mart.search_entities(:name)"), {"name": asked})
    assert [row.entity_name for row in rows] == [found]


def test_sql_writes_names_in_latin_letters_as_python_does(connection: Connection) -> None:
    letters = "".join(map(chr, (*range(0x3B1, 0x3CA), *range(0x430, 0x460), *map(ord, "әғқңөұүһґ"), *range(0x61, 0x7B))))
    assert connection.scalar(text("SELECT core.romanised(:letters)"), {"letters": letters}) == romanised(letters)
