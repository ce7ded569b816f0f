"""Where the computing of a stage is done, and how one bad input is kept from costing the others.

An input may raise, be too slow, or take its process down with it: the first is told by its future, the others
by a pool that broke or stands still. Then what was under way is done once more, one input at a time, so that
the guilty one is known by name.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_sentinels
from types import TracebackType
from typing import Generic, Protocol, TypeVar

from transforms.failures import PermanentError, TransientError

Key = TypeVar("Key", bound=Hashable)
Input = TypeVar("Input")
Result = TypeVar("Result")

# No document takes this long; what does is caught in a loop.
PATIENCE_SECONDS = 120.0
# What a process may take to start and to load what it computes with.
START_SECONDS = 120.0


class WorkerDied(PermanentError):
    """The process that computed this input died: killed for its memory, or crashed in foreign code."""


class TooSlow(PermanentError):
    """The input was not done in time, and its process was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Generic[Key, Result]):
    """What each input came to: a result, or the exception that it ended in."""

    results: Mapping[Key, Result]
    failures: Mapping[Key, BaseException]


class Pool(Protocol):
    """Computes batches. To be used as a context manager, from one thread at a time."""

    def each(self, compute: Callable[[Input], Result], inputs: Mapping[Key, Input]) -> Computed[Key, Result]:
        """`compute` of each input; results in the order of the inputs."""
        ...


class InlinePool:
    """Computes within this process, one input after the other: for small batches and tests."""

    def each(self, compute: Callable[[Input], Result], inputs: Mapping[Key, Input]) -> Computed[Key, Result]:
        """See `Pool.each`. What takes the process down takes this one down."""
        executor = ThreadPoolExecutor(max_workers=1)
        try:
            futures = {key: executor.submit(compute, given) for key, given in inputs.items()}
            wait(futures.values())
        finally:
            # Who is interrupted waits for no more than the input at hand, at the end of the process.
            executor.shutdown(wait=False, cancel_futures=True)
        return _sorted_out(futures, inputs)

    def __enter__(self) -> "InlinePool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None


class ProcessPool:
    """Computes in `size` processes, which end when this one does, even by SIGKILL.

    `compute`, inputs and results are pickled. `prepare` is called once in each process, before its first input.
    """

    def __init__(
        self, size: int, *, prepare: Callable[[], object] | None = None, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._size = size
        self._prepare = prepare
        self._patience_seconds = patience_seconds
        methods = multiprocessing.get_all_start_methods()
        # Never fork: the parent has threads and open connections.
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._executor: ProcessPoolExecutor | None = None

    def each(self, compute: Callable[[Input], Result], inputs: Mapping[Key, Input]) -> Computed[Key, Result]:
        """See `Pool.each`. An input that kills its process fails with WorkerDied, one that hangs with TooSlow.

        Raises TransientError where no process comes up: that is no input's fault.
        """
        futures: dict[Key, Future[Result]] = {}
        executor = self._started()
        # It may break while inputs are still being handed over: the rest has no future then.
        with contextlib.suppress(BrokenProcessPool):
            for key, given in inputs.items():
                futures[key] = executor.submit(compute, given)
        if not self._waited(futures):
            self._kill()
        suspects = [key for key in inputs if key not in futures or _was_cut_off(futures[key])]
        if suspects:
            self._kill()
        for key in suspects:
            futures[key] = self._alone(compute, inputs[key])
        return _sorted_out(futures, inputs)

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def __enter__(self) -> "ProcessPool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self._kill()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = ProcessPoolExecutor(
                max_workers=self._size, mp_context=self._context, initializer=_begin, initargs=(self._prepare,)
            )
        return self._executor

    def _waited(self, futures: Mapping[Key, Future[Result]]) -> bool:
        """Wait until all is done; False where nothing was for as long as the patience lasts."""
        pending = set(futures.values())
        while pending:
            done, pending = wait(pending, timeout=self._patience_seconds, return_when=FIRST_COMPLETED)
            if not done:
                return False
        return True

    def _alone(self, compute: Callable[[Input], Result], given: Input) -> "Future[Result]":
        executor = self._started()
        # The start of a process and its preparation take none of the input's time.
        ready = executor.submit(os.getpid)
        wait([ready], timeout=START_SECONDS)
        if _was_cut_off(ready):
            self._kill()
            raise TransientError("No process came up that could compute: is there too little memory?")
        future = executor.submit(compute, given)
        failure: PermanentError
        if not self._waited({0: future}):
            failure = TooSlow(f"Not done after {self._patience_seconds:g} s.")
        elif _was_cut_off(future):
            failure = WorkerDied("The process that computed this died.")
        else:
            return future
        self._kill()
        guilty: Future[Result] = Future()
        guilty.set_exception(failure)
        return guilty

    def _kill(self) -> None:
        """End the processes whatever they do; the next input starts new ones."""
        if self._executor is None:
            return
        # The executor offers no public way to end a process that hangs before Python 3.14.
        for process in list((self._executor._processes or {}).values()):
            process.kill()
        self._executor.shutdown(cancel_futures=True)
        self._executor = None


def _begin(prepare: Callable[[], object] | None) -> None:
    """In a new process: end with the parent, leave Ctrl-C to it, get ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def end_with_parent() -> None:
    """Wait for the end of the process that started this one, then end this one: for a thread of its own."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_sentinels([parent.sentinel])
        os._exit(1)


def _was_cut_off(future: Future[Result]) -> bool:
    """Whether the future ended because of its pool, not of its own."""
    return future.cancelled() or not future.done() or isinstance(future.exception(), BrokenProcessPool)


def _sorted_out(futures: Mapping[Key, Future[Result]], inputs: Mapping[Key, Input]) -> Computed[Key, Result]:
    results: dict[Key, Result] = {}
    failures: dict[Key, BaseException] = {}
    for key in inputs:
        failure = futures[key].exception()
        if failure is None:
            results[key] = futures[key].result()
        else:
            failures[key] = failure
    return Computed(results=results, failures=failures)


def make_pool(processes: int, *, prepare: Callable[[], object] | None = None) -> InlinePool | ProcessPool:
    """A pool of that many processes; with 0 the work is done in this one."""
    return ProcessPool(processes, prepare=prepare) if processes else InlinePool()


