"""Checks: each file is a SELECT of offending rows; together they judge a run before it is published.

A file begins with `-- severity: error` (the run is not published) or `-- severity: warning`, then a comment
that says what is wrong with the rows it finds. It may use the parameter `:run_id`.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.tables.operations import check_results
from warehouse.upserts import upsert

SAMPLE_ROWS = 5
_HEADER = re.compile(r"-- severity: (error|warning)\n((?:-- .*\n)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One file: its name without `.sql`, its severity, what it says is wrong, and its SELECT."""

    name: str
    severity: str
    description: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found in a run."""

    name: str
    severity: str
    description: str
    offending_count: int
    sample: tuple[dict[str, Any], ...]
    elapsed_milliseconds: int

    @property
    def is_passed(self) -> bool:
        """Whether no row offended."""
        return self.offending_count == 0


def read_checks() -> Iterator[Check]:
    """All checks, by name. Raises ValueError naming a file whose header is not as it must be."""
    for file in sorted(files("warehouse.checks").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".sql"):
            continue
        query = file.read_text(encoding="utf-8")
        header = _HEADER.match(query)
        if header is None:
            raise ValueError(f"warehouse/checks/{file.name} does not begin with its severity and what it says")
        description = " ".join(line.removeprefix("-- ") for line in header[2].splitlines())
        yield Check(name=file.name.removesuffix(".sql"), severity=header[1], description=description, query=query)


def run_checks(connection: Connection, run_id: UUID) -> tuple[CheckResult, ...]:
    """Run every check, and record what each found for this run in ops.check_results."""
    results = tuple(_run(connection, check, run_id) for check in read_checks())
    rows = [
        {
            "run_id": run_id,
            "check_name": result.name,
            "severity": result.severity,
            "is_passed": result.is_passed,
            "offending_count": result.offending_count,
            "sample": {"rows": [{name: str(value) for name, value in row.items()} for row in result.sample]},
            "elapsed_milliseconds": result.elapsed_milliseconds,
        }
        for result in results
    ]
    upsert(connection, check_results, rows)
    return results


def _run(connection: Connection, check: Check, run_id: UUID) -> CheckResult:
    started = time.monotonic()
    statement = text(check.query)
    parameters = {"run_id": run_id} if ":run_id" in check.query else {}
    sample: list[dict[str, Any]] = []
    count = 0
    for row in connection.execute(statement, parameters).mappings():
        count += 1
        if count <= SAMPLE_ROWS:
            sample.append(dict(row))
    return CheckResult(
        name=check.name, severity=check.severity, description=check.description, offending_count=count,
        sample=tuple(sample), elapsed_milliseconds=round((time.monotonic() - started) * 1000),
    )
