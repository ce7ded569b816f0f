"""Politeness, throughput, bombs and drips, measured: `python -m tests.bench.fetching [politeness|throughput|hung|bombs|drip|warc]`.

Everything happens on this machine: servers on loopback, a warehouse of its own in a temporary folder.
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import brotli
import psutil
import zstandard
from sqlalchemy import Engine, text

from flows.archives.warc_reading import read_warc
from flows.archives.warc_writing import WarcWriter
from flows.capture_files import files_source
from flows.capture_pages import PageCapturer
from flows.documents.files import sources_of_paths
from flows.poll_feeds import poll_feeds
from flows.web.addresses import loopback_policy
from flows.web.client import WebClient, follow
from flows.web.courtesy import MemoryCourtesy, WarehouseCourtesy
from flows.web.fetcher import Fetcher
from flows.web.jobs import Job
from flows.web.settings import FEED_LIMITS, Limits, WebSettings
from tests.flows.recording_server import Answer, RecordingServer
from tests.flows.recording_server import text as page
from transforms.feeds.feed_item import FeedRejection
from transforms.feeds.reader import read_feed
from transforms.publishers import Feed, Publisher
from warehouse.engine import open_warehouse
from warehouse.migrate import migrate
from warehouse.ops import runs

HOSTS = 50
PAGES = 10
INTERVAL = 0.4
SPAWN = multiprocessing.get_context("spawn")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Every name is this machine."""
    return ("127.0.0.1",)


def settings() -> WebSettings:
    """A client that may reach loopback."""
    return WebSettings(contact="bench@alder.example", policy=loopback_policy("test"), resolver=resolve)


def publishers(port: int, *, pause: float, hosts: int = HOSTS) -> dict[str, Publisher]:
    """One publisher a host."""
    return {f"h{number}": Publisher(
        code=f"h{number}", name=f"H{number}", hosts=(f"h{number}.test",), is_active=True, request_interval_seconds=pause,
        feeds=(Feed(url=f"http://h{number}.test:{port}/feed"),)) for number in range(hosts)}


def serve(pipe: Connection, scenario: str) -> None:
    """A server in a process of its own; tells its port, serves until asked for its records."""
    server = RecordingServer()
    body = "<p>" + "All work and no play makes news dull. " * 2600
    for number in range(HOSTS):
        host = f"h{number}.test"
        links = "".join(f"<item><title>{page_number}</title><link>/{number}/{page_number}</link></item>" for page_number in range(PAGES))
        feed = f"<rss><channel>{links}</channel></rss>"

        def answer(headers: dict[str, str], feed: str = feed) -> Answer:
            return Answer(status=304) if headers.get("if-none-match") == '"1"' else page(feed, ETag='"1"')

        server.put(host, "/feed", answer)
        for page_number in range(PAGES):
            server.put(host, f"/{number}/{page_number}", page(f"<title>{number} {page_number}</title>{body}"))
    if scenario == "politeness":
        for number in (0, 1):
            server.put(f"h{number}.test", "/robots.txt", Answer(status=503))
        for number in range(2, 12):
            server.put(f"h{number}.test", f"/{number}/3", Answer(status=429, headers={"Retry-After": "4"}))
    if scenario == "hung":
        server.put("h0.test", "/robots.txt", Answer(delay=600))
    server.start()
    pipe.send(server.port)
    pipe.recv()
    pipe.send([(asked.host, asked.path, asked.began, asked.ended) for asked in server.asked])


@contextmanager
def running_server(scenario: str) -> Iterator[tuple[int, Connection]]:
    """The port of a server in another process, and the pipe that its records come through."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(theirs, scenario), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.kill()
        process.join()


@contextmanager
def warehouse() -> Iterator[Engine]:
    """A warehouse that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as home:
        Path(home).chmod(0o711)
        os.environ["DATELINE_HOME"] = home
        with open_warehouse() as engine:
            migrate(engine)
            yield engine


def fetch_politely(port: int, url: str, seconds: float) -> None:
    """One of several processes that do the same work."""
    with open_warehouse(url) as engine:
        client = WebClient(settings())
        fetcher = Fetcher(client, WarehouseCourtesy(engine, holder=str(os.getpid()), lease_seconds=30))
        given = publishers(port, pause=INTERVAL)
        poll_feeds(engine, fetcher, given, seconds=seconds)
        PageCapturer(engine, fetcher, given).run(seconds=seconds)
        fetcher.close()


