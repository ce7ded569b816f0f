"""Bring a warehouse to the schema of this code: migrations, then the mart's views and the analysts' grants."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from transforms.failures import ConfigurationError
from warehouse import mart

# One number for all of Dateline's migrations; nothing else may take this lock.
MIGRATION_LOCK = 0x6461_7465_6C69_6E65


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
    nothing to do. Raises ConfigurationError where the warehouse is ahead of this code.
    """
    with engine.begin() as connection:
        _lock(connection)
        before = revision(connection)
        _refuse_unknown(before)
        if before not in (None, head()):
            # A view would stand in the way of changing what it reads; it is made again below.
            mart.drop(connection)
        command.upgrade(_config(connection), target)
        after = revision(connection)
        done = [] if before == after else [f"Migrated from {before or 'nothing'} to {after}."]
        if before is None:
            connection.execute(
                text("COMMENT ON TABLE public.alembic_version IS 'Grain: one row: the revision of the schema.'")
            )
            connection.execute(text("COMMENT ON COLUMN public.alembic_version.version_num IS 'The revision.'"))
        if after == head():
            done += mart.apply(connection)
        return tuple(done)


def downgrade(engine: Engine, target: str) -> None:
    """Take the schema back to revision `target`, or to nothing with `base`. What it drops is lost."""
    with engine.begin() as connection:
        _lock(connection)
        before = revision(connection)
        _refuse_unknown(before)
        if before is None:
            return
        mart.drop(connection)
        command.downgrade(_config(connection), target)


def check_current(engine: Engine) -> None:
    """Raise ConfigurationError unless the schema of the warehouse is the one that this code is written for."""
    with engine.connect() as connection:
        found = revision(connection)
        _refuse_unknown(found)
        if found is None:
            raise ConfigurationError("The warehouse is empty: run `dateline migrate` first.")
        if found != head() or mart.changed(connection):
            raise ConfigurationError("The warehouse is older than this Dateline: run `dateline migrate` first.")


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


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("warehouse").joinpath("migrations")))
    config.attributes["connection"] = connection
    return config
