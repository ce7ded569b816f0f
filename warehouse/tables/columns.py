"""How this schema writes its columns: one short constructor per kind, each with a compulsory comment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

SCHEMAS = {
    "raw": "What came in, as it came: feed items, captures and their bytes.",
    "core": "What it says: articles with their versions, duplicates, entities and events.",
    "ops": "How it went: work to do, runs, windows, rejections, quarantine, politeness, judgements.",
    "mart": "What analysts see: stable, documented views. Everything else may change without notice.",
}

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_index",
    }
)


def key(name: str, comment: str) -> Column[UUID]:
    """A primary key derived from the natural key (see transforms.identity)."""
    return Column(name, Uuid, primary_key=True, comment=comment)


def reference(
    name: str,
    target: str,
    comment: str,
    *,
    required: bool = False,
    deletes: str | None = None,
    index: bool = True,
) -> Column[UUID]:
    """A foreign key to `schema.table.column`; `deletes` is `CASCADE` or `SET NULL`, None forbids it."""
    return Column(
        name, Uuid, ForeignKey(target, ondelete=deletes), nullable=not required, index=index, comment=comment
    )


def identifier(name: str, comment: str, *, required: bool = False) -> Column[UUID]:
    """An id that no foreign key guards, because what it names differs from row to row or may be gone."""
    return Column(name, Uuid, nullable=not required, comment=comment)


def string(name: str, comment: str, *, required: bool = False, default: str | None = None) -> Column[str]:
    """Text of any length."""
    return Column(name, Text, nullable=not required, server_default=default, comment=comment)


def strings(name: str, comment: str) -> Column[list[str]]:
    """A list of texts, empty rather than null."""
    return Column(name, ARRAY(Text), nullable=False, server_default="{}", comment=comment)


def moment(name: str, comment: str, *, required: bool = False, is_now: bool = False) -> Column[datetime]:
    """A point in time, stored in UTC; with `is_now` the transaction's, where none is given."""
    default = func.now() if is_now else None
    return Column(name, DateTime(timezone=True), nullable=not required, server_default=default, comment=comment)


def day(name: str, comment: str, *, required: bool = False) -> Column[date]:
    """A calendar day."""
    return Column(name, Date, nullable=not required, comment=comment)


def integer(name: str, comment: str, *, required: bool = False, default: str | None = None) -> Column[int]:
    """A whole number below two milliards."""
    return Column(name, Integer, nullable=not required, server_default=default, comment=comment)


def big(name: str, comment: str, *, required: bool = False, default: str | None = None) -> Column[int]:
    """A whole number of any size that a count may reach."""
    return Column(name, BigInteger, nullable=not required, server_default=default, comment=comment)


def number(name: str, comment: str, *, required: bool = False, default: str | None = None) -> Column[float]:
    """A floating point number in double precision, so that what is read equals what was written."""
    return Column(name, Double, nullable=not required, server_default=default, comment=comment)


def flag(name: str, comment: str, *, default: str | None = "false") -> Column[bool]:
    """True or false; `default=None` makes it nullable: not known."""
    return Column(name, Boolean, nullable=default is None, server_default=default, comment=comment)


def digest(name: str, comment: str, *, required: bool = False) -> Column[bytes]:
    """The 32 bytes of a SHA-256."""
    return Column(name, LargeBinary, nullable=not required, comment=comment)


def document(name: str, comment: str) -> Column[Any]:
    """A JSON object whose keys differ from row to row."""
    return Column(name, JSONB, nullable=False, server_default="{}", comment=comment)


def choice(column: str, values: Iterable[str]) -> CheckConstraint:
    """`column` holds one of `values`, or null."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def country(column: str = "country_code") -> CheckConstraint:
    """`column` looks like ISO 3166-1 alpha-3."""
    return CheckConstraint(f"{column} ~ '^[A-Z]{{3}}$'", name=column)


def share(column: str) -> CheckConstraint:
    """`column` lies between 0 and 1."""
    return CheckConstraint(f"{column} BETWEEN 0 AND 1", name=column)


def span(start: str = "start_offset", end: str = "end_offset") -> CheckConstraint:
    """A span of code points that is not empty, or no span at all."""
    return CheckConstraint(f"{start} >= 0 AND {end} > {start}", name=f"{start.removesuffix('_offset')}_span")


def size(column: str) -> CheckConstraint:
    """`column` is as long as a SHA-256."""
    return CheckConstraint(f"octet_length({column}) = 32", name=column)
