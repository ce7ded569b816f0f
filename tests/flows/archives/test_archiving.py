"""Old months move to WARC files and are read from there; what is taken down stays down everywhere."""

import gzip
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from flows.archives.archiving import archive_before, expire
from flows.archives.contents import erase_archived, read_archived
from flows.archives.warc_reading import ArchivedRecord, read_warc
from flows.cluster_articles import ClusterArticles
from flows.extract_articles import ExtractArticles
from flows.forgetting import take_down
from flows.processes.pools import InlinePool
from flows.stages import Stage, Worker, run_batch
from transforms.failures import PermanentError
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops import runs, work
from warehouse.raw.captures import Capture, LoadedCaptures, load_captures

JANUARY, FEBRUARY = datetime(2024, 1, 15, tzinfo=UTC), datetime(2024, 2, 15, tzinfo=UTC)
ALDER = Publisher(code="alder", name="Alder", hosts=("alder.example",), language="en")
BIRCH = Publisher(code="birch", name="Birch", hosts=("birch.example",), language="en", retention_days=30)


def page(title: str, sentence: str) -> bytes:
    paragraphs = "".join(f"<p>{sentence} That was said in part {number} of a long report.</p>" for number in range(8))
    return (f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"{paragraphs}</article></body></html>").encode()


BRIDGE = page("Bridge reopens in Alderton", "The old bridge over the river reopened to traffic on Monday after repairs.")
HARVEST = page("Harvest begins early this year", "Farmers in the north began the harvest two weeks early because of heat.")


def capture(url: str, content: bytes, at: datetime = JANUARY, publisher: Publisher = ALDER) -> Capture:
    return Capture(kind="fetch", url=url, final_url=url, content=content, fetched_at=at, is_time_known=True, status_code=200,
                   publisher_code=publisher.code, media_type="text/html", charset="utf-8",
                   request_headers=(("user-agent", "Dateline/0"),), response_headers=(("content-type", "text/html"),))


def load(engine: Engine, *captures: Capture) -> LoadedCaptures:
    with engine.begin() as connection:
        load_publishers(connection, [ALDER, BIRCH])
        loaded = load_captures(connection, captures)
        if loaded.new_ids:
            work.enqueue(connection, "extract", ExtractArticles(publishers={}).version, loaded.new_ids)
        return loaded


def extract(engine: Engine, *, again: bool = False) -> dict[str, int]:
    cluster = ClusterArticles()
    stages: tuple[Stage[Any, Any], ...] = (
        ExtractArticles(publishers={"alder": ALDER, "birch": BIRCH}, followers={cluster.name: cluster.version}), cluster)
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "run", worker="tests", code_version="0")
        if again:
            work.enqueue(connection, "extract", stages[0].version, again=True)
    worker = Worker(name="tests", pool=InlinePool(), batch_size=50)
    results = [run_batch(engine, stage, run_id, worker) for stage in stages]
    return dict(results[0].counts)


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def archive(engine: Engine, folder: Path, **given: Any) -> list[Any]:
    return list(archive_before(engine, str(folder), before=date(2024, 2, 20), **given))


def test_old_months_move_and_are_still_read(engine: Engine, tmp_path: Path) -> None:
    load(engine, capture("https://alder.example/news/1", BRIDGE), capture("https://alder.example/news/1b", BRIDGE),
         capture("https://alder.example/news/2", HARVEST), capture("https://alder.example/news/3", page("Third", "x"), FEBRUARY))
    extract(engine)
    before = rows(engine, "SELECT headline, body FROM core.article_versions ORDER BY 1, 2")
    (month,) = archive(engine, tmp_path)
    assert (month.month, month.record_count, month.capture_count, month.is_dropped) == (date(2024, 1, 1), 2, 3, True)
    file = tmp_path / "2024" / "dateline-2024-01-00001.warc.gz"
    with file.open("rb") as opened:
        assert sum(isinstance(record, ArchivedRecord) for record in read_warc(opened)) == 2
    assert rows(engine, "SELECT DISTINCT content_month FROM raw.contents") == [(date(2024, 2, 1),)]
    assert archive(engine, tmp_path) == []
    extract(engine, again=True)
    assert rows(engine, "SELECT headline, body FROM core.article_versions ORDER BY 1, 2") == before
    assert rows(engine, "SELECT count(*) FROM ops.quarantine") == [(0,)]


def test_files_are_cut_by_size_and_late_captures_get_a_file_of_their_own(engine: Engine, tmp_path: Path) -> None:
    load(engine, *(capture(f"https://alder.example/{number}", page(f"Title {number}", "Words.")) for number in range(6)))
    (month,) = archive(engine, tmp_path, file_bytes=1500)
    assert len(month.archive_urls) > 1
    load(engine, capture("https://alder.example/late", BRIDGE))
    (late,) = archive(engine, tmp_path)
    assert late.archive_urls[0] not in month.archive_urls
    assert rows(engine, "SELECT count(*) FROM raw.captures WHERE archive_url IS NULL") == [(0,)]


def test_archived_bytes_that_are_not_what_they_were_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.warc.gz"
    file.write_bytes(gzip.compress(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: urn:x\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
                                   b"Content-Length: 4\r\n\r\nText\r\n\r\n"))
    assert read_archived(str(file), 0, file.stat().st_size) == b"Text"
    with pytest.raises(PermanentError, match="not what was archived"):
        read_archived(str(file), 0, file.stat().st_size, sha256=b"x" * 32)
    with pytest.raises(PermanentError, match="no record"):
        read_archived(str(file), 7, 20)
    erase_archived(str(file), [(0, file.stat().st_size)])
    assert b"Text" not in gzip.decompress(file.read_bytes())
    with pytest.raises(PermanentError):
        read_archived(str(file), 0, file.stat().st_size)


