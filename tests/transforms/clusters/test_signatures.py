"""Signatures find near-duplicates by bands and excerpts by anchors, and are the same on any machine."""

import random

from transforms.clusters.pairs import compare
from transforms.clusters.signatures import BAND_COUNT, Signature, sign_texts

RANDOM = random.Random(1)
WORDS = ["".join(RANDOM.choices("abcdefghijklmnoprstuvz", k=RANDOM.randint(2, 9))) for _ in range(3000)]


def text_of(count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def changed(words: list[str], count: int, seed: int) -> list[str]:
    own = list(words)
    for place in random.Random(seed).sample(range(len(own)), count):
        own[place] = f"changed{seed}x{place}"
    return own


def shared(left: Signature, right: Signature) -> int:
    return len(set(left.bands) & set(right.bands))


def test_a_signature_is_the_same_as_on_the_day_when_the_first_was_stored() -> None:
    signed = sign_texts(["The dam at Orlu held overnight, engineers said on Wednesday."])[0]
    assert signed.word_count == 10
    assert signed.bands[:3] == (1328566848724223664, -3447467557177478525, -8981685735064085510)
    assert len(signed.bands) == BAND_COUNT


def test_batches_do_not_matter() -> None:
    texts = [" ".join(text_of(count, count)) for count in (1, 4, 5, 80, 3000, 7, 0, 60_000, 90)]
    assert sign_texts(texts) == [signature for text in texts for signature in sign_texts([text])]
    assert sign_texts([]) == []


def test_case_and_punctuation_do_not_matter() -> None:
    words = text_of(60, 1)
    assert sign_texts([" ".join(words)]) == sign_texts([", ".join(words).upper() + "!"])


def test_texts_without_words_share_nothing() -> None:
    assert sign_texts(["", " \n-"]) == [Signature(word_count=0, bands=(), anchors=())] * 2


def test_near_duplicates_share_a_band_and_others_do_not() -> None:
    """Of 400 pairs at a similarity of about 0.8 all but one in five thousand are found."""
    found = 0
    for seed in range(400):
        words = text_of(200, seed)
        near = changed(words, 4, seed)
        left, right, other = sign_texts([" ".join(words), " ".join(near), " ".join(text_of(200, seed + 1000))])
        found += shared(left, right) > 0
        assert shared(left, other) == 0
    assert found >= 399
    assert 0.7 < compare(" ".join(words), " ".join(near)).similarity < 0.9


def test_an_excerpt_shares_the_anchors_that_it_has() -> None:
    for seed in range(50):
        long = text_of(1500, seed)
        whole, part = sign_texts([" ".join(long), " ".join(long[500:640])])
        assert part.anchors
        assert set(part.anchors) <= set(whole.anchors) or len(whole.anchors) == 64
