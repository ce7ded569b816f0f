"""A recording server and a fetcher with turns in the warehouse, for tests of the flows that fetch."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from flows.web.addresses import loopback_policy
from flows.web.client import WebClient
from flows.web.courtesy import WarehouseCourtesy
from flows.web.fetcher import Fetcher
from flows.web.settings import WebSettings
from tests.flows.recording_server import RecordingServer


@contextmanager
def warehouse_fetcher(engine: Engine, web: RecordingServer) -> Iterator[Fetcher]:
    """A fetcher for which .test names are the recording server."""
    client = WebClient(WebSettings(contact="desk@alder.example", policy=loopback_policy("test"), resolver=web.resolve))
    fetcher = Fetcher(client, WarehouseCourtesy(engine, holder="tests", lease_seconds=90))
    try:
        yield fetcher
    finally:
        fetcher.close()
        client.close()
