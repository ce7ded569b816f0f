"""Every text and mark of the brief can be told from its ground, in both schemes (WCAG 2.1, level AA)."""

import re

import pytest

from transforms.brief.palette import DARK, FAINT, LIGHT, MARK_PAIRS, TEXT_PAIRS, contrast
from transforms.brief.stylesheet import stylesheet

SCHEMES = {"light": LIGHT, "dark": DARK}


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_texts_reach_four_and_a_half_to_one(scheme: str) -> None:
    colours = SCHEMES[scheme]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_reach_three_to_one(scheme: str) -> None:
    colours = SCHEMES[scheme]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in MARK_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 3} == {}


def test_every_colour_of_the_page_is_among_them_or_tells_nothing() -> None:
    judged = {colour for pair in (*TEXT_PAIRS, *MARK_PAIRS) for colour in pair}
    assert judged | set(FAINT) == LIGHT.keys()
    assert not judged & set(FAINT)
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", stylesheet())) - {"sans", "serif", "mono"} <= LIGHT.keys()


def test_both_schemes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
