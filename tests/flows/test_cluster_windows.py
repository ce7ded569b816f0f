"""The windows of near-duplicates, as the environment sets them."""

from datetime import timedelta

import pytest

from flows.cluster_windows import FIGURES_VARIABLE, WINDOW_VARIABLE, configured_windows
from transforms.clusters.pairs import OFF, Windows
from transforms.failures import ConfigurationError


def test_windows_are_set_by_the_environment() -> None:
    assert configured_windows({}) == Windows()
    assert configured_windows({WINDOW_VARIABLE: "off"}) == OFF
    assert configured_windows({WINDOW_VARIABLE: "2.5"}).pair == timedelta(hours=60)
    assert configured_windows({FIGURES_VARIABLE: "off"}) == Windows(figures=None)
    assert configured_windows({WINDOW_VARIABLE: "OFF", FIGURES_VARIABLE: "3"}) == Windows(pair=None, figures=timedelta(hours=3))


@pytest.mark.parametrize("value", ["soon", "-1", "0", "1e300"])
def test_what_is_no_window_stops_before_anything_begins(value: str) -> None:
    with pytest.raises(ConfigurationError, match="give a"):
        configured_windows({WINDOW_VARIABLE: value})
