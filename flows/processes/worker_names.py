"""Who works: a name that no other process has had, and that tells whether its process is still there."""

import os
import socket
from functools import lru_cache
from pathlib import Path

_PROCESSES = Path("/proc")


def worker_name() -> str:
    """`host:process:start` of this process, as the ledger shows who holds a claim."""
    return _name_of(os.getpid())


def is_dead_here(name: str) -> bool:
    """Whether `name` is a process of this machine that is gone. Of others nothing is known: False.

    The start tells a process from a later one of the same number, and from one of another container that
    shares the host's name.
    """
    host, _, rest = name.rpartition(":")[0].rpartition(":")
    start = name.rpartition(":")[2]
    if host != socket.gethostname() or not rest.isdecimal() or not start.startswith(f"{_namespace()}."):
        return False
    return _start_of(int(rest)) != start


@lru_cache(maxsize=1)
def _name_of(process_id: int) -> str:
    return f"{socket.gethostname()}:{process_id}:{_start_of(process_id) or 'unknown'}"


def _start_of(process_id: int) -> str | None:
    """Namespace and start of a process; None where it is gone, or where there is no /proc to ask."""
    try:
        fields = (_PROCESSES / str(process_id) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    # State and start time are the third and the 22nd field of proc(5); a zombie works no more.
    return None if fields[0] in "ZX" else f"{_namespace()}.{fields[19]}"


@lru_cache(maxsize=1)
def _namespace() -> str:
    try:
        return str((_PROCESSES / "self" / "ns" / "pid").stat().st_ino)
    except OSError:
        return "none"
