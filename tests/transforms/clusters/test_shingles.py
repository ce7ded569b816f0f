"""Words and shingles, and their hashes in one sweep over many texts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clusters.shingles import has_words, hash_windows, hash_words, shingles, words

TEXTS = st.lists(st.text(st.sampled_from("ab1 _-.,\nßÉǅ٣日本ก\u00ad\U0001f600"), max_size=40) | st.text(max_size=20), max_size=6)


def test_words_are_folded_runs_of_letters_and_digits() -> None:
    assert words("The U.S. Fed's 2.5-bln ＤＬＲ move; STRASSE straße") == [
        "the", "u", "s", "fed", "s", "2", "5", "bln", "dlr", "move", "strasse", "strasse"]


def test_scripts_without_spaces_give_a_word_for_each_character() -> None:
    assert words("习近平访问Astana市") == ["习", "近", "平", "访", "问", "astana", "市"]


def test_a_short_text_is_one_shingle() -> None:
    assert shingles(words("one two")) == {("one", "two")}
    assert shingles([]) == set()
    assert len(shingles(words("one two three four five six"))) == 2


@settings(max_examples=100)
@given(TEXTS, st.integers(0, 6))
def test_asking_for_so_many_words_is_counting_them(texts: list[str], count: int) -> None:
    for text in texts:
        assert has_words(text, count) == (len(words(text)) >= count)


@settings(max_examples=200)
@given(TEXTS)
def test_hashing_many_texts_at_once_sees_the_same_words_and_shingles(texts: list[str]) -> None:
    hashed = hash_words(texts)
    assert hashed.counts.tolist() == [len(words(text)) for text in texts]
    windows, bounds = hash_windows(hashed)
    for text, start, end in zip(texts, bounds[:-1], bounds[1:], strict=True):
        assert len(set(windows[start:end].tolist())) == len(shingles(words(text)))


@settings(max_examples=100)
@given(TEXTS, st.text(max_size=20))
def test_the_hashes_of_a_text_do_not_depend_on_its_company(texts: list[str], text: str) -> None:
    alone, _ = hash_windows(hash_words([text]))
    windows, bounds = hash_windows(hash_words([*texts, text]))
    assert np.array_equal(windows[bounds[-2]:], alone)
