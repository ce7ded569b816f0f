"""Turns: one request in flight a host, a pause after it, for all processes together."""

import threading
import time

from sqlalchemy import Connection, Engine

from warehouse.ops.hosts import Turn, TurnEnd, end_turns, take_turns, waits


def take(connection: Connection, *hosts: str, pause: float = 0.0, lease: float = 60.0) -> dict[str, Turn]:
    return take_turns(connection, dict.fromkeys(hosts, pause), holder="tests", lease_seconds=lease)


def test_a_turn_is_given_once(connection: Connection) -> None:
    turns = take(connection, "alder.example", "birch.example")
    assert sorted(turns) == ["alder.example", "birch.example"]
    assert take(connection, "alder.example", "birch.example", "cedar.example").keys() == {"cedar.example"}


def test_the_pause_begins_when_the_turn_ends(connection: Connection) -> None:
    turn = take(connection, "alder.example", pause=0.15)["alder.example"]
    time.sleep(0.2)
    assert not take(connection, "alder.example", pause=0.15), "still in flight"
    end_turns(connection, [TurnEnd(turn=turn, status_code=200)])
    assert not take(connection, "alder.example")
    assert 0 < waits(connection, ["alder.example"])["alder.example"] <= 0.15
    time.sleep(0.16)
    assert take(connection, "alder.example")


def test_retry_after_is_kept_however_short_the_pause(connection: Connection) -> None:
    turn = take(connection, "alder.example")["alder.example"]
    end_turns(connection, [TurnEnd(turn=turn, status_code=429, retry_after_seconds=100, is_failure=True)])
    assert 99 < waits(connection, ["alder.example"])["alder.example"] <= 100


def test_failures_stretch_the_pause_and_an_answer_restores_it(connection: Connection) -> None:
    pauses = []
    for _ in range(8):
        turn = take(connection, "alder.example", pause=0.0)["alder.example"]
        end_turns(connection, [TurnEnd(turn=turn, is_failure=True)])
        pauses.append(round(waits(connection, ["alder.example"])["alder.example"]))
        connection.exec_driver_sql("UPDATE ops.hosts SET next_request_at = now() - interval '1 s'")
    assert pauses == [2, 4, 8, 16, 32, 64, 64, 64]
    end_turns(connection, [TurnEnd(turn=take(connection, "alder.example")["alder.example"], status_code=200)])
    assert waits(connection, ["alder.example"])["alder.example"] == 0


def test_a_holder_that_died_loses_its_turn_and_cannot_end_the_next(connection: Connection) -> None:
    lost = take(connection, "alder.example", lease=0.05)["alder.example"]
    time.sleep(0.06)
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
