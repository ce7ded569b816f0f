"""Where turns and robots.txt are kept: in the warehouse, for all processes, or in memory, for a single look."""

import time
from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import Engine

from transforms.feeds.robots import Robots
from warehouse.ops.hosts import Turn, TurnEnd, end_turns, take_turns, waits
from warehouse.ops.robots import find_robots, keep_robots


class Courtesy(Protocol):
    """Who may be asked now, and what their robots.txt says."""

    def take(self, pauses: Mapping[str, float]) -> dict[str, Turn]:
        """The turns of those hosts that are free now; `pauses` in seconds by host."""
        ...

    def end(self, ends: Sequence[TurnEnd]) -> None:
        """Give turns back."""
        ...

    def waits(self, hosts: Sequence[str]) -> dict[str, float]:
        """Seconds until each host may be asked, as things stand."""
        ...

    def find_robots(self, origins: Sequence[str]) -> dict[str, Robots]:
        """The copies that are kept, by origin."""
        ...

    def keep_robots(self, found: Sequence[Robots]) -> None:
        """Keep copies."""
        ...


class WarehouseCourtesy:
    """Turns and robots.txt as rows, shared by all processes on all machines. One short transaction a call."""

    def __init__(self, engine: Engine, *, holder: str, lease_seconds: float) -> None:
        self._engine = engine
        self._holder = holder
        self._lease = lease_seconds

    def take(self, pauses: Mapping[str, float]) -> dict[str, Turn]:
        """See Courtesy."""
        with self._engine.begin() as connection:
            return take_turns(connection, pauses, holder=self._holder, lease_seconds=self._lease)

    def end(self, ends: Sequence[TurnEnd]) -> None:
        """See Courtesy."""
        with self._engine.begin() as connection:
            end_turns(connection, ends)

    def waits(self, hosts: Sequence[str]) -> dict[str, float]:
        """See Courtesy."""
        with self._engine.begin() as connection:
            return waits(connection, hosts)

    def find_robots(self, origins: Sequence[str]) -> dict[str, Robots]:
        """See Courtesy."""
        with self._engine.begin() as connection:
            return find_robots(connection, origins)

    def keep_robots(self, found: Sequence[Robots]) -> None:
        """See Courtesy."""
        with self._engine.begin() as connection:
            keep_robots(connection, found)


class MemoryCourtesy:
    """Turns and robots.txt of one process alone: for looking at a publisher without a warehouse."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}
        self._held: set[str] = set()
        self._pauses: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}

    def take(self, pauses: Mapping[str, float]) -> dict[str, Turn]:
        """See Courtesy."""
        now = time.monotonic()
        taken = {host: Turn(host=host, fence=0) for host in pauses
                 if host not in self._held and self._free_at.get(host, 0.0) <= now}
        self._held.update(taken)
        self._pauses.update({host: pauses[host] for host in taken})
        return taken

    def end(self, ends: Sequence[TurnEnd]) -> None:
        """See Courtesy."""
        for end in ends:
            host = end.turn.host
            self._held.discard(host)
            self._free_at[host] = time.monotonic() + max(self._pauses[host], end.retry_after_seconds or 0.0)

    def waits(self, hosts: Sequence[str]) -> dict[str, float]:
        """See Courtesy."""
        now = time.monotonic()
        return {host: max(self._free_at.get(host, 0.0) - now, 0.0) for host in hosts}

    def find_robots(self, origins: Sequence[str]) -> dict[str, Robots]:
        """See Courtesy."""
        return {origin: self._robots[origin] for origin in origins if origin in self._robots}

    def keep_robots(self, found: Sequence[Robots]) -> None:
        """See Courtesy."""
        self._robots.update({one.origin: one for one in found})
