"""Names as bylines print them."""

import pytest

from transforms.articles.pages.authors import clean_names, is_agency, is_site


@pytest.mark.parametrize(("byline", "names"), [
    ("By Ana Velk", ("Ana Velk",)),
    ("By Ana Velk and Jon Prit", ("Ana Velk", "Jon Prit")),
    ("Von Ana Velk, Jon Prit und Mia Roth", ("Ana Velk", "Jon Prit", "Mia Roth")),
    ("Por Ana Velk y Luis Prat", ("Ana Velk", "Luis Prat")),
    ("Par Ana Velk et Luc Prat", ("Ana Velk", "Luc Prat")),
    ("Written by: Ana Velk", ("Ana Velk",)),
    ("Ana Velk, Senior Political Correspondent", ("Ana Velk",)),
    ("Ana Velk | Staff Writer", ("Ana Velk",)),
    ("Ana Velk (Lissbon)", ("Ana Velk",)),
    ("Ana Velk (ana@courier.example)", ("Ana Velk",)),
    ("Ana Velk @anavelk", ("Ana Velk",)),
    ("Автор: Анна Велк", ("Анна Велк",)),
    ("Анна Велк и Иван Прит", ("Анна Велк", "Иван Прит")),
    ("김하나 기자", ("김하나",)),
    ("記者 山田花子", ("山田花子",)),
    ("بقلم هدى نصر", ("هدى نصر",)),
    ("https://courier.example/authors/ana", ()),
    ("admin", ()),
    ("Share", ()),
    ("", ()),
    ("Published 5 March 2024", ()),
])  # fmt: skip
def test_names_come_without_what_is_around_them(byline: str, names: tuple[str, ...]) -> None:
    assert clean_names([byline]) == names


def test_a_name_counts_once() -> None:
    assert clean_names(["Ana Velk", "ANA VELK", "By Ana Velk"]) == ("Ana Velk",)


def test_agencies_and_the_site_itself_are_told_from_people() -> None:
    assert is_agency("Reuters")
    assert is_agency("dpa/AFP")
    assert not is_agency("Ana Velk")
    assert is_site("The Harbour Courier", ["Harbour Courier"])
    assert is_site("courier.example", ["courier.example", "courier"])
    assert not is_site("Ana Velk", ["Harbour Courier"])
