"""SIGTERM ends a flow run by an exception that Prefect raises wherever the run is: even where Python drops exceptions."""

import _thread
import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator

from prefect.exceptions import TerminationSignal

# Not at once: the exception would be raised, and lost, in the hook that is told of the first one.
AGAIN_SECONDS = 0.1


@contextlib.contextmanager
def heard_terminations() -> Iterator[None]:
    """Within the block a SIGTERM that got lost is sent again.

    What is raised in a finalizer or a weak reference's callback is printed and forgotten: the run went on, held its claims,
    and was killed with them half a minute later.
    """
    before = sys.unraisablehook

    def hear(lost: "sys.UnraisableHookArgs") -> None:
        if isinstance(lost.exc_value, TerminationSignal):
            # Not by `threading`, within whose locks a finalizer may have been called.
            _thread.start_new_thread(_send_again, ())
        else:
            before(lost)

    sys.unraisablehook = hear
    try:
        yield
    finally:
        sys.unraisablehook = before


def _send_again() -> None:
    time.sleep(AGAIN_SECONDS)
    # Where nobody takes it any more, the run is over.
    if callable(signal.getsignal(signal.SIGTERM)):
        os.kill(os.getpid(), signal.SIGTERM)
