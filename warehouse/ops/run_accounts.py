"""The account of a run's captures, drawn from the tables themselves and not from what the run remembers."""

from collections import Counter
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.ops.runs import SEEN

_CAPTURES = text(
    """
    SELECT CASE WHEN w.state = 'done' THEN w.outcome WHEN w.state = 'quarantined' THEN 'quarantined'
                WHEN w.state IS NOT NULL THEN 'pending' END AS outcome,
           count(*) AS capture_count
    FROM (
        SELECT capture_id FROM raw.captures WHERE run_id = :run_id AND outcome = 'content'
        UNION
        SELECT subject_id FROM ops.work WHERE run_id = :run_id AND stage = 'extract'
    ) AS own (capture_id)
    LEFT JOIN ops.work w ON w.stage = 'extract' AND w.subject_id = own.capture_id
    GROUP BY 1
    """
)
# A capture whose bytes were archived or forgotten between claim and reading has nothing to read.
_OUTCOMES = {"gone": "rejected"}


def count_captures(connection: Connection, run_id: UUID) -> dict[str, int]:
    """What became of the captures that the run made or read: `seen`, and an outcome for each that has one.

    A capture without work is counted as seen alone, so that the law of captures is broken by it.
    """
    counts: Counter[str] = Counter()
    for row in connection.execute(_CAPTURES, {"run_id": run_id}):
        counts[SEEN] += row.capture_count
        if row.outcome is not None:
            counts[_OUTCOMES.get(row.outcome, row.outcome)] += row.capture_count
    return dict(counts)
