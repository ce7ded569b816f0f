"""What goes wrong under way. None is an OSError, so that no layer between takes one for something else."""

import socket
import ssl
from http.client import IncompleteRead

from flows.web.addresses import RefusedAddressError
from flows.web.exchange import Outcome
from transforms.failures import TransientError


class NameFailureError(TransientError):
    """A host name that does not resolve, or not in time."""


class ConnectionFailureError(TransientError):
    """No connection: refused, unreachable, reset."""


class TlsFailureError(TransientError):
    """A handshake that failed, most often a certificate that is old or for another name."""


class DeadlineOverError(TransientError):
    """The deadline of a request is over."""


OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (RefusedAddressError, "refused_address"),
    (NameFailureError, "dns_failure"),
    (socket.gaierror, "dns_failure"),
    (TlsFailureError, "tls_failure"),
    (ssl.SSLError, "tls_failure"),
    (DeadlineOverError, "timeout"),
    (TimeoutError, "timeout"),
    (ConnectionFailureError, "connection_failure"),
    (IncompleteRead, "truncated"),
    (ConnectionError, "connection_failure"),
)


def outcome_of_error(error: BaseException) -> tuple[Outcome, str]:
    """The outcome and a short detail for an exception of requests, urllib3 or ours.

    Libraries wrap errors in errors: the first known one, from the outside in, says what happened.
    """
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        inner = waiting.pop(0)
        if id(inner) in seen:
            continue
        seen.add(id(inner))
        for kind, outcome in OUTCOMES:
            if isinstance(inner, kind):
                return outcome, str(inner)[:200] or type(inner).__name__
        waiting += [given for given in (*inner.args, getattr(inner, "reason", None), inner.__cause__,
                                        inner.__context__) if isinstance(given, BaseException)]
    return "protocol_error", f"{type(error).__name__}: {error}"[:200]
