"""Asking the zygote for processes that do a job and may die at it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Zygote:
    """The zygote's process. One job at a time."""

    process: subprocess.Popen[str]

    def run(self, **job: object) -> int:
        """Do a job to its end; the child's exit code, negative for a signal."""
        return self._ask(job)["code"]

    def start(self, **job: object) -> int:
        """Begin a job; the child's process id."""
        return self._ask({**job, "is_detached": True})["process_id"]

    def _ask(self, job: dict[str, object]) -> dict[str, int]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({name: str(value) if isinstance(value, Path) else value for name, value in job.items()}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the zygote ended with {self.process.wait()}")
        found: dict[str, int] = json.loads(answer)
        return found


def has_ended(process_id: int) -> bool:
    """Whether a job that was begun is over. The zygote does not wait for it: it is a zombie then."""
    try:
        return (Path("/proc") / str(process_id) / "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@contextmanager
def open_zygote(publishers: Path) -> Iterator[Zygote]:
    """A zygote that knows the publishers of a folder, loaded and ready."""
    environment = {**os.environ, "DATELINE_PUBLISHERS": str(publishers)}
    command = [sys.executable, "-m", "tests.crashes.zygote"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the zygote did not start")
        yield Zygote(process=process)
        process.stdin.close()
