"""What the web client is told once: who asks, whom it may reach, how long and how much at most."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from flows.web.addresses import PUBLIC_WEB, AddressPolicy, Resolver, loopback_policy
from flows.web.connections import system_resolver
from transforms.failures import ConfigurationError

PRODUCT = "Dateline"
"""The product token: what robots.txt calls us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one request may cost. Seconds for the whole of it, bytes on the wire and decoded.

    With `is_cut` what lies beyond the limit is left unread instead of failing the request.
    """

    seconds: float = 60.0
    wire_bytes: int = 10_000_000
    decoded_bytes: int = 10_000_000
    is_cut: bool = False


PAGE_LIMITS = Limits()
FEED_LIMITS = Limits(wire_bytes=20_000_000, decoded_bytes=20_000_000)
# RFC 9309 asks for at least 500 KiB to be read; the rest is ignored.
ROBOTS_LIMITS = Limits(seconds=20.0, wire_bytes=1_000_000, decoded_bytes=512_000, is_cut=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """`contact` is an e-mail address or a page about the operator: it is sent with every request."""

    contact: str
    policy: AddressPolicy = PUBLIC_WEB
    resolver: Resolver = system_resolver
    proxy: str | None = None
    authority_file: str | None = None

    @property
    def user_agent(self) -> str:
        """`Dateline/0.1.0 (+https://example.org/bot)`."""
        try:
            number = version("dateline")
        except PackageNotFoundError:
            number = "0"
        return f"{PRODUCT}/{number} (+{self.contact})"


def read_web_settings(environment: Mapping[str, str] = os.environ) -> WebSettings:
    """Settings from DATELINE_CONTACT, DATELINE_WEB_PROXY and, in tests, DATELINE_OPEN_LOOPBACK.

    HTTP_PROXY and its kin are ignored. Raises ConfigurationError without a contact, and when loopback is
    to be opened anywhere but under DATELINE_ENVIRONMENT=test.
    """
    contact = environment.get("DATELINE_CONTACT", "").strip()
    if not re.fullmatch(r"https?://[^\s()]+|[^\s()@]+@[^\s()@]+", contact):
        raise ConfigurationError(
            "set DATELINE_CONTACT to your e-mail address or a page about you: publishers must be able to "
            "reach whoever reads them")
    policy = PUBLIC_WEB
    if environment.get("DATELINE_OPEN_LOOPBACK"):
        policy = loopback_policy(environment.get("DATELINE_ENVIRONMENT", "production"))
    return WebSettings(contact=contact, policy=policy, proxy=environment.get("DATELINE_WEB_PROXY") or None)
