"""Connections that check the address they go to, and that end at a deadline whatever the server does.

The check is made on the resolved address that is then connected to, so that a name which resolves to
something else the second time (rebinding) gains nothing. The deadline holds for every single read and
write: a server that drips bytes cannot renew it.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from functools import partial
from ipaddress import IPv4Network, IPv6Network
from typing import Any

import certifi
from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import SSLError as Urllib3SslError

from flows.web.addresses import AddressPolicy, RefusedAddressError, Resolver
from flows.web.failures import ConnectionFailureError, DeadlineOverError, NameFailureError, TlsFailureError


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system gives for a name, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """The moment at which the request in flight ends, set anew for every request."""

    def __init__(self) -> None:
        self._at = float("inf")

    def start(self, seconds: float) -> None:
        """Let the deadline be so many seconds from now."""
        self._at = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, more than 0. Raises DeadlineOverError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise DeadlineOverError("the deadline of the request is over")
        return left


EVERYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))


class DeadlineSocket(socket.socket):
    """A socket whose every operation ends at the deadline."""

    deadline: Deadline

    def recv_into(self, *args: Any) -> int:
        """As socket.recv_into, until the deadline."""
        self.settimeout(self.deadline.remaining())
        return super().recv_into(*args)

    def sendall(self, *args: Any) -> None:
        """As socket.sendall, until the deadline."""
        self.settimeout(self.deadline.remaining())
        super().sendall(*args)


class DeadlineTlsSocket(ssl.SSLSocket):
    """A TLS socket whose every operation ends at the deadline."""

    deadline: Deadline | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """As SSLSocket.recv_into, until the deadline."""
        if self.deadline is not None:
            self.settimeout(self.deadline.remaining())
        return super().recv_into(*args, **kwargs)

    def sendall(self, *args: Any, **kwargs: Any) -> None:
        """As SSLSocket.sendall, until the deadline."""
        if self.deadline is not None:
            self.settimeout(self.deadline.remaining())
        super().sendall(*args, **kwargs)


def trusting_context(authority_file: str | None = None) -> ssl.SSLContext:
    """A TLS context that verifies names and certificates against certifi's list, or the given PEM file."""
    context = ssl.create_default_context(cafile=authority_file or certifi.where())
    context.sslsocket_class = DeadlineTlsSocket
    return context


class Guard:
    """What a connection of one session needs to know: whom it may reach, how names resolve, until when."""

    def __init__(self, policy: AddressPolicy, resolver: Resolver) -> None:
        self.policy = policy
        self.resolver = resolver
        self.deadline = Deadline()
        self.address: str | None = None

    def for_proxy(self) -> "Guard":
        """A guard with the same deadline that lets through to any address: for the configured proxy alone."""
        opened = Guard(AddressPolicy(open_networks=EVERYWHERE, ports=None), system_resolver)
        opened.deadline = self.deadline
        return opened

    def connect(self, host: str, port: int) -> socket.socket:
        """A connected socket. Raises RefusedAddressError when any address of the name is refused,
        NameFailureError, ConnectionFailureError, DeadlineOverError."""
        found = self._resolve(host, port)
        for address in found:
            if refusal := self.policy.refusal(address):
                raise RefusedAddressError(f"{host}: {refusal}")
        failure = "no address"
        for place, address in enumerate(found):
            opened = DeadlineSocket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
            opened.deadline = self.deadline
            try:
                # What is left is shared between the addresses still to try, 10 s at most for each.
                opened.settimeout(min(10.0, self.deadline.remaining() / (len(found) - place)))
                opened.connect((address, port))
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.settimeout(self.deadline.remaining())
            except OSError as error:
                opened.close()
                failure = error.strerror or "timed out"
                continue
            self.address = address
            return opened
        raise ConnectionFailureError(f"{host}: {failure}")

    def _resolve(self, host: str, port: int) -> tuple[str, ...]:
        """Resolve on a thread of its own: the system's resolver knows no deadline."""
        answer: list[tuple[str, ...] | OSError | UnicodeError] = []

        def ask() -> None:
            try:
                answer.append(self.resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        asking = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
        asking.start()
        asking.join(min(15.0, self.deadline.remaining()))
        if not answer:
            raise NameFailureError(f"{host}: resolving took too long")
        if isinstance(answer[0], tuple) and answer[0]:
            return answer[0]
        raise NameFailureError(f"{host}: {answer[0] or 'no address'}")


class GuardedConnection(HTTPConnection):
    """An http connection opened by a Guard."""

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port or 80)


class GuardedTlsConnection(HTTPSConnection):
    """An https connection opened by a Guard; the name in the certificate stays the name in the URL."""

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self.host, self.port or 443)

    def connect(self) -> None:
        """Connect, shake hands, and put the socket under the deadline. Raises TlsFailureError too."""
        try:
            super().connect()
        except TimeoutError:
            raise DeadlineOverError("the deadline of the request is over") from None
        except (OSError, Urllib3SslError) as error:
            raise TlsFailureError(f"{self.host}: {error}") from None
        if isinstance(self.sock, DeadlineTlsSocket):
            self.sock.deadline = self._guard.deadline


def _pool(kind: type[HTTPConnectionPool], connection: Callable[..., HTTPConnection], *args: Any,
          **kwargs: Any) -> HTTPConnectionPool:
    pool = kind(*args, **kwargs)
    pool.ConnectionCls = connection  # type: ignore[assignment]  # urllib3 calls it and never asks its type
    return pool


def _pools(guard: "Guard") -> dict[str, Any]:
    return {"http": partial(_pool, HTTPConnectionPool, partial(GuardedConnection, guard=guard)),
            "https": partial(_pool, HTTPSConnectionPool, partial(GuardedTlsConnection, guard=guard))}


class GuardedAdapter(HTTPAdapter):
    """Lets requests open its connections through a Guard. Certificates are always verified."""

    def __init__(self, guard: Guard, context: ssl.SSLContext) -> None:
        self._guard = guard
        self._context = context
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Give the pool manager our pools."""
        self.poolmanager = PoolManager(num_pools=4, maxsize=1, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        """A pool manager for the configured proxy. The proxy may stand inside; the deadline holds all the same.

        What the proxy then connects to, it resolves itself: only the spelling of an address is checked by us.
        """
        if proxy not in self.proxy_manager:
            manager = super().proxy_manager_for(proxy, ssl_context=self._context, **proxy_kwargs)
            manager.pool_classes_by_scheme = _pools(self._guard.for_proxy())
        return self.proxy_manager[proxy]

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The shared context already holds the authorities: loading them again costs 10 ms a connection."""
        conn.cert_reqs = "CERT_REQUIRED"


class StillSession(Session):
    """A session that follows nothing by itself: requests would read the body of every redirect first."""

    def get_redirect_target(self, resp: Response) -> str | None:
        """None: following is the caller's business."""
        return None

    def rebuild_auth(self, prepared_request: PreparedRequest, response: Response) -> None:
        """Credentials are never carried anywhere."""
