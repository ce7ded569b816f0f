"""The ledger of work: what is to do is a row, made pending here and taken by `warehouse.ops.claims`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.ops.quarantine import mark_released

# Versions whose text a licence no longer lets be kept (warehouse.raw.expiry) keep what was made of it.
_VERSIONS = (
    "SELECT article_version_id AS subject_id FROM core.article_versions"
    " WHERE superseded_at IS NULL AND NOT 'expired' = ANY (warnings)"
)
# What a stage works on. A subject that is no longer there is never enqueued again.
SUBJECTS = {
    "extract": "SELECT capture_id AS subject_id FROM raw.captures WHERE outcome = 'content'",
    "cluster": _VERSIONS,
    "annotate": _VERSIONS,
}


_ENQUEUE = """
    INSERT INTO ops.work AS w (stage, subject_id, stage_version, priority)
    SELECT :stage, s.subject_id, :stage_version, coalesce(
        CAST(:priority AS integer),
        (SELECT e.priority FROM core.article_versions v JOIN ops.work e ON e.stage = 'extract' AND e.subject_id = v.capture_id
            WHERE v.article_version_id = s.subject_id),
        0)
    FROM (SUBJECTS) s
    LEFT JOIN ops.work o ON o.stage = :stage AND o.subject_id = s.subject_id
        AND (o.state = 'claimed' OR (o.stage_version = :stage_version AND (NOT :again OR o.state = 'pending')))
    WHERE o.subject_id IS NULL
      AND (CAST(:subject_ids AS uuid[]) IS NULL OR s.subject_id = ANY(CAST(:subject_ids AS uuid[])))
    ORDER BY s.subject_id
    ON CONFLICT (stage, subject_id) DO UPDATE SET
        stage_version = excluded.stage_version, priority = excluded.priority, state = 'pending', attempts = 0,
        worker = NULL, outcome = NULL, reason = NULL, settled_at = NULL, enqueued_at = now()
    WHERE w.state <> 'claimed'
"""


def enqueue(
    connection: Connection,
    stage: str,
    stage_version: str,
    subject_ids: Sequence[UUID] | None = None,
    *,
    priority: int | None = 0,
    again: bool = False,
) -> int:
    """Make work pending that was never done, or was done by another version of the stage; returns how many rows.

    With `priority` None a version's work has the priority that its capture had.
    Without `subject_ids` all of the stage's subjects are considered. `again` enqueues also what is done
    with this very version. What is claimed now is left to its worker, and found by the next call.
    """
    count = connection.execute(
        text(_ENQUEUE.replace("(SUBJECTS)", f"({SUBJECTS[stage]})")),
        {
            "stage": stage,
            "stage_version": stage_version,
            "priority": priority,
            "again": again,
            "subject_ids": None if subject_ids is None else list(subject_ids),
        },
    ).rowcount
    mark_released(connection, stage)
    return count


def adopt(connection: Connection, stage: str, stage_version: str) -> int:
    """Have what another version of the stage left pending done by this one; returns how many rows."""
    return connection.execute(
        text(
            "UPDATE ops.work SET stage_version = :stage_version"
            " WHERE stage = :stage AND state = 'pending' AND stage_version <> :stage_version"
        ),
        {"stage": stage, "stage_version": stage_version},
    ).rowcount


def is_pending(connection: Connection, stage: str, stage_version: str, *, priority: int | None = None) -> bool:
    """Whether there is something that `warehouse.ops.claims.claim` would take, were nobody faster."""
    return bool(connection.scalar(
        text(
            "SELECT EXISTS (SELECT FROM ops.work WHERE stage = :stage AND state = 'pending' AND stage_version = :stage_version"
            " AND (CAST(:priority AS integer) IS NULL OR priority = :priority))"
        ),
        {"stage": stage, "stage_version": stage_version, "priority": priority},
    ))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many rows of a stage are in a state."""

    stage: str
    state: str
    count: int


def backlog(connection: Connection) -> tuple[Backlog, ...]:
    """The ledger in numbers, by stage and state."""
    rows = connection.execute(
        text("SELECT stage, state, count(*) AS count FROM ops.work GROUP BY 1, 2 ORDER BY 1, 2")
    )
    return tuple(Backlog(stage=row.stage, state=row.state, count=row[2]) for row in rows)
