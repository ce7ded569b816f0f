"""The verdicts that people gave, as files: each row is whole, read once, and may be scored again."""

import csv
from collections import Counter
from pathlib import Path

import pytest

BENCH = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (BENCH / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ANSWERS = rows("read_answers.csv")


@pytest.mark.parametrize("name", ["offices", "quotes", "fresh_quotes"])
def test_a_verdict_says_where_what_and_how(name: str) -> None:
    answers = [row for row in ANSWERS if row["set"] == name]
    assert len(answers) >= 100
    for row in answers:
        assert row["verdict"] in ("right", "wrong", "open"), row
        assert 0 <= int(row["start"]) < int(row["end"]), row
        if row["answer"] == "open":
            assert row["verdict"] == "open", row
        elif row["verdict"] == "open":
            assert row["answer"].endswith(">"), row  # a pronoun or noun that no name is behind


def test_no_set_is_unknown() -> None:
    assert {row["set"] for row in ANSWERS} == {"offices", "quotes", "fresh_quotes"}


def test_an_answer_is_read_once() -> None:
    times = Counter((row["set"], row["id"], row["start"], row["end"]) for row in ANSWERS)
    assert [key for key, count in times.items() if count > 1] == []


def test_the_answer_to_a_quote_points_into_the_text() -> None:
    for row in ANSWERS:
        if row["set"] != "offices" and row["answer"] != "open":
            speaker, first = row["answer"].split(">")
            start, end = map(int, speaker.split("-"))
            assert start < end
            assert first == "" or first.isdigit()


def test_verdicts_hold_no_text() -> None:
    assert max(len(row["answer"]) for row in ANSWERS) < 100
    assert set(ANSWERS[0]) == {"set", "id", "start", "end", "answer", "verdict"}
