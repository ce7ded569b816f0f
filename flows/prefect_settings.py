"""Prefect's settings for Dateline's own processes, set before Prefect is first imported.

Nothing that the user has set is overridden: a `PREFECT_API_URL` means a server that is up, and is used.
"""

import os
from pathlib import Path

from warehouse.embedded.folder import state_folder

# Where no server is up, Prefect starts one inside the process. At its end it prints tracebacks of cancelled
# tasks unless its logging is at CRITICAL.
EPHEMERAL = {
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_RUNNER_SERVER_LOG_LEVEL": "critical",
    "DO_NOT_TRACK": "1",
}


def prepare_prefect() -> str | None:
    """Set what is not set; the URL of the server that will be used, None for one inside this process.

    Prefect's home is a folder of Dateline's own state, so that a user's other Prefect profiles stay untouched.
    """
    if "PREFECT_HOME" not in os.environ and "PREFECT_API_URL" not in os.environ:
        home: Path = state_folder() / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        os.environ["PREFECT_HOME"] = str(home)
    for name, value in EPHEMERAL.items():
        os.environ.setdefault(name, value)
    return os.environ.get("PREFECT_API_URL")


def start_prefect() -> None:
    """Import Prefect and, where no server is configured, start the one that its first flow run would start.

    The server is a process of its own and takes seconds to be up: begun early, it starts while tables and
    models are loaded. To be called after `prepare_prefect`.
    """
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value() is None:
        from prefect.server.api.server import SubprocessASGIServer

        SubprocessASGIServer().start()
