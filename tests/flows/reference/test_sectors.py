"""Every sector that a reference table gives is one of PLOVER's."""

import csv
import tomllib
from importlib.resources import files

import pytest

REFERENCE = files("seeds").joinpath("reference")


def rows(name: str) -> list[dict[str, str]]:
    lines = REFERENCE.joinpath(name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


KNOWN = {row["code"] for row in rows("plover_sectors.csv")}


@pytest.mark.parametrize("name", ["organizations.csv", "titles.csv", "group_nouns.csv"])
def test_of_a_table(name: str) -> None:
    assert {row["sector"] for row in rows(name)} - {""} <= KNOWN


def test_of_the_event_lexicon() -> None:
    assert set(tomllib.loads(REFERENCE.joinpath("event_lexicon.toml").read_text("utf-8"))["sectors"]) <= KNOWN
