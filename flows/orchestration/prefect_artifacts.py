"""What flows show on Prefect's pages: there where its server is, and never a reason for work to fail or to wait."""

import contextlib
import logging
import time
from collections.abc import Iterator
from uuid import UUID

import httpx
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.orchestration.prefect_settings import changed_settings

ANSWER_SECONDS = 5.0
# Each try to reach a server that is away takes Prefect's client a second and a half.
ASK_AGAIN_SECONDS = 30.0

logger = logging.getLogger(__name__)


@contextlib.contextmanager
def shown(*, is_awaited: bool = True) -> Iterator[None]:
    """Let the block send artifacts to a server that may be away: that is told in the log, and nothing else comes of it.

    Awaited is a server at the end of a flow, which needs it then anyway; work that is under way asks once.
    """
    hurry = changed_settings(client={"max_retries": 0}, api={"request_timeout": ANSWER_SECONDS})
    try:
        with contextlib.nullcontext() if is_awaited else hurry:
            yield
    except httpx.HTTPError as error:
        logger.warning("not shown on Prefect's pages, whose server is away (%s); the work goes on", type(error).__name__)


class ShownProgress:
    """A progress bar on Prefect's pages, moved by whole percents; a server that was away is left alone for a while."""

    def __init__(self, key: str, description: str, *, ask_again_seconds: float = ASK_AGAIN_SECONDS) -> None:
        self._artifact_id: UUID | None = None
        self._percent = 0.0
        self._not_before = 0.0
        self._ask_again_seconds = ask_again_seconds
        with shown(is_awaited=False):
            made = create_progress_artifact(progress=0.0, key=key, description=description)
            assert isinstance(made, UUID)
            self._artifact_id = made

    def move(self, percent: float) -> None:
        """Show `percent`, 0 to 100, where it is at least one more than what was shown last."""
        if self._artifact_id is None or (percent - self._percent < 1 and percent < 100):
            return
        now = time.monotonic()
        if now < self._not_before and percent < 100:
            return
        self._not_before = now + self._ask_again_seconds
        with shown(is_awaited=False):
            update_progress_artifact(self._artifact_id, progress=percent)
            self._percent, self._not_before = percent, 0.0
