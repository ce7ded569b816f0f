"""What PostgreSQL says when it is not there, or not able: sentences for a person, and a type that is tried again."""

import contextlib
from collections.abc import Iterator

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from transforms.failures import TransientError
from warehouse.addresses import place

_SENTENCES = {
    "53100": "The disk of the warehouse at {place} is full: free some space, and what was not loaded is done by the next run.",
    "53200": "The warehouse at {place} has no memory left: give it more, or run fewer workers.",
    "53300": "The warehouse at {place} takes no more connections: run fewer workers, or raise max_connections.",
    "40P01": "Two writers stood in each other's way in the warehouse at {place}: it is tried again.",
    "55P03": "Somebody holds a lock in the warehouse at {place} for too long: `dateline doctor` says who.",
    "25P03": "The warehouse at {place} cut a session that was idle in a transaction for too long.",
}
_GONE = "The warehouse at {place} went away: nothing half done was loaded, and it is done again when it is back."


class Interruption(TransientError):
    """The warehouse could not do what it was asked, through no fault of what it was asked."""


@contextlib.contextmanager
def told_interruptions(engine: Engine) -> Iterator[None]:
    """Turn the errors of a server that went away, is full or is too busy into `Interruption` with a sentence."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise Interruption(_sentence(error.orig).format(place=place(engine.url))) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        # From within a COPY, which SQLAlchemy knows nothing of.
        raise Interruption(_sentence(error).format(place=place(engine.url))) from error
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise Interruption(_GONE.format(place=place(engine.url))) from error


def _sentence(error: BaseException | None) -> str:
    return _SENTENCES.get(getattr(error, "sqlstate", None) or "", _GONE)
