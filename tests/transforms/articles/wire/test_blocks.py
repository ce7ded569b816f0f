"""Marked-up text loses its tags and no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.articles.wire.blocks import html_paragraphs


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        # The story: a wire of the eighties marks companies so, and its bodies came as JSON with holes in them.
        ("The harbour's owner <HRB>, with <HRB.O>, paid 3 <5 and a<b.", ("The harbour's owner <HRB>, with <HRB.O>, paid 3 <5 and a<b.",)),
        ("<p>One <b>two</b></p><p>a < b <FOO>x</p>", ("One two", "a < b <FOO>x")),
        ("<o:p>One</o:p> <hl2>Two</hl2> three", ("One", "Two", "three")),
        ("Of <person>Marta Oduya</person> <br/> and others", ("Of Marta Oduya and others",)),
        ("<!-- no --><img src=x onerror=alert(1)>Text", ("Text",)),
        ("Text <", ("Text <",)),
    ],
)
def test_only_tags_are_taken_for_tags(markup: str, paragraphs: tuple[str, ...]) -> None:
    assert html_paragraphs(markup) == paragraphs


@given(st.lists(st.sampled_from(["oil", "<KLM>", "<3", "< ", "gas", "<Qa", ">", "<>"]), min_size=1, max_size=8))
def test_text_that_only_looks_like_markup_keeps_every_character(words: list[str]) -> None:
    text = "a " + " ".join(words).strip()
    assert "".join("".join(html_paragraphs(text)).split()) == "".join(text.split())
