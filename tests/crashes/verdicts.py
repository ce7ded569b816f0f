"""What must hold after a crash, and after going on: nothing lost, nothing doubled, nothing half visible."""

import hashlib
import json

from sqlalchemy import Engine, text

from warehouse.ops import runs

# What differs from one run to the next by its nature: times of ours, the run that did it, disk layout.
VOLATILE = ("run_id", "recorded_at", "made_at", "computed_at", "updated_at", "created_at", "loaded_at", "refreshed_at")


def digest(engine: Engine) -> dict[str, tuple[int, str]]:
    """Rows and hash of each table of raw and core, volatile columns left out."""
    found = {}
    with engine.connect() as connection:
        tables = connection.scalars(
            text("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
                 " AND relnamespace IN ('raw'::regnamespace, 'core'::regnamespace) ORDER BY 1")
        ).all()
        for table in tables:
            rows = sorted(
                json.dumps(row, sort_keys=True)
                for row in connection.scalars(text(f"SELECT to_jsonb(t) - CAST(:volatile AS text[]) FROM {table} t"), {"volatile": list(VOLATILE)})
            )
            found[table] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def told_apart(found: dict[str, tuple[int, str]], expected: dict[str, tuple[int, str]]) -> str:
    """The tables that differ between two digests, with their rows, for a person."""
    return ", ".join(
        f"{table} ({found[table][0]} rows, {expected[table][0]} expected)" for table in expected if found[table] != expected[table])


def half_visible(engine: Engine) -> int:
    """Versions, items or rejections whose capture's work is not settled: parts of a batch that should be invisible."""
    with engine.connect() as connection:
        return connection.scalar(
            text(
                "SELECT count(*) FROM (SELECT capture_id FROM core.article_versions UNION ALL SELECT capture_id FROM core.items"
                " UNION ALL SELECT capture_id FROM ops.rejections) loaded"
                " LEFT JOIN ops.work w ON w.stage = 'extract' AND w.subject_id = loaded.capture_id"
                " WHERE w.state IS DISTINCT FROM 'done'"
            )
        ) + connection.scalar(
            text(
                "SELECT count(*) FROM core.mentions m LEFT JOIN ops.work w ON w.stage = 'annotate'"
                " AND w.subject_id = m.article_version_id WHERE w.state IS DISTINCT FROM 'done'"
            )
        )


def open_ends(engine: Engine) -> dict[str, int]:
    """What is not finished: work, windows, backfills, runs; and runs that do not add up. Empty when all is done."""
    with engine.connect() as connection:
        counts = {
            "work": connection.scalar(text("SELECT count(*) FROM ops.work WHERE state <> 'done'")),
            "windows": connection.scalar(text("SELECT count(*) FROM ops.windows WHERE state <> 'done'")),
            "backfills": connection.scalar(text("SELECT count(*) FROM ops.backfills WHERE state <> 'done'")),
            "runs": connection.scalar(text("SELECT count(*) FROM ops.runs WHERE state = 'running'")),
            "unbalanced": sum(
                bool(runs.imbalances(connection, run_id))
                for run_id in connection.scalars(text("SELECT run_id FROM ops.runs WHERE state = 'succeeded'"))
            ),
        }
    return {name: count for name, count in counts.items() if count}


def touched(engine: Engine) -> dict[str, list[tuple[str, ...]]]:
    """Place and writing transaction of each row in raw and core: whatever touches a row changes them."""
    with engine.connect() as connection:
        tables = connection.scalars(
            text("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('raw'::regnamespace, 'core'::regnamespace)")
        ).all()
        return {
            table: sorted(tuple(row) for row in connection.execute(text(f"SELECT ctid::text, xmin::text FROM {table}")))
            for table in tables
        }
