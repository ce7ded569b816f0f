"""Using the embedded server: hold it while needed, and let the last one out stop it."""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warehouse.embedded.cluster import Cluster
from warehouse.embedded.folder import Folder, state_folder
from warehouse.embedded.programs import find_programs


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServer:
    """The embedded server of one state folder, running or not."""

    cluster: Cluster

    @property
    def url(self) -> str:
        """Where it answers while it runs."""
        return self.cluster.url

    @property
    def folder(self) -> Folder:
        """Its paths."""
        return self.cluster.folder

    def is_running(self) -> bool:
        """Whether there is a server process now."""
        return self.cluster.process_id() is not None

    def is_kept(self) -> bool:
        """Whether it stays up without users."""
        return self.folder.kept.exists()

    @contextlib.contextmanager
    def used(self) -> Iterator[str]:
        """Hold the server while the block runs, started where it was not; yields its URL."""
        with self._enter():
            yield self.url

    @contextlib.contextmanager
    def _enter(self) -> Iterator[None]:
        self.folder.prepare(self.cluster.programs.account)
        # Opened first, a killed process's use ends before the keeper is told.
        with self.folder.users.open("a") as users, self.folder.watched.open("a") as watched:
            with self.mutex():
                fcntl.flock(users, fcntl.LOCK_SH)
                fcntl.flock(watched, fcntl.LOCK_SH)
            try:
                with self.mutex():
                    self._ensure_running()
                yield
            finally:
                self._leave(users, watched)

    def keep(self) -> None:
        """Start it and let it stay up until `release`."""
        with self.used():
            self.folder.kept.touch()

    def release(self, *, force: bool = False) -> bool:
        """Let it stop: now where nobody uses it or `force` is set, else after the last user. Says if it stopped."""
        self.folder.prepare(self.cluster.programs.account)
        with self.mutex():
            self.folder.kept.unlink(missing_ok=True)
            if force:
                self.cluster.stop()
            else:
                self.stop_if_unused()
            return not self.is_running()

    @contextlib.contextmanager
    def mutex(self) -> Iterator[None]:
        """Hold off every other start and stop."""
        with self.folder.mutex.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def stop_if_unused(self) -> None:
        """Stop the server where no process holds it. The caller holds the mutex."""
        if self.is_kept():
            return
        with self.folder.users.open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.cluster.stop()

    def _leave(self, *held: IO[str]) -> None:
        with self.mutex():
            # Closing is not enough: a forked child may hold the same open file.
            for file in held:
                fcntl.flock(file, fcntl.LOCK_UN)
            self.stop_if_unused()

    def _ensure_running(self) -> None:
        if not self.is_running():
            self.cluster.start()
            self._start_keeper()
        self.cluster.wait()

    def _start_keeper(self) -> None:
        # In a session of its own, so that neither Ctrl-C nor a closed terminal ends it before its time.
        subprocess.Popen(
            [sys.executable, "-m", "warehouse.embedded.keeper", str(self.folder.home)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
            env={**os.environ, "DATELINE_HOME": str(self.folder.home)},
        )


def find_server(home: Path | None = None, **settings: str) -> EmbeddedServer:
    """The embedded server of `home` (by default Dateline's state folder); nothing is started.

    `settings` are PostgreSQL's, over Dateline's own. Raises ConfigurationError where it cannot run here.
    """
    folder = Folder(home=home or state_folder())
    programs = find_programs(folder.home)
    return EmbeddedServer(cluster=Cluster(folder=folder, programs=programs, settings=tuple(settings.items())))


@contextlib.contextmanager
def embedded_server(home: Path | None = None, **settings: str) -> Iterator[EmbeddedServer]:
    """Hold the embedded server of `home` while the block runs."""
    server = find_server(home, **settings)
    with server.used():
        yield server
