"""What scheduled runs cover: late, doubled and missed ticks are harmless, an outage ends in one window."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Engine, text

from flows.scheduled_windows import begin_windows, release_windows, settle_windows
from transforms.publishers import Publisher

QUAY = Publisher(code="quay", name="The Quay", time_zone="Europe/Amsterdam", is_active=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def tick(engine: Engine, now: str, *, fails: bool = False, publisher: Publisher = QUAY) -> list[str]:
    """A run at `now`; the windows that it covered."""
    claims = begin_windows(engine, [publisher], worker="test", now=at(now))
    if fails:
        release_windows(engine, claims)
    else:
        settle_windows(engine, claims, run_id=uuid4())
    return [str(claim.window) for claim in claims]


def test_ticks_of_a_day_with_an_outage(engine):
    assert tick(engine, "2024-05-01T07:10") == ["2024-05-01T06:00:00Z/2024-05-01T07:00:00Z"]
    assert tick(engine, "2024-05-01T07:20") == []
    assert tick(engine, "2024-05-01T08:00") == ["2024-05-01T07:00:00Z/2024-05-01T08:00:00Z"]
    assert tick(engine, "2024-05-01T08:00") == []
    assert tick(engine, "2024-05-02T09:30") == ["2024-05-01T08:00:00Z/2024-05-02T09:00:00Z"]


def test_what_a_failed_run_left_the_next_one_takes_with_its_own(engine):
    tick(engine, "2024-05-01T07:10", fails=True)
    assert tick(engine, "2024-05-01T08:10") == [
        "2024-05-01T06:00:00Z/2024-05-01T07:00:00Z", "2024-05-01T07:00:00Z/2024-05-01T08:00:00Z",
    ]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT DISTINCT state FROM ops.windows")).scalars().all() == ["done"]


def test_a_clock_set_back_covers_nothing_twice_and_is_told_of(engine, caplog):
    tick(engine, "2024-05-01T07:10")
    assert not caplog.messages
    assert tick(engine, "2024-04-30T07:10") == []
    assert caplog.messages == [
        "quay is read until 2024-05-01 07:00 UTC, but it is 2024-04-30 07:10 UTC here: a clock was set back. Its feeds are"
        " read, and the ledger goes on from there."
    ]
    assert tick(engine, "2024-05-01T08:10") == ["2024-05-01T07:00:00Z/2024-05-01T08:00:00Z"]


def test_a_schedule_changed_meanwhile_leaves_no_gap_and_reads_nothing_twice(engine):
    """Ticks at other times, in a zone whose hours begin at half past, and back."""
    tick(engine, "2024-05-01T07:10")
    kolkata = replace(QUAY, time_zone="Asia/Kolkata")
    assert tick(engine, "2024-05-01T09:40", publisher=kolkata) == ["2024-05-01T07:00:00Z/2024-05-01T09:30:00Z"]
    assert tick(engine, "2024-05-01T10:05") == ["2024-05-01T09:30:00Z/2024-05-01T10:00:00Z"]
