"""Named places where a test lets a process die, to show that nothing is lost, doubled or half visible.

Without the environment variable DATELINE_CRASH_POINT each call compares one None and returns. With
`NAME:HOW` or `NAME:HOW:N` the process dies at its Nth passing of that place: HOW is `kill` (SIGKILL), `term`
(SIGTERM) or `raise` (`CrashPointReached`).
"""

import functools
import os
import signal
import time
from itertools import count
from typing import Protocol

from transforms.failures import ConfigurationError

VARIABLE = "DATELINE_CRASH_POINT"
HOWS = ("kill", "term", "raise")

# In the order in which a backfill passes them; a scheduled run passes all but those of the plan.
POINTS = {
    "planning": "the backfill's row is written, its windows are not",
    "planned": "the backfill and its windows are committed",
    "run_started": "the run's row is committed",
    "window_claimed": "a window's claim is committed",
    "capturing": "captures are written, not committed",
    "captured": "captures are committed",
    "claiming": "a batch is claimed, not committed",
    "claimed": "a batch's claim is committed",
    "computing": "within the computation of one row, in whatever process it happens",
    "computed": "a batch is computed, its loading has not begun",
    "held": "the fence is checked, nothing is loaded",
    "copying": "in the middle of a COPY",
    "copied": "after a COPY, before anything else is loaded",
    "loaded": "rows are loaded, the ledger is not settled",
    "settled": "the ledger is settled, not committed",
    "committed": "a batch is committed",
    "stage_ended": "between two stages",
    "window_settling": "a window is settled, not committed",
    "window_settled": "a window's end is committed",
    "counting": "the run's counts are written, not committed",
    "run_ending": "the run's end is committed, the process has not ended",
}


class CrashPointReached(BaseException):
    """An armed crash point of the kind `raise`. No handler of expected failures catches it."""


class _Armed(Protocol):
    def __call__(self, name: str, /) -> None: ...


def crash_point(name: str) -> None:
    """Die here where the environment says so; else return at once."""
    armed = _armed()
    if armed is not None:
        armed(name)


@functools.cache
def _armed() -> _Armed | None:
    setting = os.environ.get(VARIABLE)
    if not setting:
        return None
    point, how, number = _parse(setting)
    passings = count(1)

    def die(name: str) -> None:
        if name != point or next(passings) != number:
            return
        if how == "raise":
            raise CrashPointReached(name)
        os.kill(os.getpid(), signal.SIGKILL if how == "kill" else signal.SIGTERM)
        if how == "kill":
            time.sleep(60)

    return die


def _parse(setting: str) -> tuple[str, str, int]:
    name, _, rest = setting.partition(":")
    how, _, number = rest.partition(":")
    if name not in POINTS or how not in HOWS or not (number or "1").isdecimal():
        raise ConfigurationError(f"{VARIABLE}={setting}: write NAME:kill, NAME:term or NAME:raise, with a name of {', '.join(POINTS)}.")
    return name, how, int(number or 1)
