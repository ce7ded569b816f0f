"""Datelines in their real forms, and first sentences that are none."""

from datetime import date

import pytest

from flows.reference_places import load_places
from transforms.articles.datelines import split_dateline

REFERENCE = date(2022, 5, 11)

READ = [
    # printed, place, country, date, agency
    ("ANKARA. KAZINFORM Two presidents met.", "Ankara", "TUR", None, "KAZINFORM"),
    ("ASTANA. KAZINFORM - Two presidents met.", "Astana", "KAZ", None, "KAZINFORM"),
    ("ПЕТРОПАВЛОВСК. КАЗИНФОРМ – Two presidents met.", "Петропавловск", "KAZ", None, "КАЗИНФОРМ"),
    ("ASTANA. QAZINFORM Two presidents met.", "Astana", "KAZ", None, "QAZINFORM"),
    ("MOSCOW, January 21. /TASS/. Two presidents met.", "Moscow", "RUS", date(2022, 1, 21), "TASS"),
    ("SALVADOR, Feb 26 - Two presidents met.", "Salvador", "BRA", date(2022, 2, 26), None),
    ("WASHINGTON (AP) — Two presidents met.", "Washington", "USA", None, "AP"),
    ("LONDON (Reuters) - Two presidents met.", "London", "GBR", None, "Reuters"),
    ("BEIJING, Nov. 3 (Xinhua) -- Two presidents met.", "Beijing", "CHN", date(2021, 11, 3), "Xinhua"),
    ("SAITAMA, Japan, Dec. 9 Kyodo - Two presidents met.", "Saitama, Japan", "JPN", date(2021, 12, 9), "Kyodo"),
    ("Paris, 21 jan 2019 (AFP) - Two presidents met.", "Paris", "FRA", date(2019, 1, 21), "AFP"),
    ("(ANSA) - ROMA, 1 LUG - Two presidents met.", "Roma", "ITA", date(2021, 7, 1), "ANSA"),
    ("Madrid, 21 ene (EFE).- Two presidents met.", "Madrid", "ESP", date(2022, 1, 21), "EFE"),
    ("МОСКВА, 21 янв - РИА Новости. Two presidents met.", "Москва", "RUS", date(2022, 1, 21), "РИА Новости"),
    ("Berlin (dpa) - Two presidents met.", "Berlin", "DEU", None, "dpa"),
    ("BOISE, Idaho, March 2 - Two presidents met.", "Boise, Idaho", "USA", date(2022, 3, 2), None),
    ("BAGUIO, Philippines - Two presidents met.", "Baguio, Philippines", "PHL", None, None),
    ("NEW DELHI, Jan 3 (PTI) Two presidents met.", "New Delhi", "IND", date(2022, 1, 3), "PTI"),
    ("AMSTERDAM, 2 March - Two presidents met.", "Amsterdam", "NLD", date(2022, 3, 2), None),
    ("NEW YORK, Narch 2 - Two presidents met.", "New York", "USA", date(2022, 3, 2), None),
    ("New York, MARCH 2 -- Two presidents met.", "New York", "USA", date(2022, 3, 2), None),
    ("****LONDON, March 5 - Two presidents met.", "London", "GBR", date(2022, 3, 5), None),
    ("BOSTON, March 187 - Two presidents met.", "Boston", "USA", None, None),
    ("WASHINGTON and NEW YORK — Two presidents met.", "Washington", "USA", None, None),
    ("ISLAMABAD, Jan 3 (APP): Two presidents met.", "Islamabad", "PAK", date(2022, 1, 3), "APP"),
    ("Geneva, 3 May 2022 (ILO News) – Two presidents met.", "Geneva", "CHE", date(2022, 5, 3), "ILO News"),
    ("ASTANA. April 5. KAZINFORM /Arman/ Two presidents met.", "Astana", "KAZ", date(2022, 4, 5), "KAZINFORM"),
    ("JOHANNESBURG March 13 - Two presidents met.", "Johannesburg", "ZAF", date(2022, 3, 13), None),
    ("(서울=연합뉴스) 홍길동 기자 = Two presidents met.", "서울", "KOR", None, "Yonhap"),
    ("新华社北京5月11日电（记者张三） Two presidents met.", "北京", "CHN", date(2022, 5, 11), "新华社"),
    ("(Reuters) - Two presidents met.", None, None, None, "Reuters"),
    ("القاهرة (رويترز) - Two presidents met.", "القاهرة", "EGY", None, "رويترز"),
]


@pytest.mark.parametrize(("printed", "place", "country", "day", "agency"), READ)
def test_a_dateline_gives_place_country_day_and_agency(
    printed: str, place: str | None, country: str | None, day: date | None, agency: str | None
) -> None:
    line, text = split_dateline(printed, reference_date=REFERENCE, places=load_places())
    assert line is not None
    assert (line.place, line.country_code, line.date, line.agency) == (place, country, day, agency)
    assert text == "Two presidents met."


def test_several_cities_are_all_kept() -> None:
    line, text = split_dateline("PARIS/BERLIN (AFP) - They met.", places=load_places())
    assert line is not None
    assert (line.place, line.places, line.country_code) == ("Paris", ("Paris", "Berlin"), "FRA")
    assert text == "They met."


@pytest.mark.parametrize(
    "sentence",
    [
        "The President said on January 5 - a Friday - that he would go.",
        "Apple Inc. (AAPL) - the maker of phones - rose on Monday.",
        "NOTE - This corrects an earlier story.",
        "UPDATE: The minister has resigned.",
        "Shr 52 cts vs 25 cts, March 3 - net 5 mln.",
        "On March 3 - the day of the vote - nobody came.",
        "Oil rose. Reuters reported that it fell.",
        "In London, May 3 is remembered as a day of rain.",
        "NATO - the alliance - met.",
        "OPEC (Organization) - the cartel - met.",
        "PARIS HILTON - the heiress - met him.",
        "IMF (International Monetary Fund) - the lender - met.",
        "",
        " ",
        "-",
        "(",
    ],
)
def test_an_ordinary_first_sentence_is_no_dateline(sentence: str) -> None:
    assert split_dateline(sentence, reference_date=REFERENCE, places=load_places()) == (None, sentence)


def test_the_year_is_the_latest_that_had_come() -> None:
    line, _ = split_dateline("OSLO, Dec 30 - It snowed.", reference_date=date(2023, 1, 2), places=load_places())
    assert line is not None and line.date == date(2022, 12, 30)


def test_without_a_gazetteer_the_country_stays_open() -> None:
    line, _ = split_dateline("OSLO, Dec 30 (NTB) - It snowed.", reference_date=REFERENCE)
    assert line is not None and (line.place, line.country_code) == ("Oslo", None)
