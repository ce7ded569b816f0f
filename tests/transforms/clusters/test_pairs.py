"""Pairs of texts and of articles: verified word by word, judged by their times."""

from datetime import UTC, datetime, timedelta

import pytest

from transforms.clusters.pairs import (
    OFF,
    Comparison,
    Windows,
    compare,
    compared_text,
    headlines_agree,
    is_pair,
)

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)
STORY = ("The dam at Orlu held overnight after three days of rain, engineers of the water board said on Wednesday. "
         "Residents of four villages below it were told that they could go home. The crest had risen to 14 metres, "
         "one metre short of its limit, before the gates were opened late on Tuesday. Nobody was hurt.")


def test_a_comparison_counts_shared_shingles() -> None:
    same = compare(STORY, STORY.upper())
    assert (same.similarity, same.left_contained, same.right_contained) == (1.0, 1.0, 1.0)
    assert not same.differs_in_figures
    assert compare(STORY, "Quite another text about something else entirely").similarity == 0.0
    assert compare("", "").similarity == 0.0


def test_an_excerpt_is_contained_and_not_near() -> None:
    part = compare(STORY + " " + STORY.replace(" ", " the "), STORY)
    assert part.right_contained == 1.0
    assert part.similarity < 0.7
    assert not part.is_near


def pair(left: str, right: str, hours: float, windows: Windows, **fields: object) -> bool:
    settings: dict[str, object] = {"is_same_publisher": True, **fields}
    return is_pair(compare(left, right), NOON, NOON + timedelta(hours=hours), windows, **settings)  # type: ignore[arg-type]


def test_a_corrected_figure_is_the_same_story_and_next_week_s_is_another_report() -> None:
    other = STORY.replace("14", "13")
    assert pair(STORY, other, 2, Windows())
    assert not pair(STORY, other, 24 * 7, Windows())
    assert not pair(STORY, other, 24, Windows())
    assert pair(STORY, other, 24 * 7, OFF)


def test_the_window_judges_pairs_by_their_times() -> None:
    assert pair(STORY, STORY, 24 * 4, Windows())
    assert not pair(STORY, STORY, 24 * 6, Windows())
    assert pair(STORY, STORY, 24 * 6, Windows(pair=timedelta(days=7)))
    assert is_pair(compare(STORY, STORY), None, NOON, Windows(), is_same_publisher=True)


def test_boilerplate_does_not_make_two_articles_of_a_publisher_alike() -> None:
    legal = " ".join(f"clause{number} of the terms of this service" for number in range(30))
    one = "Rain fell in Tarkest on Monday and the market stayed shut for the second day in a row. " + legal
    two = "A new bridge over the Senna was opened by the governor before a crowd of thousands. " + legal
    assert compare(one, two).is_near
    assert not pair(one, two, 1, OFF, left_headline="Rain in Tarkest", right_headline="Bridge opened")
    assert pair(one, two, 1, OFF, left_headline="Morning wrap", right_headline="Morning wrap")
    assert compared_text(None, "Rain fell in Tarkest on Monday and the market stayed shut.\n\n© Orlu News Agency 2022",
                         (r"© Orlu News Agency \d+",)) == "Rain fell in Tarkest on Monday and the market stayed shut."


@pytest.mark.parametrize(("headline", "body", "compared"), [
    (None, "", None),
    ("Photo", "Photo", None),
    ("Orlu dividend", "Qtly div 20 cts vs 20 cts. Pay April 15. Record March 23.",
     "Orlu dividend\nQtly div 20 cts vs 20 cts. Pay April 15. Record March 23."),
    ("Dam holds", STORY, STORY),
])
def test_a_short_text_is_compared_with_its_headline_or_not_at_all(headline: str | None, body: str, compared: str | None) -> None:
    assert compared_text(headline, body) == compared


def test_headlines_agree_when_they_share_half_of_their_words() -> None:
    assert headlines_agree("CORRECTED - Dam holds at Orlu", "Dam holds at Orlu")
    assert not headlines_agree("Dam holds", "Bridge opened")
    assert not headlines_agree(None, None)


def test_a_comparison_that_is_not_near_is_no_pair() -> None:
    weak = Comparison(similarity=0.69, left_contained=1, right_contained=1, differs_in_figures=False, has_like_opening=True)
    assert not is_pair(weak, NOON, NOON, OFF, is_same_publisher=False)
