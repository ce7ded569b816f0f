"""The schema goes up and down, is what the tables say, and refuses what it does not know."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from tests.bench.generate_warehouse import generate
from transforms.failures import ConfigurationError
from warehouse.day_counts import refresh_day_counts
from warehouse.migrate import check_current, downgrade, head, migrate, revision
from warehouse.tables import SCHEMAS, metadata

# Everything by which two schemas can differ, a line each. Partitions are made when months come.
CATALOG = """
    WITH relations AS (
        SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relkind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname IN ('raw', 'core', 'ops') AND NOT c.relispartition
    )
    SELECT concat_ws(' ', name, relkind, obj_description(oid, 'pg_class')) FROM relations
    WHERE relkind <> 'i'
    UNION ALL
    SELECT concat_ws(' ', name, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated,
        pg_get_expr(adbin, adrelid), col_description(r.oid, attnum))
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT concat_ws(' ', name, conname, pg_get_constraintdef(k.oid))
    FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM relations r JOIN pg_index i ON i.indrelid = r.oid
"""


def catalog(connection: Connection) -> set[str]:
    return set(connection.scalars(text(CATALOG)))


def test_the_migrations_make_what_the_tables_say(every_engine: Engine) -> None:
    with every_engine.begin() as connection:
        migrated = catalog(connection)
        for table in ("core", "raw", "ops"):
            connection.execute(text(f"DROP SCHEMA {table} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {table}"))
        # The functions are the migration's own; the tables only call them.
        connection.execute(
            text("CREATE FUNCTION core.folded(name text) RETURNS text LANGUAGE sql IMMUTABLE RETURN lower(name)")
        )
        connection.execute(
            text("CREATE FUNCTION core.romanised(name text) RETURNS text LANGUAGE sql IMMUTABLE RETURN name")
        )
        connection.execute(
            text(
                "CREATE FUNCTION core.search_vector(language text, headline text, body text) RETURNS tsvector "
                "LANGUAGE sql IMMUTABLE RETURN to_tsvector('simple', body)"
            )
        )
        metadata.create_all(connection)
        assert catalog(connection) == migrated


def test_the_schema_goes_down_to_nothing_and_up_again(every_engine: Engine) -> None:
    downgrade(every_engine, "base")
    with every_engine.connect() as connection:
        left = connection.scalars(
            text("SELECT nspname FROM pg_namespace WHERE nspname = ANY(:names)"), {"names": list(SCHEMAS)}
        ).all()
        assert left == []
        assert revision(connection) is None
    assert migrate(every_engine)
    check_current(every_engine)


def test_a_loaded_warehouse_is_upgraded_with_its_rows(every_engine: Engine, load_article: Callable[..., UUID]) -> None:
    with every_engine.begin() as connection:
        load_article(connection, "The ministers met in Harbour City.", external_id="1")
    downgrade(every_engine, "0001")
    with pytest.raises(ConfigurationError, match="older than this Dateline"):
        check_current(every_engine)
    assert migrate(every_engine)[0] == f"Migrated from 0001 to {head()}."
    check_current(every_engine)
    with every_engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM mart.articles")) == 1
        assert len(refresh_day_counts(connection)) == 1
        assert connection.scalar(text("SELECT sum(article_count) FROM mart.article_days")) == 1


COUNTED = ("core.articles", "core.article_versions", "core.entities", "core.entity_aliases", "core.offices", "core.mentions",
           "core.quotes", "core.events", "core.event_participants", "core.clusters", "core.cluster_members", "raw.captures")


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in COUNTED}


def test_the_first_releases_warehouse_goes_up_to_this_one_and_back_with_all_its_rows(empty_engine: Engine) -> None:
    assert migrate(empty_engine, target="0001") == ("Migrated from nothing to 0001.",)
    with empty_engine.begin() as connection:
        generate(connection, articles=300, days=20, entities=500)
        connection.execute(text(
            "INSERT INTO core.offices (office_id, person_id, title, country_code, started_date, source)"
            " SELECT md5('o' || n)::uuid, md5('e' || n)::uuid, 'president', 'KAZ', '2019-06-12', 'seeds' FROM generate_series(1, 40) n"
        ))
    loaded = counts(empty_engine)
    assert min(loaded.values()) >= 30

    assert migrate(empty_engine)[0] == f"Migrated from 0001 to {head()}."
    check_current(empty_engine)
    assert counts(empty_engine) == loaded
    with empty_engine.begin() as connection:
        while refresh_day_counts(connection):
            pass
        for view, count in (("articles", 300), ("events", loaded["core.events"])):
            assert connection.scalar(text(f"SELECT count(*) FROM mart.{view}")) == count
        assert connection.scalar(text("SELECT sum(article_count) FROM mart.article_days")) == 300

    downgrade(empty_engine, "0001")
    assert counts(empty_engine) == loaded
    migrate(empty_engine)
    assert counts(empty_engine) == loaded


def test_a_warehouse_that_was_restored_in_part_is_told_so(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE core.event_participants CASCADE"))
    for use in (check_current, migrate):
        with pytest.raises(ConfigurationError, match=r"lacks core\.event_participants: it was restored in part"):
            use(engine)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM public.alembic_version"))
    with pytest.raises(ConfigurationError, match=r"no revision, but tables: core\..* and \d+ more"):
        migrate(engine)


def test_a_migration_that_finds_less_than_its_revision_says_is_taken_back(engine: Engine) -> None:
    downgrade(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE core.events CASCADE"))
    with pytest.raises(ConfigurationError, match=r"migration of the warehouse from 0001 was taken back: .*core\.events"):
        migrate(engine)
    with engine.connect() as connection:
        assert revision(connection) == "0001"


def test_migrating_again_does_nothing(engine: Engine) -> None:
    assert migrate(engine) == ()


def test_an_empty_database_is_told_apart_from_a_newer_one(empty_engine: Engine) -> None:
    with pytest.raises(ConfigurationError, match="run `dateline migrate` first"):
        check_current(empty_engine)
    migrate(empty_engine)
    check_current(empty_engine)
    with empty_engine.begin() as connection:
        connection.execute(text("UPDATE public.alembic_version SET version_num = '9999'"))
    for use in (check_current, migrate):
        with pytest.raises(ConfigurationError, match="revision 9999, which this Dateline does not know"):
            use(empty_engine)


def test_a_warehouse_that_fell_behind_has_to_be_migrated(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO ops.mart_files VALUES ('gone', sha256('x'))"))
    with pytest.raises(ConfigurationError, match="older than this Dateline"):
        check_current(engine)
    migrate(engine)
    check_current(engine)


def test_there_is_one_head() -> None:
    assert head()


def test_every_table_and_column_is_explained(connection: Connection) -> None:
    unexplained = connection.scalars(
        text(
            """
            SELECT c.oid::regclass || coalesce('.' || attname, '')
            FROM pg_class c
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped
            WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('raw', 'core', 'ops', 'mart'))
              AND c.relkind IN ('r', 'p', 'v', 'm')
              AND (coalesce(col_description(c.oid, attnum), '') = '' OR coalesce(obj_description(c.oid), '') = '')
            """
        )
    ).all()
    assert unexplained == []


def test_every_table_says_its_grain() -> None:
    assert [table.fullname for table in metadata.tables.values() if not (table.comment or "").startswith("Grain: ")] == []
