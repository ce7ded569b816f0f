"""Countries, cities and leaders in other languages than English: by tables, without a model."""

import pytest

from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


@pytest.mark.parametrize(
    ("language", "body", "country"),
    [
        ("ru", "Казахстан и Турция подписали соглашение.", {"KAZ", "TUR"}),
        ("ru", "Президент Казахстана прибыл в Турцию.", {"KAZ", "TUR"}),
        ("tr", "Kazakistan ile Türkiye anlaşma imzaladı.", {"KAZ", "TUR"}),
        ("kk", "Қазақстан мен Түркия келісімге қол қойды.", {"KAZ", "TUR"}),
        ("fr", "Le Kazakhstan et la Turquie ont signé un accord.", {"KAZ", "TUR"}),
        ("de", "Kasachstan und die Türkei unterzeichneten ein Abkommen.", {"KAZ", "TUR"}),
        ("es", "Kazajistán y Turquía firmaron un acuerdo.", {"KAZ", "TUR"}),
    ],
)
def test_countries_are_known_by_their_names(rules: AnnotationReference, language: str, body: str, country: set[str]) -> None:
    found = annotate(Text(id="l", body=body, language=language), rules).mentions
    assert {mention.country_code for mention in found if mention.kind == "country"} == country


@pytest.mark.parametrize(
    ("language", "body", "words"),
    [
        ("ru", "«Мы построим мост в этом году», — сказал Айдар Омаров.", "Мы построим мост в этом году"),
        ("de", "„Wir bauen die Brücke in diesem Jahr“, sagte Aidar Omarow.", "Wir bauen die Brücke in diesem Jahr"),
        ("fr", "« Nous construirons le pont cette année », a déclaré Aidar Omarov.", "Nous construirons le pont cette année"),
        ("es", "«Construiremos el puente este año», dijo Aidar Omarov.", "Construiremos el puente este año"),
        ("tr", "“Köprüyü bu yıl yapacağız” dedi Aidar Omarov.", "Köprüyü bu yıl yapacağız"),
    ],
)
def test_quotes_are_found_with_the_marks_of_the_language(rules: AnnotationReference, language: str, body: str, words: str) -> None:
    (quote,) = [quote for quote in annotate(Text(id="l", body=body, language=language), rules).quotes if quote.is_direct]
    assert quote.text == words
