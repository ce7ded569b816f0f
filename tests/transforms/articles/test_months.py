"""Month names: in the language that is stated, and without one."""

import pytest

from transforms.articles.months import misspelt_month, month_number, months_of


@pytest.mark.parametrize(
    ("name", "number"),
    [("January", 1), ("Sept.", 9), ("févr.", 2), ("Jänner", 1), ("янв", 1), ("marca", 3), ("Ocak", 1), ("tammikuuta", 1),
     ("MAYIS", 5), ("Μαΐου", 5), ("desembre", 12), ("мая", 5)],
)
def test_a_name_is_known_without_its_language(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize("word", ["led", "pro", "dis", "lip", "Paris", ""])
def test_short_forms_of_rarer_languages_are_ordinary_words_of_others(word: str) -> None:
    assert month_number(word) is None


def test_the_stated_language_decides_where_languages_disagree() -> None:
    assert months_of("hr")["listopada"] == 10
    assert months_of("pl")["listopada"] == month_number("listopada") == 11
    assert "listopada" not in months_of(None)


def test_the_short_form_is_known_in_its_own_language() -> None:
    assert months_of("cs")["led"] == 1


def test_a_slip_in_an_english_month_is_forgiven() -> None:
    assert (misspelt_month("Narch"), misspelt_month("Marhc"), misspelt_month("Ma"), misspelt_month("Monday")) == (3, 3, None, None)
