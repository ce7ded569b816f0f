"""Which addresses may be asked: public ones, on the ports of the web, spelt in the one usual way."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from urllib.parse import urlsplit

import idna
from AntiSSRF import IPAddressRanges
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from transforms.failures import ConfigurationError, PermanentError

Resolver = Callable[[str, int], tuple[str, ...]]
"""Host name and port in, textual addresses out; raises OSError when the name does not resolve."""

URL_CHARACTERS_MAXIMUM = 4096
DEFAULT_PORTS = {"http": 80, "https": 443}

# The table that Microsoft keeps (IANA's special-purpose registries and cloud metadata addresses), and what
# it leaves open: IPv4-compatible (::a.b.c.d), IPv4-translated, and everything outside 2000::/3.
DENIED = tuple(ipaddress.ip_network(text) for text in IPAddressRanges.recommended_latest)
IPV6_UNICAST = IPv6Network("2000::/3")
MAPPED = IPv6Network("::ffff:0:0/96")


class RefusedAddressError(PermanentError):
    """An address that is never asked. Its text says why, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPolicy:
    """What may be connected to. The default is the public web on ports 80 and 443.

    `open_networks` are inner networks opened on purpose and `ports` None opens every port: both are for
    tests against a server of one's own; settings for production cannot express them.
    """

    open_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    ports: frozenset[int] | None = frozenset({80, 443})

    def refusal(self, address: str) -> str | None:
        """Why the textual address `address`, as a resolver gave it, may not be connected to; None if it may."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return "unreadable address"
        if isinstance(ip, ipaddress.IPv6Address) and ip in MAPPED:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if any(ip in network for network in self.open_networks if network.version == ip.version):
            return None
        if any(ip in network for network in DENIED if network.version == ip.version) or not ip.is_global:
            return "inner or reserved address"
        if isinstance(ip, ipaddress.IPv6Address):
            if ip not in IPV6_UNICAST:
                return "inner or reserved address"
            if (int(ip) >> 32) & 0xFCFFFFFF == 0x5EFE:
                return "IPv4 address inside an IPv6 address (ISATAP)"
        return None


PUBLIC_WEB = AddressPolicy()


def loopback_policy(environment: str) -> AddressPolicy:
    """A policy that opens 127.0.0.0/8 and ::1 on any port, for tests with a server of their own.

    Raises ConfigurationError unless `environment` is exactly `test`.
    """
    if environment != "test":
        raise ConfigurationError("loopback addresses are opened in tests only (DATELINE_ENVIRONMENT=test)")
    return AddressPolicy(open_networks=(IPv4Network("127.0.0.0/8"), IPv6Network("::1/128")), ports=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL fit to be asked: ASCII, without fragment, and its parts. `origin` is scheme, host and port."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """`https://host` or, with an unusual port, `http://host:8080`: what robots.txt and turns go by."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{shown}" + ("" if DEFAULT_PORTS[self.scheme] == self.port else f":{self.port}")


def read_target(url: str, policy: AddressPolicy = PUBLIC_WEB) -> Target:
    """Check a URL by its spelling. Raises RefusedAddressError; nothing is resolved or connected to.

    Two parsers must agree on the host. User names, back slashes, control characters, percent signs in the
    host, numbers that some system would read as an address (2130706433, 0x7f.1, 127.1, 0177.0.0.1) and names
    of one label are refused, whatever they stand for.
    """
    if len(url) > URL_CHARACTERS_MAXIMUM:
        raise RefusedAddressError(f"URL of {len(url)} characters")
    if re.search(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]", url):
        raise RefusedAddressError("white space, control character or back slash in the URL")
    try:
        parts, split = parse_url(url), urlsplit(url)
        # `split.port` is read here because urlsplit checks it only then.
        named, port = (split.hostname or "").lower(), split.port
    except (LocationParseError, ValueError):
        raise RefusedAddressError("URL that cannot be parsed") from None
    scheme = (parts.scheme or "").lower()
    if scheme not in DEFAULT_PORTS:
        raise RefusedAddressError(f"scheme {scheme or '(none)'} is not http or https")
    if parts.auth is not None or "@" in split.netloc:
        raise RefusedAddressError("user name in the URL")
    host = _ascii_host((parts.host or "").strip("[]").lower())
    if _ascii_host(named) != host or parts.port != port:
        raise RefusedAddressError("host that two parsers read differently")
    port = DEFAULT_PORTS[scheme] if port is None else port
    if policy.ports is not None and port not in policy.ports:
        raise RefusedAddressError(f"port {port}")
    _check_host(host, policy)
    shown = f"[{host}]" if ":" in host else host
    path = parts.path or "/"
    target = f"{scheme}://{shown}" + ("" if DEFAULT_PORTS[scheme] == port else f":{port}")
    return Target(url=target + path + (f"?{parts.query}" if parts.query is not None else ""),
                  scheme=scheme, host=host, port=port)


def _ascii_host(host: str) -> str:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise RefusedAddressError("host name that is no IDNA name") from None
    return host.removesuffix(".").lower()


def _check_host(host: str, policy: AddressPolicy) -> None:
    if ":" in host:
        if "%" in host:
            raise RefusedAddressError("IPv6 address with a zone")
        if refusal := policy.refusal(host):
            raise RefusedAddressError(refusal)
        return
    labels = host.split(".")
    if not re.fullmatch(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", host) or len(host) > 253:
        raise RefusedAddressError("host name with forbidden characters")
    if re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        if not re.fullmatch(r"(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}", host):
            raise RefusedAddressError("IPv4 address in an odd spelling")
        if refusal := policy.refusal(host):
            raise RefusedAddressError(refusal)
    elif len(labels) == 1:
        raise RefusedAddressError("host name of one label")
