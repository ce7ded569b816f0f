"""One request and what came of it: the record that everything which was asked leaves behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal[
    "ok", "not_modified", "redirect",
    "not_found", "gone", "unavailable_for_legal_reasons", "forbidden", "client_error",
    "rate_limited", "server_error",
    "too_large", "bad_coding", "truncated", "unexpected_type",
    "timeout", "dns_failure", "tls_failure", "connection_failure", "protocol_error",
    "refused_address", "robots_disallowed", "robots_unreachable", "too_many_redirects",
]
TRANSIENT: frozenset[Outcome] = frozenset({
    "rate_limited", "server_error", "truncated", "timeout", "dns_failure", "tls_failure", "connection_failure",
    "protocol_error", "robots_unreachable",
})
"""Outcomes worth another try later; the others are final."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer. Times are aware, UTC; sizes in bytes; header names as they came.

    `content` is the body without its codings, empty unless `outcome` is `ok`: bodies of redirects and
    errors are never read. `location` is the absolute target of a redirect, not yet checked.
    `address` is the one that was connected to; `status_code` is None where no answer came.
    """

    url: str
    requested_at: datetime
    outcome: Outcome
    detail: str | None = None
    duration_seconds: float = 0.0
    status_code: int | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    wire_bytes: int = 0
    address: str | None = None
    location: str | None = None
    retry_after_seconds: float | None = None

    def header(self, name: str) -> str | None:
        """The first response header of that name, in any case."""
        return next((value for own, value in self.response_headers if own.lower() == name.lower()), None)

    @property
    def is_transient(self) -> bool:
        """Whether asking again later may help."""
        return self.outcome in TRANSIENT


def outcome_of_status(status_code: int) -> Outcome:
    """What an HTTP status means for us; `redirect` for every 3xx but 304."""
    named: dict[int, Outcome] = {304: "not_modified", 401: "forbidden", 402: "forbidden", 403: "forbidden",
                                 404: "not_found", 408: "server_error", 410: "gone", 425: "server_error",
                                 429: "rate_limited", 451: "unavailable_for_legal_reasons"}
    if status_code in named:
        return named[status_code]
    if 200 <= status_code < 300:
        return "ok"
    if 300 <= status_code < 400:
        return "redirect"
    return "client_error" if 400 <= status_code < 500 else "server_error"
