"""Names as bylines print them."""

import pytest

from transforms.articles.pages.bylines import clean_names, is_agency, is_person_like


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
    ("View all posts by Ana Velk", ("Ana Velk",)),
    ("Zeige alle Beiträge von Ana Velk", ("Ana Velk",)),
    ("Ver todas las entradas de Ana Velk", ("Ana Velk",)),
    ("Ana Velk im Gespräch mit Jon Prit", ("Ana Velk", "Jon Prit")),
    ("Erstellt von Ana Velk", ("Ana Velk",)),
    ("Publicado por Ana Velk", ("Ana Velk",)),
    ("Text von Ana Velk Illustration von Jon Prit", ("Ana Velk",)),
    ("See full bio", ()),
    ("siteadmin", ()),
    ("ana[at]courier.example", ()),
    ("admin", ()),
    ("Share", ()),
    ("", ()),
    ("Published 5 March 2024", ()),
    ("Text: Ana Velk, Fotos: Jon Prit", ("Ana Velk",)),
    ("TEKST: ANA VELK FOTO: JON PRIT", ("ANA VELK",)),
    ("Ana Velk, Political Editor, and Jon Prit, Reporter", ("Ana Velk", "Jon Prit")),
    ("Ana Velk, PhD", ("Ana Velk",)),
    ("Ana Velk, CNN", ("Ana Velk",)),
    ("Von Ana Velk, dpa", ("Ana Velk", "dpa")),
    ("Ana Velk, avec AFP", ("Ana Velk", "AFP")),
    ("Ana Velk with agencies", ("Ana Velk",)),
    ("ANA VELK Associated Press", ("ANA VELK",)),
    ("Ana Velk. Courier International", ("Ana Velk",)),
    ("St. John Velk", ("St. John Velk",)),
    ("Ana Velk Monday, November 18, 2019", ("Ana Velk",)),
    ("By Ana Velk March 5", ("Ana Velk",)),
    ("Theresa May", ("Theresa May",)),
    ("Reporter: Ana Velk | Editor: Jon Prit", ("Ana Velk",)),
    ("Ana Velk commented on", ()),
    ("Posted on March 5, 2024 by Ana Velk", ("Ana Velk",)),
    ("05.03.2024 09:30 von Ana Velk", ("Ana Velk",)),
    ("Datum: 05.03.2024 Autor: Ana Velk Quelle: Hafenkurier", ("Ana Velk",)),
    ("von zephyr9 am 05.03.2024, 09:30 Uhr", ("zephyr9",)),
    ("Ana Velk, Software Engineer", ("Ana Velk",)),
    ("Ana Velk | View more articles", ("Ana Velk",)),
    ("© Ana Ve\xadlk", ("Ana Velk",)),
    ("View my complete profile", ()),
    ("Quelle: dpa", ("dpa",)),
    ("מאת אנה ולק", ("אנה ולק",)),
    ("Haber: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
    ("โดย สมชาย ใจดี", ("สมชาย ใจดี",)),
    ("本报记者 张三 李四", ("张三", "李四")),
    ("责任编辑：王五", ()),
])  # fmt: skip
def test_names_come_without_what_is_around_them(byline: str, names: tuple[str, ...]) -> None:
    assert clean_names([byline]) == names


def test_a_name_counts_once() -> None:
    assert clean_names(["Ana Velk", "ANA VELK", "By Ana Velk"]) == ("Ana Velk",)


def test_agencies_are_told_from_people() -> None:
    assert is_agency("Reuters")
    assert is_agency("dpa/AFP")
    assert is_agency("The Associated Press")
    assert not is_agency("Ana Velk")


def test_a_description_is_no_person() -> None:
    assert is_person_like("Ana van der Velk")
    assert not is_person_like("Syrian defense ministries")
    assert not is_person_like("The Ministries")
    assert not is_person_like("Ana")


def test_a_single_word_is_a_name_only_in_scripts_that_set_no_spaces() -> None:
    assert is_person_like("王小明") and is_person_like("구현모")
    assert is_person_like("ليلى حداد")
    assert not is_person_like("منوعات")
    assert not is_person_like("Miscellany")
