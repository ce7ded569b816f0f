"""The process beside the server that stops it when its last user was killed: `python -m warehouse.embedded.keeper`.

It waits, without polling, for the lock that users hold for it to be free, and ends when the server is gone.
"""

import fcntl
import sys
from pathlib import Path

from warehouse.embedded.server import EmbeddedServer, find_server


def keep(server: EmbeddedServer) -> None:
    """Return once the server has been stopped, by the last user or by this process."""
    while True:
        with server.folder.watched.open("a") as watched:
            # Taken and given back at once: whoever starts holds the mutex while waiting for this lock.
            fcntl.flock(watched, fcntl.LOCK_EX)
        with server.mutex():
            server.stop_if_unused()
            if not server.is_running() or server.is_kept():
                return


if __name__ == "__main__":
    keep(find_server(Path(sys.argv[1])))
