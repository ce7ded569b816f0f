"""The disk of the warehouse full at random moments of a backfill, which waits for space or ends and goes on anew.

The server lives on a small file system in memory, which only root may mount. Sometimes nothing is left on it, so
that a table cannot grow; sometimes less than the server's log asks for, which brings the server down.
"""

import contextlib
import os
import random
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.crashes.verdicts import half_visible
from tests.crashes.zygote_client import has_ended, open_zygote
from tests.flows.archive_folder import write_publisher
from tests.soak.servers import fresh_warehouse, soak_server
from tests.soak.undisturbed import backfill_job, finish, is_done, judge, read_undisturbed
from warehouse.embedded.server import EmbeddedServer

MEGABYTE = 1024 * 1024
SENTENCES = {
    "The disk of the warehouse": "the disk is full",
    "The warehouse at": "the warehouse went away",
    "does not answer": "the warehouse does not answer",
}


def run(folder: Path, settings: dict[str, int]) -> str:
    """`documents` (250), `fills` (10) of a disk of `megabytes` (600)."""
    documents, fills = settings.get("documents", 250), settings.get("fills", 10)
    said = folder / "said.txt"
    job = backfill_job(folder, documents=documents, batch_size=10, said=said)
    chance = random.Random(settings.get("seed", 53100))
    disk = folder / "disk"
    # `mkdtemp` closes what it makes to the account that the server runs as.
    folder.chmod(0o711)
    with contextlib.ExitStack() as stack:
        if not stack.enter_context(_mounted(disk, settings.get("megabytes", 600))):
            return "skipped: this account may not mount a file system in memory (root may)"
        zygote = stack.enter_context(open_zygote(write_publisher(folder / "publishers")))
        server = stack.enter_context(soak_server(disk))
        expected = read_undisturbed(server, zygote, job)
        said.write_text("")
        with fresh_warehouse(server) as (engine, url):
            done = begun_anew = panics = 0
            process_id = zygote.start(url=url, **job)
            while done < fills and not is_done(engine):
                time.sleep(chance.uniform(0.3, 2.0))
                with _filled(disk, leaving=chance.choice((0, 14 * MEGABYTE))):
                    done += 1
                    before = len(_words(said))
                    _until_noticed(process_id, said, before, seconds=chance.uniform(5, 40))
                panics += _recovered(server)
                assert half_visible(engine) == 0, f"half visible after {done} fills"
                if has_ended(process_id):
                    begun_anew += 1
                    process_id = zygote.start(url=url, **job)
            finish(zygote, process_id, url, job)
            judge(engine, expected)
    told = Counter(meaning for line in _words(said) for words, meaning in SENTENCES.items() if words in line)
    assert told["the disk is full"], "nobody was told that the disk is full"
    return (
        f"{documents} documents, the disk full {done} times, which brought the server down {panics} times and ended the"
        f" process {begun_anew} times; told: {dict(told)}; tables equal, no connection left"
    )


@contextlib.contextmanager
def _mounted(place: Path, megabytes: int) -> Iterator[bool]:
    """A file system in memory at `place` while the block runs; False where it may not be mounted."""
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0711", "dateline-soak", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        yield True
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextlib.contextmanager
def _filled(disk: Path, *, leaving: int) -> Iterator[None]:
    """Take all space of `disk` but `leaving` bytes while the block runs."""
    ballast = disk / "ballast"
    block = bytes(64 * 1024)
    try:
        # Block by block: the server takes some of it meanwhile.
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while _free_bytes(disk) > leaving:
                file.write(block)
        yield
    finally:
        ballast.unlink()


def _free_bytes(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def _words(said: Path) -> list[str]:
    return said.read_text(errors="replace").splitlines()


def _until_noticed(process_id: int, said: Path, before: int, *, seconds: float) -> None:
    """Wait until the process has ended, or for a while after it has told of something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not has_ended(process_id):
        if len(_words(said)) > before:
            deadline = min(deadline, time.monotonic() + 10)
            before = 1 << 30
        time.sleep(0.2)


def _recovered(server: EmbeddedServer) -> int:
    """Start the server again where it is down; how often it broke down since the last time."""
    # Emptied here as at a start, so that each is counted once.
    panics = server.folder.log.read_text(errors="replace").count("PANIC:")
    os.truncate(server.folder.log, 0)
    if not server.is_running():
        server.cluster.start()
    server.cluster.wait()
    return panics
