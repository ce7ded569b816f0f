"""An HTTP server for Prometheus: GET /metrics measures the warehouse at that moment."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from flows.health.metrics import CONTENT_TYPE, render_metrics
from transforms.failures import ConfigurationError
from warehouse.ops.health import measure


def serve_metrics(engine: Engine, listen: str) -> None:
    """Answer at `listen` (host:port) until the process is stopped. One request at a time: measuring costs."""
    with make_server(engine, listen) as server:
        server.serve_forever()


def make_server(engine: Engine, listen: str) -> HTTPServer:
    """The server, bound and not yet serving. Raises ConfigurationError for an address that cannot be bound."""
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal():
        raise ConfigurationError(f"--listen {listen}: write HOST:PORT, such as 127.0.0.1:9464.")

    class Handler(BaseHTTPRequestHandler):
        """Answers /metrics and nothing else."""

        def do_GET(self) -> None:
            if self.path.split("?", 1)[0] != "/metrics":
                self.send_error(404, "only /metrics is here")
                return
            try:
                with engine.connect() as connection:
                    body = render_metrics(measure(connection)).encode()
            except DBAPIError:
                self.send_error(503, "the warehouse does not answer")
                return
            self.send_response(200)
            self.send_header("Content-Type", CONTENT_TYPE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """A scrape every few seconds is no news."""

    try:
        return HTTPServer((host.strip("[]"), int(port)), Handler)
    except OSError as error:
        raise ConfigurationError(f"--listen {listen}: {error.strerror}; choose another address or port.") from None
