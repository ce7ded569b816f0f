"""Articles rebuilt from tokens: invented ones, since the sets themselves are not shipped."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench.judged_events import marked_recipient
from tests.bench.token_articles import join_tokens, read_articles

FILE = """-DOCSTART- -X- O O

Elbonia NNP I-NP I-LOC
warns VBZ I-VP O

LIMA NNP I-NP I-LOC
1996-08-22 CD I-NP O

" " O O
We PRP I-NP O
wo MD I-VP O
n't RB I-VP O
leave VB I-VP O
, , O O
" " O O
Vega NNP I-NP I-PER
said VBD I-VP O
. . O O

-DOCSTART- -X- O O

Cricket NN I-NP O
"""


def test_an_article_loses_its_head_and_keeps_its_day(tmp_path: Path) -> None:
    path = tmp_path / "eng.train"
    path.write_text(FILE, encoding="utf-8")
    first, second = read_articles(path)
    assert (first.number, first.headline, first.body) == (0, "Elbonia warns", '"We won\'t leave," Vega said.')
    assert first.published_at == datetime(1996, 8, 22, tzinfo=UTC)
    assert (second.number, second.published_at, second.body) == (1, None, "Cricket")


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("the rebels ' camp ( in the north )", "the rebels' camp (in the north)"),
        ("Vega 's $ 3 bid", "Vega's $3 bid"),
        ('he said : " No . "', 'he said: "No."'),
    ],
)
def test_tokens_are_joined_as_a_writer_sets_them(tokens: str, text: str) -> None:
    assert join_tokens(tokens.split()) == text


def test_a_marked_recipient_is_found_where_the_sentence_has_it() -> None:
    sentence = "Elbonia accused Syldavia."
    start, end = marked_recipient("<s>Elbonia</s> accused <t>Syldavia</t>.", sentence) or (0, 0)
    assert sentence[start:end] == "Syldavia"
    assert marked_recipient("<s>Elbonia</s> accused Syldavia.", sentence) is None
    assert marked_recipient("<s>Elbonia</s> blamed <t>Syldavia</t>.", sentence) is None
