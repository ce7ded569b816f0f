"""Claims on work: rows of the ledger, held with a lease and a fence, settled with their results.

Claim in one short transaction, compute with none open, then in another short one: `hold` the claims, load,
`settle`. A claim that was lost meanwhile (its lease lapsed and another took it) makes `hold` and `settle`
raise, so nothing of it is loaded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.failures import TransientError
from warehouse.ops.quarantine import Failure, put

ATTEMPTS_MAXIMUM = 3
# What has outlived so many workers is what kills them: from the fourth claim on it has been alone in its batch.
DEATHS_MAXIMUM = 8

_CLAIM = text(
    """
    WITH foremost AS (
        SELECT :allows_suspects AND reason IS NOT DISTINCT FROM 'worker_lost' AS is_suspect, attempts FROM ops.work
        WHERE stage = :stage AND state = 'pending' AND stage_version = :stage_version
          AND (CAST(:priority AS integer) IS NULL OR priority = :priority)
        ORDER BY priority, enqueued_at, subject_id
        LIMIT 1
    ), chosen AS (
        SELECT stage, subject_id FROM ops.work
        WHERE stage = :stage AND state = 'pending' AND stage_version = :stage_version
          AND (CAST(:priority AS integer) IS NULL OR priority = :priority)
          AND (reason IS NOT DISTINCT FROM 'worker_lost') = (SELECT is_suspect FROM foremost)
        ORDER BY priority, enqueued_at, subject_id
        LIMIT (SELECT CASE WHEN is_suspect THEN greatest(1, :limit >> least(2 * attempts, 30)) ELSE :limit END
               FROM foremost)
        FOR UPDATE SKIP LOCKED
    )
    UPDATE ops.work w
    SET state = 'claimed', worker = :worker, attempts = attempts + 1, fence = fence + 1,
        lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
    FROM chosen WHERE w.stage = chosen.stage AND w.subject_id = chosen.subject_id
    RETURNING w.stage, w.subject_id, w.stage_version, w.fence, w.attempts, w.priority, w.enqueued_at
    """
)


class ClaimLost(TransientError):
    """A claim was settled or taken over by someone else meanwhile: what was computed for it is dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row of work held by this worker until its lease lapses. `attempts` counts this one."""

    stage: str
    subject_id: UUID
    stage_version: str
    fence: int
    attempts: int
    priority: int


def claim(
    connection: Connection,
    stage: str,
    stage_version: str,
    *,
    limit: int,
    worker: str,
    lease_seconds: float,
    priority: int | None = None,
) -> tuple[Claim, ...]:
    """Take up to `limit` pending rows that ask for this version of the stage, by priority and age.

    With `priority` only rows of that one. Rows whose worker died are taken in ever smaller batches, at last one
    by one, so that what kills its worker is found and takes no other row with it.
    """
    parameters = {
        "stage": stage,
        "stage_version": stage_version,
        "limit": limit,
        "worker": worker,
        "lease_seconds": lease_seconds,
        "priority": priority,
    }
    rows = connection.execute(_CLAIM, {**parameters, "allows_suspects": True}).all()
    if not rows:
        # The foremost row may be a suspect that another worker is just taking.
        rows = connection.execute(_CLAIM, {**parameters, "allows_suspects": False}).all()
    return tuple(
        Claim(
            stage=row.stage,
            subject_id=row.subject_id,
            stage_version=row.stage_version,
            fence=row.fence,
            attempts=row.attempts,
            priority=row.priority,
        )
        for row in sorted(rows, key=lambda row: (row.priority, row.enqueued_at, row.subject_id))
    )


def hold(connection: Connection, claims: Sequence[Claim]) -> None:
    """Lock the rows of `claims` to the end of the transaction. Raises ClaimLost where one is not ours any more."""
    held = connection.execute(
        text(
            """
            SELECT count(*) FROM (
                SELECT FROM ops.work w
                JOIN unnest(CAST(:stages AS text[]), CAST(:subject_ids AS uuid[]), CAST(:fences AS bigint[]))
                    given (stage, subject_id, fence) USING (stage, subject_id, fence)
                WHERE w.state = 'claimed'
                ORDER BY w.stage, w.subject_id FOR UPDATE OF w
            ) held
            """
        ),
        _parameters(claims),
    ).scalar_one()
    if held != len(claims):
        raise ClaimLost(f"{len(claims) - held} of {len(claims)} claims were lost to another worker.")


def renew(connection: Connection, claims: Sequence[Claim], *, lease_seconds: float) -> None:
    """Put off the end of the leases. Raises ClaimLost where one is not ours any more."""
    hold(connection, claims)
    connection.execute(
        text(
            """
            UPDATE ops.work w SET lease_until = clock_timestamp() + make_interval(secs => :lease_seconds)
            FROM unnest(CAST(:stages AS text[]), CAST(:subject_ids AS uuid[])) given (stage, subject_id)
            WHERE w.stage = given.stage AND w.subject_id = given.subject_id
            """
        ),
        {**_parameters(claims), "lease_seconds": lease_seconds},
    )


def settle(
    connection: Connection,
    claims: Sequence[Claim],
    outcomes: str | Mapping[UUID, str] = "done",
    *,
    run_id: UUID | None = None,
) -> None:
    """Mark claims as done, with one outcome for all or one per subject. Raises ClaimLost as `hold` does."""
    hold(connection, claims)
    given = [outcomes if isinstance(outcomes, str) else outcomes[one.subject_id] for one in claims]
    connection.execute(
        text(
            """
            UPDATE ops.work w SET state = 'done', outcome = given.outcome, run_id = :run_id, lease_until = NULL,
                worker = NULL, reason = NULL, attempts = 0, settled_at = now()
            FROM unnest(CAST(:stages AS text[]), CAST(:subject_ids AS uuid[]), CAST(:outcomes AS text[]))
                given (stage, subject_id, outcome)
            WHERE w.stage = given.stage AND w.subject_id = given.subject_id
            """
        ),
        {**_parameters(claims), "outcomes": given, "run_id": run_id},
    )


def fail(
    connection: Connection,
    one: Claim,
    failure: Failure,
    *,
    attempts_maximum: int = ATTEMPTS_MAXIMUM,
    run_id: UUID | None = None,
) -> str:
    """Put a claim back to `pending`, or into quarantine after its last attempt; returns its new state."""
    hold(connection, [one])
    is_last = failure.is_permanent or one.attempts >= attempts_maximum
    state = "quarantined" if is_last else "pending"
    connection.execute(
        text(
            """
            UPDATE ops.work SET state = :state, reason = :reason, lease_until = NULL, worker = NULL, run_id = :run_id,
                settled_at = CASE WHEN :state = 'quarantined' THEN now() END
            WHERE stage = :stage AND subject_id = :subject_id
            """
        ),
        {
            "state": state,
            "reason": failure.reason,
            "run_id": run_id,
            "stage": one.stage,
            "subject_id": one.subject_id,
        },
    )
    if is_last:
        put(connection, one.stage, one.subject_id, one.stage_version, failure, one.attempts, run_id)
    return state


def release(connection: Connection, claims: Sequence[Claim]) -> int:
    """Give claims back untried, as a worker that is told to stop does; those lost meanwhile are left alone."""
    return connection.execute(
        text(
            """
            UPDATE ops.work w SET state = 'pending', lease_until = NULL, worker = NULL, attempts = attempts - 1
            FROM unnest(CAST(:stages AS text[]), CAST(:subject_ids AS uuid[]), CAST(:fences AS bigint[]))
                given (stage, subject_id, fence)
            WHERE w.stage = given.stage AND w.subject_id = given.subject_id AND w.fence = given.fence
              AND w.state = 'claimed'
            """
        ),
        _parameters(claims),
    ).rowcount


def reap(connection: Connection, *, attempts_maximum: int = DEATHS_MAXIMUM) -> Mapping[str, int]:
    """Take back what dead workers left: leases that lapsed. Returns rows by their new state.

    Work that outlived its last worker too is quarantined: it may be what kills them.
    """
    rows = connection.execute(
        text(
            """
            WITH lapsed AS (
                SELECT stage, subject_id FROM ops.work WHERE state = 'claimed' AND lease_until < clock_timestamp()
                ORDER BY stage, subject_id FOR UPDATE SKIP LOCKED
            )
            UPDATE ops.work w
            SET state = CASE WHEN attempts >= :attempts_maximum THEN 'quarantined' ELSE 'pending' END,
                lease_until = NULL, worker = NULL, reason = 'worker_lost', fence = fence + 1
            FROM lapsed WHERE w.stage = lapsed.stage AND w.subject_id = lapsed.subject_id
            RETURNING w.stage, w.subject_id, w.stage_version, w.attempts, w.state
            """
        ),
        {"attempts_maximum": attempts_maximum},
    ).all()
    counts = {"pending": 0, "quarantined": 0}
    lost = Failure(reason="worker_lost", detail="Every worker that took it died or stalled.")
    for row in rows:
        counts[row.state] += 1
        if row.state == "quarantined":
            put(connection, row.stage, row.subject_id, row.stage_version, lost, row.attempts, None)
    return counts


def _parameters(claims: Iterable[Claim]) -> dict[str, object]:
    given = list(claims)
    return {
        "stages": [one.stage for one in given],
        "subject_ids": [one.subject_id for one in given],
        "fences": [one.fence for one in given],
    }
