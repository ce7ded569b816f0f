"""Bring a warehouse to the schema of this code: migrations, then the mart's views and the analysts' grants."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from transforms.failures import ConfigurationError
from warehouse import mart
from warehouse.core.event_clusters import outdate_event_clusters
from warehouse.tables import SCHEMAS, metadata

# One number for all of Dateline's migrations; nothing else may take this lock.
MIGRATION_LOCK = 0x6461_7465_6C69_6E65
_REMEDY = "Restore it whole from a dump (deploy/backup.md), or let DATELINE_WAREHOUSE_URL name an empty database."


def head() -> str:
    """The revision that this code is written for."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise ConfigurationError("This installation of Dateline holds no migrations: install it anew.")
    return revision


def revision(connection: Connection) -> str | None:
    """The revision of the warehouse; None where nothing was ever migrated."""
    context = MigrationContext.configure(connection, opts={"version_table_schema": "public"})
    return context.get_current_revision()


def migrate(engine: Engine, *, target: str = "head") -> tuple[str, ...]:
    """Upgrade to `target` and re-create the mart where its files changed. Returns what was done, as sentences.

    All or nothing, in one transaction under an advisory lock: a second process waits and then finds
    nothing to do. Raises ConfigurationError where the warehouse is ahead of this code, or was restored in part.
    """
    with engine.begin() as connection:
        _lock(connection)
        before = revision(connection)
        _refuse_unknown(before)
        if before is None:
            _refuse_tables(connection)
        if before not in (None, head()):
            # A view would stand in the way of changing what it reads; it is made again below.
            mart.drop(connection)
        try:
            command.upgrade(_config(connection), target)
        except ProgrammingError as error:
            said = str(error.orig).splitlines()[0]
            raise ConfigurationError(
                f"The migration of the warehouse from {before or 'nothing'} was taken back: {said}. It is not what its"
                f" revision says: restored in part, or changed by hand. {_REMEDY}"
            ) from error
        after = revision(connection)
        done = [] if before == after else [f"Migrated from {before or 'nothing'} to {after}."]
        if before is None:
            connection.execute(
                text("COMMENT ON TABLE public.alembic_version IS 'Grain: one row: the revision of the schema.'")
            )
            connection.execute(text("COMMENT ON COLUMN public.alembic_version.version_num IS 'The revision.'"))
        if after == head():
            _refuse_gaps(connection)
            done += mart.apply(connection)
            if outdate_event_clusters(connection):
                done.append("The next run clusters all events anew: the rules changed.")
        return tuple(done)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to revision `target`, or to nothing with `base`. What it drops is lost.

    Raises ConfigurationError for a revision that there is none of, or that lies ahead of the warehouse.
    """
    with engine.begin() as connection:
        _lock(connection)
        before = revision(connection)
        _refuse_unknown(before)
        if before is None:
            return
        check_target(target, before)
        mart.drop(connection)
        command.downgrade(_config(connection), target)


def check_target(target: str, before: str | None = None) -> None:
    """Raise ConfigurationError unless the schema can go back to `target`, from revision `before` where that is given."""
    known = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]
    below = known[known.index(before) + 1:] if before else known
    if target not in ("base", *below):
        raise ConfigurationError(f"There is no revision {target!r} to go back to: it is one of base, {', '.join(reversed(below))}.")


def check_current(engine: Engine) -> None:
    """Raise ConfigurationError unless the schema of the warehouse is the one that this code is written for."""
    with engine.connect() as connection:
        found = revision(connection)
        _refuse_unknown(found)
        if found is None:
            raise ConfigurationError("The warehouse is empty: run `dateline migrate` first.")
        if found != head() or mart.changed(connection):
            raise ConfigurationError("The warehouse is older than this Dateline: run `dateline migrate` first.")
        _refuse_gaps(connection)


def _lock(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})


def _refuse_unknown(found: str | None) -> None:
    if found is None:
        return
    try:
        ScriptDirectory.from_config(_config()).get_revision(found)
    except CommandError:
        raise ConfigurationError(
            f"The warehouse has revision {found}, which this Dateline does not know: install the newer Dateline."
        ) from None


def _refuse_tables(connection: Connection) -> None:
    """Refuse a warehouse without revision that holds tables all the same."""
    found = _tables(connection)
    if found:
        raise ConfigurationError(
            f"The warehouse has no revision, but tables: {_some(found)}. It was restored in part, or is not Dateline's. {_REMEDY}"
        )


def _refuse_gaps(connection: Connection) -> None:
    """Refuse a warehouse whose revision is this code's, and which lacks tables all the same."""
    missing = {f"{table.schema}.{table.name}" for table in metadata.tables.values()} - _tables(connection)
    if missing:
        raise ConfigurationError(f"The warehouse lacks {_some(missing)}: it was restored in part, or changed by hand. {_REMEDY}")


def _tables(connection: Connection) -> set[str]:
    return set(connection.scalars(
        text("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY(:schemas)"),
        {"schemas": list(SCHEMAS)},
    ))


def _some(names: set[str]) -> str:
    shown = sorted(names)
    return ", ".join(shown[:5]) + (f" and {len(shown) - 5} more" if len(shown) > 5 else "")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("warehouse").joinpath("migrations")))
    config.attributes["connection"] = connection
    return config