def politeness() -> dict[str, Any]:
    """50 hosts, 4 processes: pauses, requests in flight, Retry-After, robots.txt, and what a second poll costs."""
    with warehouse() as engine, running_server("politeness") as (port, pipe):
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        began = time.monotonic()
        processes = [SPAWN.Process(target=fetch_politely, args=(port, url, 25.0)) for _ in range(4)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        elapsed = time.monotonic() - began
        client = WebClient(settings())
        fetcher = Fetcher(client, WarehouseCourtesy(engine, holder="second", lease_seconds=30))
        second = poll_feeds(engine, fetcher, publishers(port, pause=INTERVAL), is_forced=True, seconds=20)
        fetcher.close()
        pipe.send("stop")
        asked = pipe.recv()
        with engine.connect() as connection:
            bytes_first = connection.scalar(text("SELECT sum(byte_count) FROM raw.feed_polls WHERE outcome = 'content'"))
            captured = connection.scalar(text("SELECT count(*) FROM raw.captures WHERE outcome = 'content'"))
    pairs = close = together = waited = hasty = 0
    for number in range(HOSTS):
        own = sorted((began, ended, path) for host, path, began, ended in asked if host == f"h{number}.test")
        for earlier, later in pairwise(own):
            pairs += 1
            close += later[0] - earlier[0] < INTERVAL
            together += later[0] < earlier[1]
            if 2 <= number < 12 and earlier[2].endswith("/3"):
                waited += 1
                hasty += later[0] - earlier[1] < 4.0
    return {"requests": len(asked), "captures": captured, "pairs": pairs, "pairs_closer_than_interval": close,
            "pairs_in_flight_together": together, "retry_after_followed_by_a_request": waited,
            "retry_after_not_honoured": hasty, "seconds": round(elapsed, 1),
            "pages_of_hosts_whose_robots_fail": sum(host in ("h0.test", "h1.test") and path != "/robots.txt" for host, path, *_ in asked),
            "first_poll_bytes": int(bytes_first or 0), "second_poll_bytes": second.byte_count}


def throughput() -> dict[str, Any]:
    """All pages of all hosts, politeness off, captures committed, one process."""
    with warehouse() as engine, running_server("throughput") as (port, _):
        client = WebClient(settings())
        courtesy = MemoryCourtesy()
        given = publishers(port, pause=0.0)
        fetcher = Fetcher(client, courtesy)
        poll_feeds(engine, fetcher, given, seconds=30)
        began, cpu = time.monotonic(), time.process_time()
        report = PageCapturer(engine, fetcher, given).run(seconds=30)
        elapsed, cpu = time.monotonic() - began, time.process_time() - cpu
        count = len(report.new_capture_ids)
        return {"pages": count, "bytes_a_page": report.byte_count // max(count, 1), "seconds": round(elapsed, 2),
                "pages_a_second": round(count / elapsed, 1), "own_cpu_ms_a_page": round(cpu * 1000 / max(count, 1), 2)}


def bomb(name: str, megabytes: int) -> bytes:
    """So many megabytes of zeros, packed piece by piece."""
    block = bytes(1_000_000)
    if name == "zstd":
        packer = zstandard.ZstdCompressor().compressobj()
        return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    if name == "br":
        brotlier = brotli.Compressor(quality=1)
        return b"".join(brotlier.process(block) for _ in range(megabytes)) + bytes(brotlier.finish())
    zipper = zlib.compressobj(1, wbits=31 if name == "gzip" else 15)
    return b"".join(zipper.compress(block) for _ in range(megabytes)) + zipper.flush()


def swallow(port: int, path: str, pipe: Connection) -> None:
    """Ask for one bomb in a fresh process; tell seconds, outcome, and memory over idle."""
    client = WebClient(settings())
    client.ask(f"http://h0.test:{port}/small")
    process = psutil.Process()
    idle = process.memory_info().rss
    began = time.monotonic()
    exchange = follow(lambda url: client.ask(url, limits=FEED_LIMITS if "sitemap" in path else Limits()), f"http://h0.test:{port}{path}")[-1]
    outcome: str = exchange.outcome
    if "sitemap" in path and exchange.outcome == "ok":
        reading = read_feed(exchange.content, url=exchange.url)
        outcome = reading.reason if isinstance(reading, FeedRejection) else "read"
    seconds = time.monotonic() - began
    pipe.send((outcome, round(seconds, 2), round((peak_bytes() - idle) / 1e6, 1)))


def bombs() -> dict[str, Any]:
    """Bombs of a gigabyte in every coding, chained, behind a redirect, in the body of one, in a gzipped sitemap."""
    server = RecordingServer()
    packed = {name: bomb(name, 1000) for name in ("gzip", "deflate", "br", "zstd")}
    for name, content in packed.items():
        server.put("h0.test", f"/{name}", page(content, Content_Encoding=name))
    server.put("h0.test", "/chained", page(zstandard.compress(packed["gzip"]), Content_Encoding="gzip, zstd"))
    server.put("h0.test", "/thrice", page(brotli.compress(zlib.compress(packed["gzip"]), quality=5), Content_Encoding="gzip, deflate, br"))
    server.put("h0.test", "/behind", Answer(status=302, headers={"Location": "/gzip"}))
    server.put("h0.test", "/within", Answer(status=302, headers={"Location": "/br", "Content-Encoding": "gzip"}, pieces=(packed["gzip"],)))
    server.put("h0.test", "/sitemap.xml.gz", page(packed["gzip"], kind="application/gzip"))
    server.put("h0.test", "/endless", Answer(pieces=(b"x" * 1_000_000,) * 60, length=10**9))
    server.put("h0.test", "/small", page("x"))
    server.start()
    results = {}
    for path in ("/gzip", "/deflate", "/br", "/zstd", "/chained", "/thrice", "/behind", "/within", "/sitemap.xml.gz", "/endless"):
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=swallow, args=(server.port, path, theirs))
        process.start()
        outcome, seconds, megabytes = ours.recv()
        process.join()
        results[path] = {"outcome": outcome, "seconds": seconds, "megabytes_over_idle": megabytes}
    server.stop()
    return results


