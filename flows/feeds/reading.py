"""Feeds read in bounded time. Broken markup can keep a parser busy for minutes: large feeds are read by a process that may be ended."""

import multiprocessing
import resource
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from transforms.feeds.feed_item import FeedReading, FeedRejection
from transforms.feeds.reader import read_feed

# No feed of this size takes a second, whatever is in it.
SMALL_BYTES = 200_000
# A feed of 5 MB takes one.
CPU_SECONDS = 4
# For a machine that is busy with other things.
PATIENCE_SECONDS = 120.0


class FeedReader:
    """Reads feeds as `transforms.feeds.reader.read_feed` does; what takes too long is a FeedRejection `too_slow`.

    May be used by several threads, large feeds one after the other. To be closed.
    """

    def __init__(self, *, cpu_seconds: int = CPU_SECONDS) -> None:
        self._cpu_seconds = cpu_seconds
        # Never fork: the parent has threads and open connections.
        self._context = multiprocessing.get_context("spawn")
        self._lock = threading.Lock()
        self._worker: tuple[SpawnProcess, Connection] | None = None

    def read(self, content: bytes, **options: Any) -> FeedReading | FeedRejection:
        """Read one feed. The options are those of `read_feed`."""
        if len(content) <= SMALL_BYTES:
            return read_feed(content, **options)
        with self._lock:
            _, pipe = self._started()
            try:
                pipe.send((content, options))
                if pipe.poll(PATIENCE_SECONDS):
                    found: FeedReading | FeedRejection = pipe.recv()
                    return found
            except (EOFError, OSError):
                pass  # It was ended for its time.
            self._end()
        return FeedRejection(reason="too_slow", detail=f"reading {len(content)} bytes took more than {self._cpu_seconds} s of CPU time")

    def close(self) -> None:
        """End the process, if one was needed."""
        with self._lock:
            self._end()

    def __enter__(self) -> "FeedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> tuple[SpawnProcess, Connection]:
        if self._worker is None:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_serve, args=(theirs, self._cpu_seconds), daemon=True)
            process.start()
            theirs.close()
            self._worker = process, ours
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            process, pipe = self._worker
            pipe.close()
            process.kill()
            process.join()
            self._worker = None


def _serve(pipe: Connection, cpu_seconds: int) -> None:
    """In a process of its own: read what is sent until the other end is closed."""
    while True:
        given: tuple[bytes, Mapping[str, Any]]
        try:
            given = pipe.recv()
        except EOFError:
            return
        content, options = given
        used = resource.getrusage(resource.RUSAGE_SELF)
        # The kernel ends a process that goes beyond: no signal handler is asked, no C code is waited for.
        limit = int(used.ru_utime + used.ru_stime) + cpu_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        pipe.send(read_feed(content, **options))
