"""Numbers and times as an editor reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from transforms.brief.differences import snippets
from transforms.brief.wording import (
    change,
    clock,
    listed,
    long_day,
    mean,
    moment_text,
    number,
    share,
    short,
    zone_text,
)

THIN = "\u202f"


@pytest.mark.parametrize(
    ("today", "before", "words"),
    [
        (12, 10, f"+20{THIN}%"), (8, 10, f"−20{THIN}%"), (10, 10, f"±0{THIN}%"), (3, 0, "new"), (0, 0, "–"),
        (0, 5, f"−100{THIN}%"), (500, 2, "250×"),
        (1, 0.3, "more"), (0, 0.3, "less"),  # per cent of next to nothing
    ],
)  # fmt: skip
def test_a_change_against_the_week_before(today: int, before: float, words: str) -> None:
    assert change(today, before) == words


def test_numbers() -> None:
    assert (number(1234567), mean(3.14159), mean(0), mean(41.6)) == ("1,234,567", "3.1", "0", "42")
    assert [short(value) for value in (0, 987, 2_090, 57_300, 999_499, 1_234_567)] == ["0", "987", "2.1k", "57k", "999k", "1.2M"]
    assert (share(1, 4), share(1, 1000), share(0, 0)) == (f"25{THIN}%", f"<1{THIN}%", f"0{THIN}%")


def test_days_and_times_are_those_of_a_zone() -> None:
    almaty, moment = ZoneInfo("Asia/Almaty"), datetime(2024, 5, 31, 20, 30, tzinfo=UTC)
    assert long_day(date(2024, 5, 31)) == "Friday, 31 May 2024"
    assert (clock(moment, almaty), moment_text(moment, almaty)) == ("01:30", "1 June 2024, 01:30")
    assert zone_text(moment, almaty) == "Asia/Almaty (UTC+5)"
    assert zone_text(moment, ZoneInfo("Asia/Kolkata")) == "Asia/Kolkata (UTC+5:30)"
    assert zone_text(moment, ZoneInfo("America/St_Johns")) == "America/St_Johns (UTC−2:30)"
    assert zone_text(moment, ZoneInfo("UTC")) == "UTC"


def test_names_in_a_sentence() -> None:
    assert (listed([]), listed(["A"]), listed(["A", "B"])) == ("", "A", "A and B")
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 others"


def test_what_changed_stands_between_words_that_did_not() -> None:
    before = "The ferry sank on Monday with 14 people aboard, the coast guard of Harbour City said in the evening."
    [snippet] = snippets(before, before.replace("14", "40"))
    assert [(run.kind, run.text) for run in snippet] == [
        ("same", "The ferry sank on Monday with"), ("gone", "14"), ("new", "40"),
        ("same", "people aboard, the coast guard of Harbour City …"),
    ]  # fmt: skip


def test_texts_that_share_nothing_are_cut() -> None:
    [snippet] = snippets("a " * 5000, "b " * 5000)
    assert [run.kind for run in snippet] == ["gone", "new"]
    assert all(len(run.text) < 100 for run in snippet)
