"""The client: asks one URL once. Redirects are reported; `follow` goes after them, checking every hop."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from io import BytesIO
from threading import Lock
from typing import cast
from urllib.parse import urljoin

from requests import Request, Response
from requests.exceptions import RequestException
from urllib3 import HTTPResponse
from urllib3.exceptions import HTTPError

from flows.web.addresses import RefusedAddressError, Target, read_target
from flows.web.codings import PIECE_BYTES, BadCodingError, Source, TooLargeError, decoded
from flows.web.connections import Guard, GuardedAdapter, StillSession, trusting_context
from flows.web.exchange import Exchange, outcome_of_status
from flows.web.failures import outcome_of_error
from flows.web.retry_after import retry_after_seconds
from flows.web.settings import PAGE_LIMITS, Limits, WebSettings
from transforms.failures import DatelineError

SESSIONS_MAXIMUM = 256
REDIRECTS_MAXIMUM = 5
# Never an article, and often huge. Other types are read whatever they claim: servers are often wrong.
UNREAD_TYPES = ("audio/", "video/", "image/", "font/")


@dataclass(slots=True)
class _Line:
    """The way to one origin: a session, its guard, and a lock, for one request at a time goes over it."""

    session: StillSession
    guard: Guard
    lock: Lock


class _Counted:
    """The raw body, counting."""

    def __init__(self, raw: HTTPResponse) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int, /) -> bytes:
        piece = self._raw.read(size, decode_content=False)
        self.count += len(piece)
        return piece


class WebClient:
    """Asks the web on behalf of one process; safe to use from several threads.

    One session and at most one request in flight per origin (scheme, host, port). No cookies, no
    credentials, no proxies but the configured one.
    """

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self._user_agent = settings.user_agent
        self._context = trusting_context(settings.authority_file)
        self._lines: OrderedDict[str, _Line] = OrderedDict()
        self._lock = Lock()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for line in self._lines.values():
                line.session.close()
            self._lines.clear()

    def target(self, url: str) -> Target:
        """The URL checked by its spelling. Raises RefusedAddressError."""
        return read_target(url, self.settings.policy)

    def ask(self, url: str, *, headers: Mapping[str, str] | None = None, limits: Limits = PAGE_LIMITS) -> Exchange:
        """Ask once and read the body of an `ok` answer. Expected failures are outcomes, never exceptions."""
        asked_at = datetime.now(UTC)
        try:
            target = self.target(url)
        except RefusedAddressError as refusal:
            return Exchange(url=url, requested_at=asked_at, outcome="refused_address", detail=str(refusal))
        line = self._line(target.origin)
        with line.lock:
            started = time.monotonic()
            exchange = self._ask(line, target, headers or {}, limits, asked_at)
            return replace(exchange, duration_seconds=time.monotonic() - started)

    def _ask(self, line: _Line, target: Target, headers: Mapping[str, str], limits: Limits,
             asked_at: datetime) -> Exchange:
        line.guard.deadline.start(limits.seconds)
        line.guard.address = None
        request = Request("GET", target.url, headers={
            "User-Agent": self._user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate, br, zstd", **headers}).prepare()
        # requests normalises the URL; what was checked is what must be sent.
        request.url = target.url
        exchange = Exchange(url=target.url, requested_at=asked_at, outcome="protocol_error",
                            request_headers=tuple(request.headers.items()))
        proxies = {"http": self.settings.proxy, "https": self.settings.proxy} if self.settings.proxy else {}
        response: Response | None = None
        try:
            response = line.session.send(request, stream=True, allow_redirects=False, verify=True,
                                         proxies=proxies, timeout=limits.seconds)
            return self._read(response, replace(exchange, address=line.guard.address), limits)
        except (RequestException, HTTPError, OSError, HTTPException, DatelineError) as error:
            line.session.close()
            outcome, detail = outcome_of_error(error)
            return replace(exchange, outcome=outcome, detail=detail)
        finally:
            if response is not None:
                response.close()

    def _read(self, response: Response, exchange: Exchange, limits: Limits) -> Exchange:
        raw = cast(HTTPResponse, response.raw)
        exchange = replace(
            exchange, status_code=response.status_code, outcome=outcome_of_status(response.status_code),
            response_headers=tuple((name, value) for name, value in raw.headers.iteritems()),
            # Where all is well it means nothing.
            retry_after_seconds=retry_after_seconds(response.headers.get("Retry-After"), datetime.now(UTC))
            if response.status_code >= 300 else None,
        )
        if exchange.outcome == "redirect":
            location = response.headers.get("Location")
            if not location:
                return replace(exchange, outcome="protocol_error", detail="redirect without Location")
            # http.client reads headers as Latin-1; servers write UTF-8.
            location = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
            try:
                return replace(exchange, location=urljoin(exchange.url, location))
            except ValueError:
                return replace(exchange, outcome="protocol_error", detail="Location that cannot be parsed")
        if exchange.outcome != "ok":
            return exchange
        if (kind := (exchange.header("Content-Type") or "").strip().lower()).startswith(UNREAD_TYPES):
            return replace(exchange, outcome="unexpected_type", detail=kind[:80])
        declared = exchange.header("Content-Length") or ""
        if declared.isdigit() and int(declared) > limits.wire_bytes and not limits.is_cut:
            return replace(exchange, outcome="too_large", detail=f"{declared} bytes declared")
        counted = _Counted(raw)
        encodings = ", ".join(value for name, value in exchange.response_headers
                              if name.lower() == "content-encoding")
        content = BytesIO()
        try:
            source: Source = decoded(counted, encodings, wire_bytes=limits.wire_bytes,
                                     decoded_bytes=limits.decoded_bytes)
            while piece := source.read(PIECE_BYTES):
                content.write(piece)
        except TooLargeError:
            if not limits.is_cut:
                return replace(exchange, outcome="too_large", wire_bytes=counted.count,
                               detail=f"over {limits.decoded_bytes} bytes")
        except BadCodingError as error:
            return replace(exchange, outcome="bad_coding", detail=str(error), wire_bytes=counted.count)
        return replace(exchange, content=content.getvalue(), wire_bytes=counted.count)

    def _line(self, origin: str) -> _Line:
        with self._lock:
            line = self._lines.pop(origin, None)
            if line is None:
                guard = Guard(self.settings.policy, self.settings.resolver)
                session = StillSession()
                session.trust_env = False
                session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
                for scheme in ("http://", "https://"):
                    session.mount(scheme, GuardedAdapter(guard, self._context))
                line = _Line(session, guard, Lock())
            self._lines[origin] = line
            if len(self._lines) > SESSIONS_MAXIMUM:
                _, oldest = self._lines.popitem(last=False)
                oldest.session.close()
            return line


def follow(ask: Callable[[str], Exchange], url: str) -> tuple[Exchange, ...]:
    """Ask, and go after redirects: every exchange in order, the last one being what came of it.

    `ask` decides about every hop anew (addresses, robots.txt, turns). A circle or more than
    REDIRECTS_MAXIMUM redirects end in an exchange with outcome `too_many_redirects`.
    """
    exchanges = [ask(url)]
    seen = {url}
    while exchanges[-1].outcome == "redirect":
        location = exchanges[-1].location or ""
        if location in seen or len(exchanges) > REDIRECTS_MAXIMUM:
            exchanges.append(Exchange(url=location, requested_at=exchanges[-1].requested_at,
                                      outcome="too_many_redirects", detail=f"after {len(exchanges)} redirects"))
            break
        seen.add(location)
        exchanges.append(ask(location))
    return tuple(exchanges)
