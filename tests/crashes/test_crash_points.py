"""Every crash point once with SIGKILL in a backfill; `make soak` does them all, every way, scheduled runs included.

The process dies there, and the same command goes on: the tables equal those of a run that nothing disturbed.
"""

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.conftest import fresh_engine
from tests.crashes.verdicts import digest, half_visible, open_ends
from tests.crashes.zygote_client import Zygote, open_zygote
from tests.flows.archive_folder import write_archive, write_publisher
from warehouse.crash_points import POINTS

pytestmark = pytest.mark.xdist_group("crashes")

BOUNDS = {"since": "2023-03-25", "until": "2023-03-27"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days, one of them 23 hours long, with three dispatches each."""
    return write_archive(tmp_path_factory.mktemp("archive"), date(2023, 3, 25), days=2, per_day=3)


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with open_zygote(write_publisher(tmp_path_factory.mktemp("publishers"))) as started:
        yield started


def url_of(engine: Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def undisturbed(server, zygote: Zygote, archive: Path) -> dict[str, tuple[int, str]]:
    """The tables of a backfill that nothing disturbed."""
    with fresh_engine(server) as engine:
        assert zygote.run(kind="backfill", url=url_of(engine), archive=archive, **BOUNDS) == 0
        assert open_ends(engine) == {}
        found = digest(engine)
    assert found["core.article_versions"][0] == 6
    return found


@pytest.mark.parametrize("point", POINTS)
def test_a_backfill_that_is_killed_goes_on_as_if_nothing_had_been(engine, zygote, archive, undisturbed, point):
    job = {"kind": "backfill", "url": url_of(engine), "archive": archive, **BOUNDS}

    assert zygote.run(**job, crash=f"{point}:kill") == -signal.SIGKILL
    assert half_visible(engine) == 0
    assert zygote.run(**job) == 0

    assert open_ends(engine) == {}
    assert digest(engine) == undisturbed