def test_what_is_taken_down_is_gone_and_stays_away(engine: Engine, tmp_path: Path) -> None:
    """From the warehouse and the archive, also when it is crawled, imported or replayed again."""
    mine, other = capture("https://www.alder.example/news/1?utm_source=x", BRIDGE), capture("https://alder.example/news/2", HARVEST)
    copy = capture("https://birch.example/news/1", page("Bridge reopens in Alderton", "The old bridge over the river reopened to "
                   "traffic on Monday after repairs.").replace(b"</article>", b"<p>Birch.</p></article>"), publisher=BIRCH)
    load(engine, mine, other, copy)
    extract(engine)
    assert rows(engine, "SELECT count(*) FROM core.cluster_members") == [(2,)]
    archive(engine, tmp_path)
    (path,) = tmp_path.glob("*/*.warc.gz")
    length = path.stat().st_size
    traces = take_down(engine, "https://alder.example/news/1", reason="asked for", requested_by="tests")
    assert (len(traces.article_ids), len(traces.capture_ids), len(traces.archived)) == (1, 1, 1)
    with path.open("rb") as opened:
        kept = [record.content for record in read_warc(opened) if isinstance(record, ArchivedRecord)]
    assert sorted(kept) == sorted([HARVEST, copy.content or b""])
    assert path.stat().st_size == length, "the other records are where they were"
    assert rows(engine, "SELECT canonical_url FROM core.articles ORDER BY 1") == [
        ("https://alder.example/news/2",), ("https://birch.example/news/1",)]
    assert rows(engine, "SELECT count(*) FROM core.cluster_members") == [(0,)]
    for again in (mine, capture("https://alder.example/news/1", b"<p>other bytes", FEBRUARY),
                  capture("https://alder.example/elsewhere", BRIDGE, FEBRUARY)):
        assert load(engine, again).forgotten_count == 1
    extract(engine, again=True)
    assert rows(engine, "SELECT count(*) FROM core.articles") == [(2,)]
    everything = rows(engine, "SELECT row_to_json(t)::text FROM ops.tombstones AS t")
    assert everything
    assert not any("alder.example" in row[0] or "Bridge" in row[0] for row in everything)


def test_an_address_never_seen_is_refused_from_then_on(engine: Engine) -> None:
    assert take_down(engine, "https://alder.example/news/9", reason="asked for", requested_by=None).is_empty
    assert load(engine, capture("https://alder.example/news/9/", BRIDGE)).forgotten_count == 1


def feed_of(*numbers: int) -> Capture:
    """A file of several articles."""
    entries = b",".join(
        b'{"id": "%d", "url": "https://alder.example/%d", "title": "Title %d", "content_text": "%s"}' % (
            number, number, number, b"A sentence of some length stands here. " * 9) for number in numbers)
    return Capture(kind="file", path="feed.json", fetched_at=JANUARY, publisher_code="alder", media_type="application/feed+json",
                   content=b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [' + entries + b"]}")


@pytest.mark.parametrize("is_archived", [False, True])
def test_of_a_file_that_shows_other_articles_too_these_stay_and_the_bytes_go(engine: Engine, tmp_path: Path, is_archived: bool) -> None:
    load(engine, feed_of(1, 2))
    assert extract(engine)["new"] == 2
    if is_archived:
        archive(engine, tmp_path)
    traces = take_down(engine, "https://alder.example/1", reason="asked for", requested_by=None)
    assert (len(traces.article_ids), len(traces.capture_ids), len(traces.shared_capture_ids)) == (1, 0, 1)
    assert (len(traces.archived), rows(engine, "SELECT count(*) FROM raw.contents")) == (int(is_archived), [(0,)])
    for path in tmp_path.glob("*/*.warc.gz"):
        with path.open("rb") as opened:
            assert not [record for record in read_warc(opened) if isinstance(record, ArchivedRecord)]
    assert load(engine, feed_of(1, 2)).forgotten_count == 1, "the same file does not come back"
    extract(engine, again=True)
    load(engine, feed_of(1, 3))
    extract(engine)
    assert rows(engine, "SELECT canonical_url FROM core.articles ORDER BY 1") == [("https://alder.example/2",), ("https://alder.example/3",)]
    assert rows(engine, "SELECT reason FROM ops.rejections") == [("taken_down",)]
    assert rows(engine, "SELECT outcome FROM raw.captures") == [("forgotten",), ("forgotten",)]
    assert rows(engine, "SELECT count(*) FROM raw.contents") == [(0,)]


def test_retention_erases_bytes_and_texts_and_keeps_the_rest(engine: Engine, tmp_path: Path) -> None:
    fresh = datetime.now(UTC) - timedelta(days=1)
    load(engine, capture("https://birch.example/1", BRIDGE, publisher=BIRCH), capture("https://alder.example/1", HARVEST),
         capture("https://birch.example/2", page("New", "Fresh words."), fresh, BIRCH))
    extract(engine)
    archive(engine, tmp_path)
    assert expire(engine) == 1
    assert expire(engine) == 0
    (path,) = tmp_path.glob("*/*.warc.gz")
    with path.open("rb") as opened:
        assert [record.url for record in read_warc(opened) if isinstance(record, ArchivedRecord)] == ["https://alder.example/1"]
    assert rows(engine, "SELECT headline, body = '' FROM core.article_versions ORDER BY 1") == [
        ("Bridge reopens in Alderton", True), ("Harvest begins early this year", False), ("New", False)]
    assert rows(engine, "SELECT outcome FROM raw.captures ORDER BY url") == [("content",), ("expired",), ("content",)]
    with engine.begin() as connection:
        assert work.enqueue(connection, "annotate", "a newer version") == 2, "what was made of the erased text stays"