def drip() -> dict[str, Any]:
    """A byte every half second, in the body and in the headers' stead; the deadline is three seconds."""
    server = RecordingServer()
    url = f"http://h0.test:{server.port}/drip"
    server.put("h0.test", "/drip", Answer(pieces=(b"x",) * 40, pause=0.5))
    server.start()
    client = WebClient(settings())
    began = time.monotonic()
    exchange = client.ask(url, limits=Limits(seconds=3.0))
    return {"outcome": exchange.outcome, "deadline_seconds": 3.0, "seconds": round(time.monotonic() - began, 2)}


def hung() -> dict[str, Any]:
    """How long the pages of 49 hosts take with all of them well, and with the fiftieth hung."""
    return {"well": others("throughput"), "one_hung": others("hung")}


def others(scenario: str) -> float:
    """Seconds until the pages of all hosts but the first are there."""
    with running_server(scenario) as (port, _):
        client = WebClient(settings())
        fetcher = Fetcher(client, MemoryCourtesy())
        jobs = [Job(subject=number, url=f"http://h{number}.test:{port}/{number}/{one}", pause_seconds=0.0,
                    limits=Limits(seconds=15)) for number in range(HOSTS) for one in range(PAGES)]
        began = time.monotonic()
        last = 0.0
        for group in fetcher.run(jobs, seconds=10):
            if any(one.job.subject != 0 for one in group):
                last = time.monotonic() - began
            if time.monotonic() - began > 8:
                break
        return round(last, 2)


def warc() -> dict[str, Any]:
    """10,000 pages of 10 KB in a WARC: written, read alone, ingested twice."""
    words = [f"word{number * 7919 % 10_007}" for number in range(3000)]
    with tempfile.TemporaryDirectory(prefix="dateline-warc-") as folder, warehouse() as engine:
        file = Path(folder) / "pages.warc.gz"
        with file.open("wb") as opened:
            writer = WarcWriter(opened, name=file.name, software="bench")
            for number in range(10_000):
                body = " ".join(words[(number * step) % 3000] for step in range(1, 1200))[:9900]
                writer.write_response(url=f"https://h{number % 50}.test/{number}", captured_at=datetime(2024, 5, 1, tzinfo=UTC),
                                      status_code=200, content=f"<title>{number}</title><p>{body}".encode(),
                                      headers=(("Content-Type", "text/html"),))
        process = psutil.Process()
        idle, began, cpu, count = process.memory_info().rss, time.monotonic(), time.process_time(), 0
        with file.open("rb") as opened:
            for _ in read_warc(opened):
                count += 1
        reading, reading_cpu = time.monotonic() - began, time.process_time() - cpu
        grown = process.memory_info().rss - idle
        figures: dict[str, Any] = {
            "records": count, "read_a_second": round(count / reading), "read_a_cpu_second": round(count / reading_cpu),
            "megabytes_grown_by_reading": round(grown / 1e6, 1)}
        with engine.begin() as connection:
            run_id = runs.start_run(connection, "ingest", worker="bench", code_version="0")
        for turn in ("first", "second"):
            began = time.monotonic()
            source = files_source(engine, sources_of_paths([str(file)]), publishers(80, pause=0.0), publisher_code=None,
                                  stage_version="1", batch_size=200, on_unreadable=print)
            new = sum(unit(run_id)["new"] for _, unit in source.units)
            figures |= {f"{turn}_new_captures": new, f"{turn}_seconds": round(time.monotonic() - began, 1)}
        figures["peak_megabytes_over_idle"] = round(peak_bytes() / 1e6 - idle / 1e6, 1)
        return figures


def peak_bytes() -> int:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["politeness", "throughput", "hung", "bombs", "drip", "warc"]
    for name in chosen:
        print(json.dumps({name: globals()[name]()}), flush=True)
