"""Folders into which a wire drops its files: what is new or changed since the last look."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

SETTLED_SECONDS = 2.0
"""A file that was written to a moment ago may not be whole yet: it is left for the next look."""


class WatchedFiles:
    """Files and folders (with all below them, hidden ones left out), looked at again and again."""

    def __init__(self, paths: Iterable[str], *, settled_seconds: float = SETTLED_SECONDS) -> None:
        self._paths = [Path(path) for path in paths]
        self._settled = settled_seconds
        self._known: dict[str, tuple[int, int]] = {}

    def changed(self) -> list[str]:
        """Files that are new, or have another size or time than at the last look, sorted by path.

        A path that is not there yet, or is gone, has no files.
        """
        found: dict[str, tuple[int, int]] = {}
        changed = []
        before = time.time() - self._settled
        for path in self._files():
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            mark = (status.st_mtime_ns, status.st_size)
            name = str(path)
            if self._known.get(name) == mark:
                found[name] = mark
            elif status.st_mtime <= before:
                found[name] = mark
                changed.append(name)
        self._known = found
        return sorted(changed)

    def _files(self) -> Iterator[Path]:
        for path in self._paths:
            if path.is_file():
                yield path
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                yield from (Path(folder) / name for name in names if not name.startswith("."))
