"""The measures by which pages are compared with the truth."""

import pytest

from tests.bench.page_agreement import agreement


def measured(true: dict[str, object], read: dict[str, object]) -> dict[str, float]:
    return agreement([(true, read)])


def test_bodies_agree_by_runs_of_four_words() -> None:
    figures = measured({"body": "the ferry sailed again today"}, {"body": "the ferry sailed again"})
    assert (figures["precision"], figures["recall"]) == (1.0, 0.5)
    assert figures["body"] == pytest.approx(2 / 3)
    assert measured({"body": "the ferry sailed again"}, {})["recall"] == 0.0


def test_headlines_agree_but_for_case_and_punctuation() -> None:
    assert measured({"headline": "Ferry sails, again"}, {"headline": "FERRY SAILS AGAIN!"})["headline"] == 1.0
    assert measured({"headline": "Ferry sails"}, {"headline": "Ferry sails | Courier"})["headline"] == 0.0


@pytest.mark.parametrize(("true", "read", "minute", "day"), [
    ("2024-03-05T09:30:00Z", "2024-03-05T10:30:40+01:00", 1.0, 1.0),
    ("2024-03-05T09:30:00Z", "2024-03-05T10:30:00Z", 0.0, 1.0),
    ("2024-03-05T09:30:00", "2024-03-05T07:30:00Z", 1.0, 1.0),
    ("2024-03-05T09:30:00Z", None, 0.0, 0.0),
    ("2024-03-05T09:30:00+00:00", "2024-03-06T09:30:00Z", 0.0, 0.0),
])  # fmt: skip
def test_times_agree_to_the_minute_and_to_the_day(true: str, read: str | None, minute: float, day: float) -> None:
    figures = measured({"published_at": true}, {"published_at": read})
    assert (figures["minute"], figures["day"]) == (minute, day)


def test_a_true_midnight_is_a_day() -> None:
    figures = measured({"published_at": "2024-03-05T00:00:00+00:00"}, {"published_at": "2024-03-05T18:00:00Z"})
    assert figures == {"day": 1.0}


def test_authors_agree_by_the_set_of_names_and_what_the_truth_leaves_out_does_not_count() -> None:
    assert measured({"authors": ["Ana Velk", "Jon Doe"]}, {"authors": ["ana velk"]})["authors"] == pytest.approx(2 / 3)
    assert measured({"authors": []}, {}) == {"authors": 1.0}
    assert measured({}, {"headline": "Ferry sails"}) == {}
