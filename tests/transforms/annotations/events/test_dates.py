"""When an event was, read against the day of the article."""

from datetime import date

import pytest

from transforms.annotations.events.dates import find_date

WEDNESDAY = date(2022, 5, 11)


@pytest.mark.parametrize(
    ("sentence", "is_future", "day", "precision"),
    [
        ("They met on Monday.", False, date(2022, 5, 9), "day"),
        ("They met on Wednesday.", False, date(2022, 5, 11), "day"),
        ("They will meet on Monday.", True, date(2022, 5, 16), "day"),
        ("They met last Wednesday.", False, date(2022, 5, 4), "day"),
        ("They met yesterday.", False, date(2022, 5, 10), "day"),
        ("They meet tomorrow.", True, date(2022, 5, 12), "day"),
        ("They met on 4 October 2007 in Oslo.", False, date(2007, 10, 4), "day"),
        ("They met on Oct. 4, 2007.", False, date(2007, 10, 4), "day"),
        ("They met on December 3.", False, date(2021, 12, 3), "day"),
        ("They will meet on March 3.", True, date(2023, 3, 3), "day"),
        ("They met in February 2017.", False, date(2017, 2, 1), "month"),
        ("They met in August.", False, date(2021, 8, 1), "month"),
        ("They met last week.", False, date(2022, 5, 2), "week"),
        ("They meet next month.", True, date(2022, 6, 1), "month"),
        ("They met in 1991.", False, date(1991, 1, 1), "year"),
        ("They fought from 1931 to 1945.", False, date(1931, 1, 1), "year"),
        ("1812 - They fought at a river.", False, date(1812, 1, 1), "year"),
        ("They met last year.", False, date(2021, 1, 1), "year"),
    ],
)
def test_expression(sentence: str, is_future: bool, day: date, precision: str) -> None:
    assert find_date(sentence, 5, WEDNESDAY, is_future) == (day, precision)


def test_without_the_articles_day_only_full_dates_are_read() -> None:
    assert find_date("They met on Monday.", 5, None, False) is None
    assert find_date("They met on 4 October 2007.", 5, None, False) == (date(2007, 10, 4), "day")


def test_an_impossible_date_is_none() -> None:
    assert find_date("They met on February 31.", 5, WEDNESDAY, False) is None


def test_the_nearer_date_wins() -> None:
    sentence = "Elected in 1999, the president met reporters on Tuesday."
    assert find_date(sentence, sentence.index("met"), WEDNESDAY, False) == (date(2022, 5, 10), "day")
