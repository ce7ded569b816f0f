"""Windows follow each other without gap or overlap, in every zone and across every change of clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.windows import (
    INTERVALS,
    Window,
    day_start,
    due_window,
    read_bound,
    split_windows,
    window_start,
)

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(1960, 1, 1), datetime(2037, 12, 31)).map(  # noqa: DTZ001 -- made aware here
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(windows: list[Window]) -> list[float]:
    return [(window.end - window.start) / timedelta(hours=1) for window in windows]


def days(zone: ZoneInfo, since: date, until: date) -> list[Window]:
    return list(split_windows(day_start(since, zone), day_start(until, zone), interval="day", zone=zone))


@settings(max_examples=150)
@given(ZONES, MOMENTS, st.timedeltas(timedelta(seconds=1), timedelta(days=40)), st.sampled_from(INTERVALS))
@example(ZoneInfo("America/St_Johns"), utc("2006-03-31"), timedelta(days=5), "hour")
@example(ZoneInfo("Pacific/Apia"), utc("2011-12-25"), timedelta(days=12), "day")
@example(ZoneInfo("America/Sao_Paulo"), utc("2018-11-01"), timedelta(days=6), "day")
def test_a_split_covers_the_whole_time_once(zone, since, length, interval):
    windows = list(split_windows(since, since + length, interval=interval, zone=zone))

    assert windows[0].start == since
    assert windows[-1].end == since + length
    assert all(left.end == right.start for left, right in pairwise(windows))
    for window in windows[1:]:
        assert window_start(window.start, interval=interval, zone=zone) == window.start


@settings(max_examples=150)
@given(ZONES, MOMENTS, st.sampled_from(INTERVALS))
@example(ZoneInfo("America/St_Johns"), utc("2006-10-29T02:31:30"), "day")
@example(ZoneInfo("America/Toronto"), utc("1919-03-31T04:30:00"), "day")
def test_every_moment_lies_in_the_window_that_starts_before_it(zone, moment, interval):
    start = window_start(moment, interval=interval, zone=zone)

    assert start <= moment
    (window, *_) = split_windows(start, moment + timedelta(days=70), interval=interval, zone=zone)
    assert window.start <= moment < window.end


@settings(max_examples=200)
@given(ZONES, st.dates(date(1915, 1, 1), date(2037, 12, 31)))
@example(ZoneInfo("America/Toronto"), date(1919, 3, 31))
@example(ZoneInfo("Asia/Beirut"), date(2021, 3, 28))
@example(ZoneInfo("Pacific/Apia"), date(2011, 12, 30))
def test_a_day_starts_at_the_first_moment_that_shows_it(zone, day):
    start = day_start(day, zone)

    assert start.astimezone(zone).date() >= day
    assert (start - timedelta(seconds=1)).astimezone(zone).date() < day


def test_a_day_has_23_or_25_hours_where_the_clocks_change():
    assert hours(days(BERLIN, date(2024, 3, 30), date(2024, 4, 2))) == [24, 23, 24]
    assert hours(days(BERLIN, date(2024, 10, 26), date(2024, 10, 29))) == [24, 25, 24]


def test_almaty_had_a_day_of_25_hours_when_kazakhstan_went_to_one_zone():
    assert hours(days(ALMATY, date(2024, 2, 28), date(2024, 3, 3))) == [24, 25, 24, 24]


def test_a_day_that_the_calendar_left_out_has_no_window():
    apia = ZoneInfo("Pacific/Apia")
    assert [str(window) for window in days(apia, date(2011, 12, 29), date(2012, 1, 1))] == [
        "2011-12-29T10:00:00Z/2011-12-30T10:00:00Z",
        "2011-12-30T10:00:00Z/2011-12-31T10:00:00Z",
    ]


def test_a_year_has_as_many_windows_as_days():
    assert len(days(ALMATY, date(2022, 1, 1), date(2023, 1, 1))) == 365
    assert len(days(BERLIN, date(2024, 1, 1), date(2025, 1, 1))) == 366


def test_weeks_begin_on_monday_and_months_on_the_first():
    since, until = day_start(date(2024, 1, 31), ALMATY), day_start(date(2024, 3, 2), ALMATY)

    weeks = [window.start.astimezone(ALMATY).date() for window in
             split_windows(since, until, interval="week", zone=ALMATY)]
    months = [window.start.astimezone(ALMATY).date() for window in
              split_windows(since, until, interval="month", zone=ALMATY)]

    assert weeks == [date(2024, 1, 31), date(2024, 2, 5), date(2024, 2, 12), date(2024, 2, 19), date(2024, 2, 26)]
    assert months == [date(2024, 1, 31), date(2024, 2, 1), date(2024, 3, 1)]


def test_hours_of_a_zone_off_by_half_an_hour_begin_on_the_half_hour():
    kolkata = ZoneInfo("Asia/Kolkata")
    first, *_ = split_windows(utc("2024-05-01T18:30:00"), utc("2024-05-02"), interval="hour", zone=kolkata)
    assert str(first) == "2024-05-01T18:30:00Z/2024-05-01T19:30:00Z"


def test_nothing_is_split_where_the_end_does_not_lie_behind_the_start():
    assert list(split_windows(utc("2024-05-02"), utc("2024-05-02"), interval="day", zone=ALMATY)) == []


class TestDue:
    """A scheduled run asks the watermark what to read, not the tick that started it."""

    def due(self, watermark, now, **settings):
        return due_window(watermark and utc(watermark), utc(now), interval="hour", zone=ALMATY, **settings)

    def test_the_next_whole_hour(self):
        assert str(self.due("2024-05-01T06:00", "2024-05-01T07:00:04")) == "2024-05-01T06:00:00Z/2024-05-01T07:00:00Z"

    def test_a_doubled_tick_finds_nothing(self):
        assert self.due("2024-05-01T07:00", "2024-05-01T07:00:09") is None

    def test_a_late_tick_reads_the_same_window(self):
        assert self.due("2024-05-01T06:00", "2024-05-01T07:59") == self.due("2024-05-01T06:00", "2024-05-01T07:00")

    def test_a_day_without_ticks_ends_in_one_window(self):
        assert str(self.due("2024-05-01T06:00", "2024-05-02T09:30")) == "2024-05-01T06:00:00Z/2024-05-02T09:00:00Z"

    def test_a_clock_set_back_finds_nothing(self):
        assert self.due("2024-05-01T07:00", "2024-04-30T07:00") is None

    def test_the_first_run_reads_the_last_whole_hour(self):
        assert str(self.due(None, "2024-05-01T07:20")) == "2024-05-01T06:00:00Z/2024-05-01T07:00:00Z"

    def test_what_has_not_settled_yet_waits(self):
        assert self.due("2024-05-01T06:00", "2024-05-01T07:04", settling=timedelta(minutes=5)) is None


class TestBounds:
    def test_a_date_is_the_start_of_the_publishers_day(self):
        assert read_bound("2024-05-01", ALMATY) == utc("2024-04-30T19:00")

    def test_a_time_is_the_publishers_unless_it_names_an_offset(self):
        assert read_bound("2024-05-01T06:00", ALMATY) == utc("2024-05-01T01:00")
        assert read_bound("2024-05-01T06:00Z", ALMATY) == utc("2024-05-01T06:00")

    def test_anything_else_is_refused_with_a_sentence(self):
        with pytest.raises(ValueError, match="'yesterday' is no date: write 2024-03-31"):
            read_bound("yesterday", ALMATY)


def test_a_window_is_in_utc_and_not_empty():
    with pytest.raises(ValueError, match="UTC"):
        Window(start=utc("2024-05-01").astimezone(ALMATY), end=utc("2024-05-02"))
    with pytest.raises(ValueError, match="ends after"):
        Window(start=utc("2024-05-02"), end=utc("2024-05-02"))
