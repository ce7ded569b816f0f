"""The server process over one data folder: make the folder, start, look, stop. Callers hold the mutex."""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from transforms.failures import ConfigurationError, TransientError
from warehouse.embedded.folder import SOCKET_NAME, Folder
from warehouse.embedded.programs import Programs

# A server that was killed may have two gigabytes of its log to replay, and one that stops writes what it has in memory.
START_SECONDS = 300
STOP_SECONDS = 300
DATABASE = "dateline"
# The same order of strings on every machine: code points, whatever the system's C library thinks.
LOCALE_ARGUMENTS = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
SUPERUSER = "dateline"

# Socket only; the rest is for a laptop: modest memory, no replication, messages to a file.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One data folder with the programs that run it. `settings` stand over SETTINGS.

    `locale_arguments` are for the `initdb` of a server older than 17, which knows no built-in locales.
    """

    folder: Folder
    programs: Programs
    settings: tuple[tuple[str, str], ...] = ()
    locale_arguments: tuple[str, ...] = LOCALE_ARGUMENTS

    @property
    def url(self) -> str:
        """The libpq URL of the warehouse's database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """The libpq URL of another database of the server."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder.socket}"

    def process_id(self) -> int | None:
        """The server's process, None where there is none or the file that names it is a left-over."""
        try:
            number = int((self.folder.data / "postmaster.pid").read_text().split("\n")[0])
            os.kill(number, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError):
            return None
        except PermissionError:
            pass
        try:
            # Where the system can tell: a server's working folder is its data folder.
            return number if os.readlink(f"/proc/{number}/cwd") == str(self.folder.data.resolve()) else None
        except OSError:
            return number if not Path("/proc/self").exists() else None

    def wait(self) -> None:
        """Return when the server answers and the warehouse's database is there. Raises TransientError if it does not."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with psycopg.connect(self.url_of("postgres"), connect_timeout=5, autocommit=True) as connection:
                    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,))
                    if known.fetchone() is None:
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                    return
            except psycopg.OperationalError as error:
                # Someone else's start may still be replaying its log.
                if time.monotonic() > deadline or self.process_id() is None:
                    raise TransientError(f"The embedded PostgreSQL does not answer: {error}") from error
            time.sleep(0.1)

    def start(self) -> None:
        """Start the server, on a new data folder the first time. Raises TransientError where it does not come up."""
        if not (self.folder.data / "PG_VERSION").exists():
            self._create()
        if self.process_id() is None:
            # The numbers in left-over files may be other processes' by now.
            (self.folder.data / "postmaster.pid").unlink(missing_ok=True)
            for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
                (self.folder.socket / name).unlink(missing_ok=True)
        self._configure()
        deadline = time.monotonic() + START_SECONDS
        while True:
            answer = self.programs.run(
                "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", self.folder.data, "-l", self.folder.log,
                "-o", f"-k '{self.folder.socket}'", timeout=START_SECONDS + 30,
            )  # fmt: skip
            if answer.returncode == 0:
                return
            # Children of a killed server hold its memory until they notice, within a second or two.
            if "pre-existing shared memory" not in self.last_words() or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        raise TransientError(f"The embedded PostgreSQL did not start: {self.last_words() or answer.stdout.strip()}")

    def stop(self) -> None:
        """Stop the server, cutting what is still connected. Nothing happens where it is not running."""
        if self.process_id() is None:
            return
        answer = self.programs.run(
            "pg_ctl", "stop", "-m", "fast", "-w", "-t", str(STOP_SECONDS), "-D", self.folder.data,
            timeout=STOP_SECONDS + 30,
        )  # fmt: skip
        if answer.returncode != 0 and self.process_id() is not None:
            raise TransientError(f"The embedded PostgreSQL did not stop: {answer.stdout.strip()}")

    def last_words(self) -> str:
        """The end of the log where it tells of a failure, empty where there is none."""
        try:
            lines = self.folder.log.read_text("utf-8", errors="replace").splitlines()[-40:]
        except OSError:
            return ""
        fatal = [number for number, line in enumerate(lines) if "FATAL" in line or "PANIC" in line]
        return " / ".join(lines[max(0, fatal[-1] - 1) : fatal[-1] + 1]) if fatal else ""

    def _create(self) -> None:
        """Make the data folder under another name and rename it: a crash half-way leaves no half folder."""
        partial = self.folder.home / f"{self.folder.data.name}.new"
        for left_over in (partial, self.folder.data):
            if left_over.exists():
                shutil.rmtree(left_over)
        partial.mkdir(mode=0o700)
        if self.programs.account:
            os.chown(partial, self.programs.account.user_id, self.programs.account.group_id)
        answer = self.programs.run(
            "initdb", "-D", partial, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            *self.locale_arguments, "--no-instructions", "--no-sync", "--data-checksums",
        )  # fmt: skip
        if answer.returncode != 0:
            shutil.rmtree(partial, ignore_errors=True)
            last = answer.stdout.strip().splitlines()[-1:] or ["no reason given"]
            raise ConfigurationError(f"Cannot create the embedded PostgreSQL's data folder: {last[0]}")
        with (partial / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude_if_exists = 'dateline.conf'\n")
        partial.rename(self.folder.data)

    def _configure(self) -> None:
        """Write the settings anew; settings of the user's own go into postgresql.auto.conf by ALTER SYSTEM."""
        lines = [f"{name} = '{value}'" for name, value in {**SETTINGS, **dict(self.settings)}.items()]
        target = self.folder.data / "dateline.conf"
        target.write_text("# Written by Dateline at every start.\n" + "\n".join(lines) + "\n")
        self.folder.log.write_text("")
        if self.programs.account:
            for path in (target, self.folder.log):
                os.chown(path, self.programs.account.user_id, self.programs.account.group_id)
