"""Every text and mark of the brief can be told from its ground, in both schemes (WCAG 2.1, level AA)."""

import pytest

from transforms.brief.palette import DARK, LIGHT, MARK_PAIRS, TEXT_PAIRS, contrast

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


def test_both_schemes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()
