"""The words that tell who speaks: each language is whole, and asks only its own small words."""

import pytest

from flows.reference.speech import load_languages
from transforms.annotations.speech import Languages


@pytest.fixture(scope="module")
def languages() -> Languages:
    return load_languages()


def test_every_language_tells_itself(languages: Languages) -> None:
    for language, common in languages.common.items():
        assert languages.guess(sorted(common)) == language


def test_words_are_in_small_letters(languages: Languages) -> None:
    every = languages.every
    words = every.verbs | every.foreign_verbs | every.articles | every.links | every.no_names | every.never_verbs | every.people
    assert [word for word in words if word != word.lower()] == []


def test_a_preposition_of_one_language_may_be_an_article_of_another(languages: Languages) -> None:
    assert "a" in languages.speech_of("pt").articles
    assert "a" not in languages.speech_of("es").articles
    assert "a" in languages.speech_of("es").links
    assert languages.speech_of("xx") is languages.every
