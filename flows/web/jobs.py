"""What is asked for and what comes of it: jobs, their hops from host to host, and how a hop ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.web.addresses import Target
from flows.web.client import REDIRECTS_MAXIMUM
from flows.web.exchange import Exchange, Outcome
from flows.web.settings import PAGE_LIMITS, Limits
from warehouse.ops.hosts import Turn, TurnEnd

HOST_FAILURES: frozenset[Outcome] = frozenset({
    "rate_limited", "server_error", "timeout", "dns_failure", "tls_failure", "connection_failure"})
"""Outcomes that say that the host is unwell, not just a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A URL to ask for. `subject` is whatever the asker wants back with the answer; `pause_seconds` is the
    least pause that the host is owed, which its Crawl-delay may raise."""

    subject: Any
    url: str
    pause_seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = PAGE_LIMITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of a job: every exchange in order, the last one being the outcome.

    No exchange at all: the host may not be asked before `postponed_seconds` are over.
    """

    job: Job
    exchanges: tuple[Exchange, ...] = ()
    postponed_seconds: float = 0.0


@dataclass(slots=True)
class Hop:
    """One request to one host on behalf of a job, and the exchanges that led to it."""

    job: Job
    target: Target
    earlier: tuple[Exchange, ...] = ()
    robots_of: str | None = None
    """The origin whose robots.txt this hop is after; None for an ordinary hop."""


def host_key(target: Target) -> str:
    """A host for politeness: http and https are one, another port is another."""
    shown = f"[{target.host}]" if ":" in target.host else target.host
    return shown if target.port in (80, 443) else f"{shown}:{target.port}"


def circle(hop: Hop, exchange: Exchange) -> Exchange | None:
    """The end of a chain of redirects that is a circle or too long; None while it may go on."""
    seen = {earlier.url for earlier in hop.earlier} | {exchange.url}
    if exchange.location not in seen and len(hop.earlier) < REDIRECTS_MAXIMUM:
        return None
    return Exchange(url=exchange.location or "", requested_at=exchange.requested_at, outcome="too_many_redirects",
                    status_code=exchange.status_code, detail=f"after {len(hop.earlier) + 1} redirects",
                    request_headers=exchange.request_headers, response_headers=exchange.response_headers)


def turn_end(turn: Turn, exchange: Exchange) -> TurnEnd:
    """How a turn ended, for the host's row."""
    return TurnEnd(turn=turn, status_code=exchange.status_code, retry_after_seconds=exchange.retry_after_seconds,
                   is_failure=exchange.outcome in HOST_FAILURES)
