"""Quarantine: what failed for good, with its reason, until a person or a newer version puts it back to work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, text

from transforms.identity import derived_id
from warehouse.storable import storable
from warehouse.tables.operations import quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why work on a claim failed: a stable code, the exception, and whether trying again is of no use."""

    reason: str
    detail: str
    exception_type: str | None = None
    traceback: str | None = None
    is_permanent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A row of the quarantine, as a person looks at it."""

    quarantine_id: UUID
    stage: str
    subject_id: UUID
    capture_id: UUID | None
    reason: str
    exception_type: str | None
    detail: str
    traceback: str | None
    attempts: int
    stage_version: str
    quarantined_at: datetime


def put(
    connection: Connection,
    stage: str,
    subject_id: UUID,
    stage_version: str,
    failure: Failure,
    attempts: int,
    run_id: UUID | None,
) -> None:
    """Record that work on a subject failed for good. What failed before and was released is counted on."""
    connection.execute(
        text(
            """
            INSERT INTO ops.quarantine AS q (quarantine_id, stage, subject_id, capture_id, reason, exception_type,
                detail, traceback, attempts, stage_version, run_id)
            VALUES (:quarantine_id, :stage, :subject_id,
                coalesce((SELECT capture_id FROM raw.captures WHERE capture_id = :subject_id),
                    (SELECT capture_id FROM core.article_versions WHERE article_version_id = :subject_id)),
                :reason, :exception_type, :detail, :traceback, :attempts, :stage_version, :run_id)
            ON CONFLICT (quarantine_id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail,
                exception_type = excluded.exception_type, traceback = excluded.traceback,
                attempts = q.attempts + excluded.attempts, stage_version = excluded.stage_version,
                run_id = excluded.run_id, quarantined_at = now(), released_at = NULL
            """
        ),
        {
            "quarantine_id": derived_id("quarantine", stage, subject_id),
            "stage": stage,
            "subject_id": subject_id,
            "reason": failure.reason,
            "exception_type": failure.exception_type,
            "detail": storable(failure.detail),
            "traceback": storable(failure.traceback) if failure.traceback else None,
            "attempts": attempts,
            "stage_version": stage_version,
            "run_id": run_id,
        },
    )


def mark_released(connection: Connection, stage: str) -> None:
    """Mark what is back at work, or done by now, as released."""
    connection.execute(
        text(
            """
            UPDATE ops.quarantine q SET released_at = now()
            FROM ops.work w
            WHERE q.stage = :stage AND q.released_at IS NULL AND w.stage = q.stage AND w.subject_id = q.subject_id
              AND w.state <> 'quarantined'
            """
        ),
        {"stage": stage},
    )


def list_quarantined(
    connection: Connection, *, stage: str | None = None, reason: str | None = None, limit: int | None = None
) -> tuple[Quarantined, ...]:
    """What is in quarantine now, oldest first."""
    statement = select(quarantine).where(quarantine.c.released_at.is_(None))
    if stage is not None:
        statement = statement.where(quarantine.c.stage == stage)
    if reason is not None:
        statement = statement.where(quarantine.c.reason == reason)
    ordered = statement.order_by(quarantine.c.quarantined_at, quarantine.c.quarantine_id).limit(limit)
    return tuple(
        Quarantined(**{name: getattr(row, name) for name in Quarantined.__dataclass_fields__})
        for row in connection.execute(ordered)
    )


def replay(connection: Connection, quarantine_ids: Sequence[UUID] | None = None) -> int:
    """Put quarantined work back to `pending` (all of it without ids); returns how many rows."""
    count = connection.execute(
        text(
            """
            UPDATE ops.work w SET state = 'pending', attempts = 0, priority = 0, reason = NULL, settled_at = NULL, enqueued_at = now()
            FROM ops.quarantine q
            WHERE q.released_at IS NULL AND q.stage = w.stage AND q.subject_id = w.subject_id
              AND w.state = 'quarantined'
              AND (CAST(:ids AS uuid[]) IS NULL OR q.quarantine_id = ANY(CAST(:ids AS uuid[])))
            """
        ),
        {"ids": None if quarantine_ids is None else list(quarantine_ids)},
    ).rowcount
    connection.execute(
        text(
            """
            UPDATE ops.quarantine q SET released_at = now() FROM ops.work w
            WHERE q.released_at IS NULL AND w.stage = q.stage AND w.subject_id = q.subject_id
              AND w.state <> 'quarantined'
            """
        )
    )
    return count
