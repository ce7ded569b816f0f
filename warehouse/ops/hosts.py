"""ops.hosts: politeness shared by all processes and machines. Whoever asks a host first takes its turn here.

The warehouse's clock decides, so that machines need not agree on the time. A turn is held while its request
is under way, by lease and fence number; the pause begins when the turn ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

PAUSE_MAXIMUM_SECONDS = 3600
"""What repeated failures may stretch a pause to; a Retry-After may ask for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The right to send one request to `host`, until the lease ends. `fence` proves it."""

    host: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEnd:
    """How a turn went. `is_failure` is the host's failure (no answer, 5xx, 429), not a page's."""

    turn: Turn
    status_code: int | None = None
    retry_after_seconds: float | None = None
    is_failure: bool = False


_TAKE = text("""
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:hosts AS text[]), CAST(:pauses AS integer[])) AS given (host, pause)
    ), free AS (
        SELECT host FROM ops.hosts
        WHERE host = ANY (CAST(:hosts AS text[]))
          AND next_request_at <= clock_timestamp()
          AND (retry_after IS NULL OR retry_after <= clock_timestamp())
          AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        ORDER BY host
        FOR UPDATE SKIP LOCKED
    )
    UPDATE ops.hosts AS taken
    SET holder = :holder, fence = taken.fence + 1, interval_milliseconds = wanted.pause,
        lease_until = clock_timestamp() + make_interval(secs => :lease),
        requested_at = clock_timestamp(), request_count = taken.request_count + 1
    FROM free JOIN wanted USING (host)
    WHERE taken.host = free.host
    RETURNING taken.host, taken.fence
""")

_MEET = text("""
    INSERT INTO ops.hosts (host)
    SELECT given.host FROM unnest(CAST(:hosts AS text[])) AS given (host)
    WHERE NOT EXISTS (SELECT FROM ops.hosts AS known WHERE known.host = given.host)
    ORDER BY given.host
    ON CONFLICT DO NOTHING
""")

# Failures stretch the pause: doubled by each, from a second at least, sixty-four times at most.
_END = text("""
    WITH ended AS (
        SELECT * FROM unnest(
            CAST(:hosts AS text[]), CAST(:fences AS bigint[]), CAST(:statuses AS integer[]),
            CAST(:rests AS double precision[]), CAST(:failures AS boolean[])
        ) AS given (host, fence, status_code, rest, is_failure)
    ), held AS (
        SELECT host FROM ops.hosts WHERE host = ANY (CAST(:hosts AS text[])) ORDER BY host FOR UPDATE
    )
    UPDATE ops.hosts AS freed
    SET holder = NULL, lease_until = NULL, status_code = ended.status_code,
        failure_count = CASE WHEN ended.is_failure THEN freed.failure_count + 1 ELSE 0 END,
        retry_after = clock_timestamp() + make_interval(secs => ended.rest),
        next_request_at = clock_timestamp() + make_interval(secs => CASE
            WHEN ended.is_failure THEN greatest(
                freed.interval_milliseconds / 1000.0,
                least(greatest(freed.interval_milliseconds, 1000) / 1000.0 * 2 ^ least(freed.failure_count + 1, 6),
                      CAST(:most AS double precision)))
            ELSE freed.interval_milliseconds / 1000.0 END)
    FROM ended JOIN held USING (host)
    WHERE freed.host = ended.host AND freed.fence = ended.fence
""")

_WAIT = text("""
    SELECT host, greatest(0, extract(epoch FROM
        greatest(next_request_at, retry_after) - clock_timestamp()))::double precision AS seconds
    FROM ops.hosts WHERE host = ANY (CAST(:hosts AS text[]))
""")


def take_turns(connection: Connection, pauses: Mapping[str, float], *, holder: str,
               lease_seconds: float) -> dict[str, Turn]:
    """Take the turns of those hosts that are free now; `pauses` maps each wanted host to its seconds of pause.

    Hosts that are in flight elsewhere, in their pause, or asked to be left alone are not in the answer.
    `lease_seconds` must exceed the deadline of a request: a holder that died loses its turn then.
    """
    if not pauses:
        return {}
    hosts = sorted(pauses)
    connection.execute(_MEET, {"hosts": hosts})
    rows = connection.execute(_TAKE, {
        "hosts": hosts, "pauses": [round(pauses[host] * 1000) for host in hosts], "holder": holder,
        "lease": lease_seconds})
    return {row.host: Turn(host=row.host, fence=row.fence) for row in rows}


def end_turns(connection: Connection, ends: Sequence[TurnEnd]) -> None:
    """Give turns back: the pause of each host begins. A turn that was lost to another holder is left alone."""
    if not ends:
        return
    connection.execute(_END, {
        "hosts": [end.turn.host for end in ends], "fences": [end.turn.fence for end in ends],
        "statuses": [end.status_code for end in ends], "rests": [end.retry_after_seconds for end in ends],
        "failures": [end.is_failure for end in ends], "most": PAUSE_MAXIMUM_SECONDS})


def waits(connection: Connection, hosts: Sequence[str]) -> dict[str, float]:
    """Seconds that each host's pause, or its own wish, still lasts; hosts never asked are not in the answer.

    A request under way elsewhere does not count: it may be over at any moment.
    """
    rows = connection.execute(_WAIT, {"hosts": sorted(set(hosts))})
    return {row.host: row.seconds for row in rows}
