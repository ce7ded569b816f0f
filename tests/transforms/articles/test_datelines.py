"""Datelines in their real forms, and first sentences that are none."""

import csv
from datetime import date
from pathlib import Path

import pytest

from flows.reference.places import load_places
from transforms.articles.datelines import split_dateline
from transforms.articles.places import NO_PLACES, Places

REFERENCE = date(2022, 5, 11)
HERE = Path(__file__).parent
# How some two hundred agencies and desks print their datelines.
with (HERE / "printed_datelines.tsv").open(encoding="utf-8", newline="") as table:
    PRINTED = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
FIRST_SENTENCES = (HERE / "first_sentences.txt").read_text(encoding="utf-8").splitlines()

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


@pytest.mark.parametrize(("printed", "place", "country", "day", "agency"), PRINTED)
def test_the_agencies_own_forms_are_read(printed: str, place: str, country: str, day: str, agency: str) -> None:
    line, text = split_dateline(printed + "Two presidents met.", reference_date=REFERENCE, places=load_places())
    assert line is not None
    found = (line.place or "", line.country_code or "", line.date.isoformat() if line.date else "", line.agency or "")
    assert found == (place, country, day, agency)
    assert text == "Two presidents met."


@pytest.mark.parametrize("sentence", [*FIRST_SENTENCES, "", " ", "-", "("])
@pytest.mark.parametrize("places", [NO_PLACES, load_places()], ids=["no gazetteer", "gazetteer"])
def test_an_ordinary_first_sentence_is_no_dateline(sentence: str, places: Places) -> None:
    assert split_dateline(sentence, reference_date=REFERENCE, places=places) == (None, sentence)


@pytest.mark.parametrize(
    ("printed", "publisher_country", "country"),
    [
        ("SAN MATEO, May 3 - They met.", None, "PHL"),
        ("SAN MATEO, May 3 - They met.", "USA", "USA"),
        ("GENEVA, May 3 - They met.", "USA", "CHE"),
        ("GENEVA, May 3 (AP) - They met.", "USA", "CHE"),
        ("Valencia, 3 may (EFE).- They met.", None, "ESP"),
        ("Cartagena (Colombia), 3 may (EFE).- They met.", None, "COL"),
        ("HYDERABAD, May 3 (APP): They met.", None, "PAK"),
        ("HYDERABAD, May 3 (PTI) They met.", None, "IND"),
        ("SAN JOSE, May 3 (Reuters) - They met.", None, "CRI"),
        ("SAN JOSE, Calif., May 3 (Reuters) - They met.", None, "USA"),
        ("AMMAN, Jordan, May 3 - They met.", None, "JOR"),
    ],
)
def test_of_cities_of_one_name_capitals_and_those_at_home_come_first(
    printed: str, publisher_country: str | None, country: str
) -> None:
    line, _ = split_dateline(printed, reference_date=REFERENCE, places=load_places(), country_code=publisher_country)
    assert line is not None and line.country_code == country


def test_the_year_is_the_latest_that_had_come() -> None:
    line, _ = split_dateline("OSLO, Dec 30 - It snowed.", reference_date=date(2023, 1, 2), places=load_places())
    assert line is not None and line.date == date(2022, 12, 30)


def test_without_a_gazetteer_the_country_stays_open() -> None:
    line, _ = split_dateline("OSLO, Dec 30 (NTB) - It snowed.", reference_date=REFERENCE)
    assert line is not None and (line.place, line.country_code) == ("Oslo", None)
