"""robots.txt as RFC 9309 has it: what an answer means, for how long, and what the rules allow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from protego import Protego

RobotsOutcome: TypeAlias = Literal["content", "absent", "unreachable"]

KEPT = timedelta(hours=24)
"""RFC 9309, section 2.4: a copy should not be used for longer than 24 hours."""
RETRIED = timedelta(minutes=30)
"""How soon an unreachable robots.txt is asked for again; until then nothing of the host is."""
BYTES_READ = 512_000
"""RFC 9309, section 2.5: at least 500 kibibytes must be parsed."""
DELAY_MAXIMUM_SECONDS = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The robots.txt of one origin (scheme, host, port). Times are aware, UTC.

    `outcome` is `content`, `absent` (4xx: everything is allowed) or `unreachable` (5xx, 429, no answer:
    nothing is).
    """

    origin: str
    outcome: RobotsOutcome
    fetched_at: datetime
    expires_at: datetime
    status_code: int | None = None
    body: str | None = None


def robots_of_answer(origin: str, *, status_code: int | None, content: bytes, fetched_at: datetime) -> Robots:
    """What the last answer of a robots.txt means; `status_code` None where there was none, or too many redirects
    led to nothing readable. 429 is a host that wants rest, so it counts as unreachable and not as absent."""
    if status_code is not None and 200 <= status_code < 300:
        # Text columns hold no NUL, and a line that was cut in the middle could forbid or allow too much.
        body = content[:BYTES_READ].decode("utf-8-sig", "replace").replace("\0", "")
        if len(content) > BYTES_READ:
            body = body.rpartition("\n")[0]
        return Robots(origin=origin, outcome="content", status_code=status_code, body=body, fetched_at=fetched_at,
                      expires_at=fetched_at + KEPT)
    if status_code is not None and 400 <= status_code < 500 and status_code != 429:
        return Robots(origin=origin, outcome="absent", status_code=status_code, fetched_at=fetched_at,
                      expires_at=fetched_at + KEPT)
    return Robots(origin=origin, outcome="unreachable", status_code=status_code, fetched_at=fetched_at,
                  expires_at=fetched_at + RETRIED)


class RobotsRules:
    """The rules of one origin for one product token. Parsed once, asked often."""

    def __init__(self, robots: Robots, product: str) -> None:
        self.robots = robots
        self._product = product
        self._rules = Protego.parse(robots.body or "")
        delay = self._rules.crawl_delay(product)
        rate = self._rules.request_rate(product)
        if delay is None and rate is not None and rate.requests > 0:
            delay = rate.seconds / rate.requests
        self.delay_seconds = min(max(float(delay or 0.0), 0.0), DELAY_MAXIMUM_SECONDS)
        """Crawl-delay, else Request-rate, in seconds; 0 where neither is given."""
        self.sitemaps = tuple(dict.fromkeys(str(url) for url in self._rules.sitemaps))
        """The sitemaps that it names."""

    def allows(self, url: str) -> bool:
        """Whether the URL may be asked for."""
        if self.robots.outcome == "unreachable":
            return False
        return self.robots.outcome == "absent" or bool(self._rules.can_fetch(url, self._product))
