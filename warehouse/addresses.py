"""Where a warehouse is: its URL, as the environment gives it and as messages show it."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from transforms.failures import ConfigurationError

URL_VARIABLE = "DATELINE_WAREHOUSE_URL"


def parse_url(url: str) -> URL:
    """The URL for SQLAlchemy with psycopg. Raises ConfigurationError without repeating a password."""
    try:
        address = make_url(url)
        if address.drivername in {"postgres", "postgresql"}:
            address = address.set(drivername="postgresql+psycopg")
        if address.drivername != "postgresql+psycopg":
            raise ConfigurationError(
                f"{URL_VARIABLE} names {address.drivername!r}: Dateline needs postgresql://user@host/database."
            )
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise ConfigurationError(
            f"{URL_VARIABLE} is not a URL: it must look like postgresql://user@host/database."
        ) from None
    return address


def place(url: URL) -> str:
    """Host, port and database of a URL, without user and password."""
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}{f':{url.port}' if url.port else ''}/{url.database or ''}"
