"""Turns: one request in flight a host, a pause after it, for all processes together."""

import threading
import time

from sqlalchemy import Connection, Engine, text

from warehouse.ops.hosts import PAUSE_MAXIMUM_SECONDS, Turn, TurnEnd, end_turns, take_turns, waits


def take(connection: Connection, *hosts: str, pause: float = 0.0, lease: float = 60.0) -> dict[str, Turn]:
    return take_turns(connection, dict.fromkeys(hosts, pause), holder="tests", lease_seconds=lease)


def let_pass(connection: Connection, *, seconds: float) -> None:
    """Move all that the hosts' rows know so many seconds into the past."""
    moved = ", ".join(f"{column} = {column} - make_interval(secs => :seconds)"
                      for column in ("requested_at", "next_request_at", "retry_after", "lease_until"))
    connection.execute(text(f"UPDATE ops.hosts SET {moved}"), {"seconds": seconds})


def test_a_turn_is_given_once(connection: Connection) -> None:
    turns = take(connection, "alder.example", "birch.example")
    assert sorted(turns) == ["alder.example", "birch.example"]
    assert take(connection, "alder.example", "birch.example", "cedar.example").keys() == {"cedar.example"}


def test_the_pause_begins_when_the_turn_ends(connection: Connection) -> None:
    turn = take(connection, "alder.example", pause=60, lease=3600)["alder.example"]
    let_pass(connection, seconds=100)
    assert not take(connection, "alder.example", pause=60), "still in flight"
    end_turns(connection, [TurnEnd(turn=turn, status_code=200)])
    assert not take(connection, "alder.example")
    assert 30 < waits(connection, ["alder.example"])["alder.example"] <= 60
    let_pass(connection, seconds=60)
    assert take(connection, "alder.example")


def test_retry_after_is_kept_however_short_the_pause(connection: Connection) -> None:
    turn = take(connection, "alder.example")["alder.example"]
    end_turns(connection, [TurnEnd(turn=turn, status_code=429, retry_after_seconds=1000, is_failure=True)])
    assert 500 < waits(connection, ["alder.example"])["alder.example"] <= 1000


def test_failures_stretch_the_pause_and_an_answer_restores_it(connection: Connection) -> None:
    for expected in (200, 400, 800, 1600, 3200, PAUSE_MAXIMUM_SECONDS, PAUSE_MAXIMUM_SECONDS):
        turn = take(connection, "alder.example", pause=100)["alder.example"]
        end_turns(connection, [TurnEnd(turn=turn, is_failure=True)])
        assert expected - 60 < waits(connection, ["alder.example"])["alder.example"] <= expected
        let_pass(connection, seconds=expected)
    end_turns(connection, [TurnEnd(turn=take(connection, "alder.example")["alder.example"], status_code=200)])
    assert waits(connection, ["alder.example"])["alder.example"] == 0


def test_failures_stretch_a_pause_of_nothing_to_64_seconds_at_most(connection: Connection) -> None:
    for expected in (2, 4, 8, 16, 32, 64, 64, 64):
        turn = take(connection, "alder.example", pause=0.0)["alder.example"]
        ended = time.monotonic()
        end_turns(connection, [TurnEnd(turn=turn, is_failure=True)])
        left = waits(connection, ["alder.example"])["alder.example"]
        # Some of it is over when we look.
        assert left <= expected < left + (time.monotonic() - ended) + 0.1
        let_pass(connection, seconds=expected)


def test_a_holder_that_died_loses_its_turn_and_cannot_end_the_next(connection: Connection) -> None:
    lost = take(connection, "alder.example", lease=60)["alder.example"]
    let_pass(connection, seconds=60)
    second = take(connection, "alder.example")["alder.example"]
    assert second.fence > lost.fence
    end_turns(connection, [TurnEnd(turn=lost)])
    assert not take(connection, "alder.example"), "the second holder's request is still under way"
    end_turns(connection, [TurnEnd(turn=second)])
    assert take(connection, "alder.example")


def test_many_connections_at_once_get_each_turn_once(every_engine: Engine) -> None:
    hosts = [f"h{number}.example" for number in range(20)]
    taken: list[str] = []

    def run() -> None:
        for _ in range(5):
            with every_engine.begin() as connection:
                turns = take(connection, *hosts, pause=60)
            taken.extend(turns)
            with every_engine.begin() as connection:
                end_turns(connection, [TurnEnd(turn=turn) for turn in reversed(turns.values())])

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(hosts)
