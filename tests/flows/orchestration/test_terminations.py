"""A run that is told to end does end, wherever the telling reaches it."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest
from prefect.exceptions import TerminationSignal

from flows.orchestration.terminations import heard_terminations


class Interrupted:
    """An object whose finalizer is where SIGTERM comes."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            time.sleep(0)


@pytest.fixture(autouse=True)
def prefects_handler() -> Iterator[None]:
    """What Prefect does at SIGTERM while a flow runs."""

    def end(number: int, _frame: object) -> None:
        raise TerminationSignal(signal=number)

    before = signal.signal(signal.SIGTERM, end)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_sigterm_that_comes_in_a_finalizer_ends_the_work_a_moment_later() -> None:
    with pytest.raises(TerminationSignal), heard_terminations():
        for _ in range(3):
            Interrupted()
            time.sleep(60)


def test_what_else_is_lost_is_told_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __del__(self) -> None:
            raise ValueError("no end")

    told: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: told.append(str(lost.exc_value)))
    with heard_terminations():
        Broken()
    assert told == ["no end"]
