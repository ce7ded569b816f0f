"""The windows within which two articles may be near-duplicates, as the environment sets them."""

import os
from collections.abc import Mapping
from datetime import timedelta

from transforms.clusters.pairs import Windows
from transforms.failures import ConfigurationError

WINDOW_VARIABLE = "DATELINE_CLUSTER_WINDOW_DAYS"
FIGURES_VARIABLE = "DATELINE_CLUSTER_FIGURES_HOURS"


def configured_windows(environment: Mapping[str, str] | None = None) -> Windows:
    """The windows that DATELINE_CLUSTER_WINDOW_DAYS and DATELINE_CLUSTER_FIGURES_HOURS set; `off` is any time.

    The first is for all pairs and, when it is off, turns the second off too; the second is for pairs that differ in
    figures. Raises ConfigurationError for what is neither a number nor `off`.
    """
    given = os.environ if environment is None else environment
    default = Windows()
    pair = _window(given, WINDOW_VARIABLE, "days", default.pair)
    figures = _window(given, FIGURES_VARIABLE, "hours", None if pair is None else default.figures)
    return Windows(pair=pair, figures=figures)


def _window(given: Mapping[str, str], variable: str, unit: str, default: timedelta | None) -> timedelta | None:
    value = given.get(variable, "").strip().lower()
    if not value:
        return default
    if value == "off":
        return None
    try:
        window = timedelta(**{unit: float(value)})
    except (ValueError, OverflowError):
        raise ConfigurationError(f"{variable} is {value!r}: give a number of {unit}, or off.") from None
    if window <= timedelta(0):
        raise ConfigurationError(f"{variable} is {value!r}: give a positive number of {unit}, or off.")
    return window
