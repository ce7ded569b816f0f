"""A server on loopback, and a client that may reach it."""

from collections.abc import Iterator

import pytest

from flows.web.addresses import loopback_policy
from flows.web.client import WebClient
from flows.web.settings import WebSettings
from tests.flows.recording_server import RecordingServer, recording_server


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    """A recording server of one's own."""
    with recording_server() as running:
        yield running


@pytest.fixture
def client(server: RecordingServer) -> Iterator[WebClient]:
    """A client for which .test names are the recording server."""
    made = WebClient(WebSettings(contact="desk@alder.example", policy=loopback_policy("test"),
                                 resolver=server.resolve))
    yield made
    made.close()
