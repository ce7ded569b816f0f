"""Prefect's settings for Dateline's own processes, set before Prefect is first imported.

Nothing that the user has set is overridden: a `PREFECT_API_URL` means a server that is up, and is used.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests

from transforms.failures import ConfigurationError
from warehouse.embedded.folder import state_folder

# How often a flow asks a server that went away, with pauses of 2, 4, 8 ... seconds: for some eight minutes. Prefect's
# own five times end after one, which a server needs to start again.
PATIENCE = {"PREFECT_CLIENT_MAX_RETRIES": "8"}

# Where no server is up, Prefect starts one inside the process. At its end it prints tracebacks of cancelled
# tasks unless its logging is at CRITICAL.
DEFAULTS = {
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    "PREFECT_RUNNER_SERVER_LOG_LEVEL": "critical",
    # Each event that finds no server is otherwise told in full.
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "DO_NOT_TRACK": "1",
    **PATIENCE,
}


# A server that takes what a long run told it may be busy with that for seconds.
ANSWER_SECONDS = 30.0


def named_server() -> str | None:
    """The URL of the API that PREFECT_API_URL names."""
    return os.environ.get("PREFECT_API_URL") or None


def prepare_prefect() -> str | None:
    """Set what is not set; the URL of the server that will be used, None for one inside this process.

    Prefect's home is a folder of Dateline's own state, so that a user's other Prefect profiles stay untouched.
    Raises ConfigurationError where PREFECT_API_URL names a server that does not answer.
    """
    if "PREFECT_HOME" not in os.environ and "PREFECT_API_URL" not in os.environ:
        home: Path = state_folder() / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        os.environ["PREFECT_HOME"] = str(home)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    url = named_server()
    if url:
        _check_answers(url)
    return url


def start_prefect() -> None:
    """Import Prefect and, where no server is configured, start the one that its first flow run would start.

    The server is a process of its own and takes seconds to be up: begun early, it starts while tables and
    models are loaded. To be called after `prepare_prefect`.
    """
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value() is None:
        from prefect.server.api.server import SubprocessASGIServer

        SubprocessASGIServer().start()


@contextlib.contextmanager
def changed_settings(**groups: Mapping[str, object]) -> Iterator[None]:
    """Within the block Prefect's settings of the `groups` named are these, such as `client={"max_retries": 0}`.

    Prefect's own `temporary_settings` builds all its groups anew from the environment, which takes 30 ms each time.
    """
    from prefect.context import SettingsContext, get_settings_context

    context = get_settings_context()
    changed = {name: getattr(context.settings, name).model_copy(update=dict(values)) for name, values in groups.items()}
    with SettingsContext(profile=context.profile, settings=context.settings.model_copy(update=changed)):
        yield


def answers(url: str) -> bool:
    """Whether a Prefect server answers at the API's `url`. One that is gone is known at once, a busy one is waited for."""
    try:
        return requests.get(f"{url.rstrip('/')}/health", timeout=ANSWER_SECONDS).ok
    except requests.RequestException:
        return False


def _check_answers(url: str) -> None:
    try:
        requests.get(f"{url.rstrip('/')}/health", timeout=ANSWER_SECONDS).raise_for_status()
    except requests.RequestException as error:
        status = f"answers {error.response.status_code}" if error.response is not None else "does not answer"
        raise ConfigurationError(
            f"The Prefect server at {url} {status}: start it, correct PREFECT_API_URL (it ends in /api), or do the same"
            " work without it by --no-prefect."
        ) from None
