"""The end of a process that has used Prefect: its server is told what is left, and not waited for without end.

At the interpreter's end Prefect waits until all of its events are sent, each for seconds in vain where the server is gone
(3.8.8).
"""

import os
import sys
from typing import NoReturn

FAREWELL_SECONDS = 60.0


def end_process(code: int) -> NoReturn:
    """End this process with `code`; what a Prefect server that was named does not take in time is lost to its pages."""
    url = os.environ.get("PREFECT_API_URL")
    if url and "prefect.events.worker" in sys.modules and not _is_told(url):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _is_told(url: str) -> bool:
    from prefect.events.worker import EventsWorker

    from flows.orchestration.prefect_settings import answers

    if not answers(url):
        return False
    drained = EventsWorker.drain_all(timeout=FAREWELL_SECONDS)
    # A coroutine in a thread that has an event loop; the main thread of a command has none.
    assert isinstance(drained, tuple)
    return not drained[1]
