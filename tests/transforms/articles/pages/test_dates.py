"""Moments from what pages print, in many languages and forms."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.articles.pages.dates import read_moment

NINE_THIRTY = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", [
    "2024-03-05T09:30:00Z",
    "2024-03-05T09:30:00.123456+00:00",
    "2024-03-05T11:30:00+0200",
    "2024-03-05T11:30+02",
    "2024-03-05 04:30 EST",
    "20240305T093000Z",
    "1709631000",
    "1709631000000",
    "Tue, 05 Mar 2024 09:30:00 GMT",
    "Tue Mar 05 2024 11:30:00 GMT+0200 (Eastern European Standard Time)",
    "March 5, 2024 4:30 AM EST",
    "Published: 5th March 2024 at 9.30am GMT",
    "5. März 2024, 10:30 Uhr MEZ",
    "2024-03-05T15:00:00+05:30",
    "2024-03-05 | 09:30 GMT",
])  # fmt: skip
def test_a_printed_zone_counts(text: str) -> None:
    moment = read_moment(text, zone="Pacific/Auckland")
    assert moment is not None
    assert moment.at == NINE_THIRTY
    assert moment.zone is None


@pytest.mark.parametrize(("text", "language", "zone"), [
    ("5. März 2024, 10:30 Uhr", "de", "Europe/Berlin"),
    ("le 5 mars 2024 à 10h30", "fr", "Europe/Paris"),
    ("5 de marzo de 2024 a las 10:30", "es", "Europe/Madrid"),
    ("5 de março de 2024 às 09h30", "pt", "Europe/Lisbon"),
    ("5 марта 2024, 12:30", "ru", "Europe/Moscow"),
    ("5 березня 2024, 11:30", "uk", "Europe/Kyiv"),
    ("5 marca 2024, 10:30", "pl", "Europe/Warsaw"),
    ("05 Mart 2024 12:30", "tr", "Europe/Istanbul"),
    ("٥ مارس ٢٠٢٤ 11:30", "ar", "Africa/Cairo"),
    ("2024年3月5日 18:30", "ja", "Asia/Tokyo"),
    ("2024. 3. 5. 오후 6:30", "ko", "Asia/Seoul"),
    ("2024年03月05日 下午5:30", "zh", "Asia/Shanghai"),
    ("Ngày 5 tháng 3 năm 2024, 16:30", "vi", "Asia/Ho_Chi_Minh"),
    ("5 มีนาคม 2567 16:30", "th", "Asia/Bangkok"),
    ("5. maaliskuuta 2024 11:30", "fi", "Europe/Helsinki"),
    ("5 Maret 2024 16:30", "id", "Asia/Jakarta"),
])  # fmt: skip
def test_months_are_read_in_the_language_of_the_page(text: str, language: str, zone: str) -> None:
    moment = read_moment(text, language=language, zone=zone)
    assert moment is not None
    assert (moment.at, moment.precision, moment.zone) == (NINE_THIRTY, "minute", zone)


def test_day_and_month_are_told_apart_by_publisher_language_and_separator_never_by_luck() -> None:
    def day(text: str, language: str | None = None, is_day_first: bool | None = None) -> tuple[int, int]:
        moment = read_moment(text, language=language, is_day_first=is_day_first)
        assert moment is not None
        return moment.at.month, moment.at.day

    assert day("03/04/2024", "en") == (3, 4)
    assert day("03/04/2024", "es") == (4, 3)
    assert day("03/04/2024", "en", True) == (4, 3)
    assert day("03.04.2024", "en") == (4, 3)
    assert day("13/04/2024", "en") == (4, 13)
    assert day("04/13/2024", "fr") == (4, 13)


def test_the_same_word_is_another_month_in_another_language() -> None:
    croatian, polish = (read_moment("22 listopada 2022", language=language) for language in ("hr", "pl"))
    assert croatian is not None and croatian.at.month == 10
    assert polish is not None and polish.at.month == 11


def test_a_day_is_a_day_at_midnight_utc() -> None:
    moment = read_moment("5 March 2024", zone="Asia/Tokyo")
    assert moment is not None
    assert (moment.at, moment.precision) == (datetime(2024, 3, 5, tzinfo=UTC), "day")


@pytest.mark.parametrize("text", ["", "yesterday", "March 2024", "2024-13-05", "2024-02-30T10:00:00Z", "0000-00-00", "12:30", "99/99/2024"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_moment(text) is None


@given(st.integers(40_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)), st.integers(-12, 14))
@settings(max_examples=80)
def test_iso_times_are_read_back(moment: datetime, hours: int) -> None:
    moment = moment.replace(microsecond=0, second=min(moment.second, 59))
    read = read_moment(f"{moment:%Y-%m-%dT%H:%M:%S}{hours:+03d}:00")
    assert read is not None
    assert (moment - read.at.replace(tzinfo=None)).total_seconds() == hours * 3600


@given(st.text(alphabet="0123456789 :/.-TZ+年月日APMapmh,марта", max_size=60))
@settings(max_examples=300)
def test_no_text_breaks_the_reader(text: str) -> None:
    moment = read_moment(text, language="ru", zone="No/Such_Zone")
    assert moment is None or moment.at.tzinfo is UTC
