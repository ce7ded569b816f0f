"""A folder that is watched tells each file once, when it is whole, and again when it changes."""

import os
import time
from pathlib import Path

from flows.documents.watched_files import WatchedFiles


def drop(file: Path, text: str, *, seconds_ago: float = 10.0) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    moment = time.time() - seconds_ago
    os.utime(file, (moment, moment))
    return file


def test_files_are_told_once_and_again_when_they_change(tmp_path: Path) -> None:
    watched = WatchedFiles([str(tmp_path), str(tmp_path / "not there yet")])
    first, second = drop(tmp_path / "b.xml", "x"), drop(tmp_path / "deep" / "a.xml", "x")
    drop(tmp_path / ".part", "x")
    drop(tmp_path / ".hidden" / "a.xml", "x")
    assert watched.changed() == [str(first), str(second)]
    assert watched.changed() == []
    drop(first, "longer")
    assert watched.changed() == [str(first)]
    first.unlink()
    assert watched.changed() == []
    drop(first, "longer")
    assert watched.changed() == [str(first)], "a name that comes back is a new file"


def test_a_file_still_being_written_is_left_for_the_next_look(tmp_path: Path) -> None:
    watched = WatchedFiles([str(tmp_path)], settled_seconds=100)
    file = drop(tmp_path / "a.xml", "ha", seconds_ago=0)
    assert watched.changed() == []
    drop(file, "half and half", seconds_ago=200)
    assert watched.changed() == [str(file)]
