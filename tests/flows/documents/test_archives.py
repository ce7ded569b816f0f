"""Archives of documents are read member by member; what cannot be read is told and costs itself alone."""

import gzip
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from flows.archives.warc_writing import WarcWriter
from flows.capture_files import files_source
from flows.documents.files import sources_of_paths
from flows.documents.sources import DocumentSource
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops import runs
from warehouse.raw.captures import Capture, load_captures

AT = datetime(2024, 5, 15, 9, 30, 0, 5, tzinfo=UTC)
ALDER = Publisher(code="alder", name="Alder", hosts=("alder.example",))


def warc(folder: Path, name: str = "a.warc.gz") -> Path:
    file = folder / name
    with file.open("wb") as opened:
        writer = WarcWriter(opened, name=name, software="tests")
        for number, (status, kind) in enumerate([(200, "text/html; charset=utf-8"), (404, "text/html"), (200, "image/png"), (200, "text/html")]):
            writer.write_response(url=f"https://alder.example/{number}", captured_at=AT, status_code=status,
                                  content=f"<p>{number}".encode(), headers=(("Content-Type", kind),))
    return file


def read(*paths: Path) -> list[DocumentSource]:
    return list(sources_of_paths(str(path) for path in paths))


def test_a_warc_gives_its_pages_with_address_and_time(tmp_path: Path) -> None:
    first, second = read(warc(tmp_path))
    assert (first.url, first.fetched_at, first.content, first.media_type, first.charset, first.is_record) == (
        "https://alder.example/0", AT, b"<p>0", "text/html", "utf-8", True)
    assert second.id.endswith("a.warc.gz#2")


def test_zip_and_tar_give_their_members(tmp_path: Path) -> None:
    members = {"one.txt": b"ALDERTON - One", "deep/two.txt.gz": gzip.compress(b"ALDERTON - Two"), "__MACOSX/x": b"x", ".hidden": b"x"}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    for file in (tmp_path / "a.zip", tmp_path / "a.tar.gz"):
        assert [(one.id.removeprefix(f"{file}/"), one.content) for one in read(file)] == [
            ("one.txt", b"ALDERTON - One"), ("deep/two.txt.gz", b"ALDERTON - Two")]


def test_bombs_and_damage_are_faults(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("big", bytes(40_000_000))
        packed.writestr("inner.gz", gzip.compress(bytes(40_000_000)))
        packed.writestr("good", b"good")
    whole = (tmp_path / "bomb.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:-100])
    (tmp_path / "cut.tar").write_bytes(b"rubbish")
    (tmp_path / "cut.warc.gz").write_bytes(warc(tmp_path, "whole.warc.gz").read_bytes()[:-40])
    (tmp_path / "whole.warc.gz").unlink()
    found = {path.name: [bool(one.fault) for one in read(path)] for path in sorted(tmp_path.iterdir())}
    assert found == {"bomb.zip": [True, True, False], "cut.zip": [True], "cut.tar": [True], "cut.warc.gz": [False, True]}


def ingest(engine: Engine, run_id: UUID, *paths: Path) -> dict[str, int]:
    source = files_source(engine, sources_of_paths(map(str, paths)), {"alder": ALDER}, publisher_code=None, stage_version="1",
                          batch_size=10, on_unreadable=lambda trouble: None)
    counts: dict[str, int] = {}
    for _, unit in source.units:
        for name, count in unit(run_id).items():
            counts[name] = counts.get(name, 0) + count
    return counts


def test_what_cannot_be_read_of_an_archive_is_a_row_with_its_reason(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "ingest", worker="tests", code_version="0")
        load_publishers(connection, [ALDER])
    whole = warc(tmp_path, "whole.warc.gz").read_bytes()
    paths = (tmp_path / "cut.warc.gz", tmp_path / "cut.zip")
    paths[0].write_bytes(whole[:-40])
    paths[1].write_bytes(b"PK\x03\x04 and then nothing")
    for _ in range(2):
        assert ingest(engine, run_id, *paths)["unreadable"] == 2
    with engine.connect() as connection:
        found = connection.execute(text("SELECT source, stage, reason, byte_offset > 0 FROM mart.rejections ORDER BY 1")).all()
    (archive, *told), packed = map(tuple, found)
    assert archive.startswith(f"{paths[0]}@")
    assert told == ["capture-files", "damaged", True]
    assert packed == (str(paths[1]), "capture-files", "damaged", None)


def test_a_record_is_the_same_wherever_its_archive_lies_and_as_the_fetch_was(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "ingest", worker="tests", code_version="0")
        load_publishers(connection, [ALDER])
        load_captures(connection, [Capture(kind="fetch", url="https://alder.example/0", content=b"<p>0", fetched_at=AT,
                                           is_time_known=True, publisher_code="alder")])
    (tmp_path / "moved").mkdir()
    assert ingest(engine, run_id, warc(tmp_path)) == {"new": 1, "unchanged": 1, "unreadable": 0}
    assert ingest(engine, run_id, warc(tmp_path / "moved", "b.warc.gz")) == {"new": 0, "unchanged": 2, "unreadable": 0}
    with engine.connect() as connection:
        found: list[Any] = connection.execute(text(
            "SELECT kind, url, publisher_code FROM raw.captures JOIN core.publishers USING (publisher_id) ORDER BY url")).all()
    assert [tuple(row) for row in found] == [("fetch", "https://alder.example/0", "alder"), ("record", "https://alder.example/3", "alder")]
