"""Who holds leases and runs, and ending those of processes that are known to be gone."""

from collections.abc import Sequence

from sqlalchemy import Connection, text


def holders(connection: Connection) -> tuple[str, ...]:
    """Names of the workers that hold work or windows, or have a run open, in order."""
    return tuple(
        connection.scalars(
            text(
                "SELECT worker FROM ops.work WHERE state = 'claimed' AND worker IS NOT NULL"
                " UNION SELECT worker FROM ops.windows WHERE state = 'claimed' AND worker IS NOT NULL"
                " UNION SELECT worker FROM ops.runs WHERE state = 'running' ORDER BY 1"
            )
        )
    )


def end_leases(connection: Connection, dead: Sequence[str]) -> None:
    """Let the leases of these workers lapse now and close their runs as crashed: their processes are gone."""
    given = {"dead": list(dead)}
    connection.execute(
        text(
            "UPDATE ops.work SET lease_until = clock_timestamp() - interval '1 millisecond'"
            " WHERE state = 'claimed' AND worker = ANY(:dead) AND lease_until > clock_timestamp()"
        ),
        given,
    )
    connection.execute(
        text(
            "UPDATE ops.windows SET lease_until = clock_timestamp() - interval '1 millisecond'"
            " WHERE state = 'claimed' AND worker = ANY(:dead) AND lease_until > clock_timestamp()"
        ),
        given,
    )
    connection.execute(
        text(
            "UPDATE ops.runs SET state = 'crashed', finished_at = clock_timestamp(), detail = 'Its process was gone.'"
            " WHERE state = 'running' AND worker = ANY(:dead)"
        ),
        given,
    )
