"""`dateline entities`: who is called so, and a person's word on who is one with whom."""

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, text

from flows.cli import cli
from transforms.annotations.annotation import Entity
from transforms.entities.keys import found_key
from transforms.failures import PermanentError
from warehouse.core.entities import EntityAlias, entity_id, load_aliases, load_entities
from warehouse.core.entity_groups import settle_entities

MINISTER = Entity(key=found_key("person", "Marta Oduya", "KEN", "Minister"), name="Marta Oduya", kind="person", country_code="KEN")
CYRILLIC = Entity(key=found_key("person", "Марта Одуя", "KEN"), name="Марта Одуя", kind="person", country_code="KEN")
HOLM = Entity(key=found_key("person", "Marta Holm"), name="Marta Holm", kind="person")


@pytest.fixture(autouse=True)
def loaded(engine: Engine, warehouse_url: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Three names of two people, two of them found to be one."""
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    with engine.begin() as connection:
        load_entities(connection, [MINISTER, CYRILLIC, HOLM])
        load_aliases(connection, [EntityAlias(entity_key=HOLM.key, alias="Holm", source="text")])
        settle_entities(connection)
    return engine


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["entities", *arguments])


def listed(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json").stdout.splitlines()]


def survivor_of(engine: Engine, entity: Entity) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(text("SELECT resolved_id FROM core.entities WHERE entity_id = :id"), {"id": entity_id(entity.key)}))


def test_find_and_show_answer_in_any_script_with_the_survivor() -> None:
    assert listed("find", "Марта Одуя")[0]["entity_name"] == "Marta Oduya"
    assert "Nobody and nothing" in run("find", "zzzzzz").stdout
    about, *parts = listed("show", "Марта Одуя")
    assert (about["name"], about["country_code"]) == ("Marta Oduya", "KEN")
    assert {(row["part"], row["name"], row["detail"]) for row in parts} == {
        ("member", "Марта Одуя", "KEN"), ("name", "Marta Oduya", "Latn"), ("name", "Марта Одуя", "Cyrl")}  # fmt: skip
    assert "Cyrl" in run("show", "Marta Oduya").stdout


def test_merge_split_and_revoke_are_recorded_and_taken_back(loaded: Engine) -> None:
    done = run("merge", "Marta Oduya", "Holm", "--reason", "her married name", "--judge", "Aida")
    assert done.exit_code == 0, done.output
    assert survivor_of(loaded, HOLM) == str(entity_id(MINISTER.key))
    [judged] = listed("judgements")
    assert (judged["judge"], judged["reason"], judged["revoked_at"]) == ("Aida", "her married name", None)
    assert listed("judgements", "Holm") == [judged]
    assert run("revoke", judged["judgement_id"]).exit_code == 0
    assert survivor_of(loaded, HOLM) == str(entity_id(HOLM.key))
    assert listed("judgements")[0]["revoked_at"]
    assert run("split", str(entity_id(CYRILLIC.key)), "--reason", "another woman").exit_code == 0
    assert survivor_of(loaded, CYRILLIC) == str(entity_id(CYRILLIC.key))


def test_what_contradicts_an_earlier_judgement_is_refused_and_leaves_nothing(loaded: Engine) -> None:
    cyrillic = str(entity_id(CYRILLIC.key))
    assert run("split", str(entity_id(MINISTER.key)), cyrillic, "--reason", "two women").exit_code == 0
    assert run("merge", "Marta Oduya", "Holm", "--reason", "one woman").exit_code == 0
    refused = run("merge", str(entity_id(HOLM.key)), cyrillic, "--reason", "also one")
    assert isinstance(refused.exception, PermanentError)
    assert len(listed("judgements")) == 2


def test_a_name_of_several_or_of_nobody_is_refused() -> None:
    assert isinstance(run("show", "Nobody").exception, PermanentError)
    assert isinstance(run("merge", "Holm", "Marta Holm", "--reason", "x").exception, PermanentError)
    assert isinstance(run("revoke", "00000000-0000-0000-0000-000000000000").exception, PermanentError)
    assert run("merge", "Holm", "Marta Oduya").exit_code == 2
