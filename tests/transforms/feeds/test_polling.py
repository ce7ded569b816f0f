"""The pace of a feed follows its news; failures slow it down and success revives it."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.polling import Pace, pace_after_failure, pace_after_success, pause_seconds


def success(pace: Pace, listed: int, new: int, asked: int | None = None) -> Pace:
    return pace_after_success(pace, item_count=listed, new_item_count=new, minimum=300, maximum=86_400, asked_pause=asked)


def test_silence_stretches_and_news_shrink() -> None:
    pace = Pace(interval_seconds=1000)
    assert success(pace, 20, 0).interval_seconds == 1500
    assert success(pace, 20, 3).interval_seconds == 750
    assert success(pace, 20, 15).interval_seconds == 500
    assert success(pace, 20, 15, asked=3600).interval_seconds == 3600


def test_failures_halve_the_weight_and_one_success_revives() -> None:
    pace = Pace(interval_seconds=600)
    for _ in range(3):
        pace = pace_after_failure(pace)
    assert (pace.weight, pace.failure_count, pause_seconds(pace)) == (0.125, 3, 4800)
    assert success(pace, 10, 1) == Pace(interval_seconds=450)


@given(st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 100), st.integers(0, 100))), max_size=40))
def test_a_feed_is_neither_hammered_nor_given_up(history: list[tuple[int, int] | None]) -> None:
    pace = Pace(interval_seconds=900)
    for poll in history:
        pace = pace_after_failure(pace) if poll is None else success(pace, *poll)
        assert 300 <= pause_seconds(pace) <= 7 * 86_400
