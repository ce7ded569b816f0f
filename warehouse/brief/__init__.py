"""The brief's figures: one SELECT on the mart per file, whose first line asks the question that it answers.

A file may say `:day` (a date), `:since` and `:until` (the day's bounds), `:week_since` (seven days earlier) and
`:zone`. They are written into the text as literals: what the page prints is what ran, and can be run again.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from transforms.brief import records
from transforms.brief.records import Brief, Figure
from transforms.windows import day_start

Row = TypeVar("Row")
SECONDS_PER_FIGURE = 120
_PLACEHOLDER = re.compile(r"(?<!:):(day|since|until|week_since|zone)\b")
# Stopped for taking too long, or for waiting too long for somebody's lock.
_TOO_LONG = {"57014", "55P03"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A file: its name without `.sql`, the question that it answers, and its SELECT with placeholders."""

    name: str
    text: str
    query: str


def questions() -> dict[str, Question]:
    """All of them by name."""
    found = {}
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".sql"):
            name = file.name.removesuffix(".sql")
            first, query = file.read_text("utf-8").split("\n", 1)
            found[name] = Question(name=name, text=first.removeprefix("-- "), query=query.strip())
    return found


def written(question: Question, day: date, zone: ZoneInfo) -> str:
    """The SELECT of a question for a day of a time zone, ready to be pasted into psql."""
    values = {
        "day": f"DATE '{day}'",
        "since": _moment(day_start(day, zone)),
        "until": _moment(day_start(day + timedelta(days=1), zone)),
        "week_since": _moment(day_start(day - timedelta(days=7), zone)),
        "zone": f"'{zone.key}'",
    }
    return _PLACEHOLDER.sub(lambda found: values[found[1]], question.query)


def read_brief(
    connection: Connection, day: date, zone: ZoneInfo, *, now: datetime, seconds: float = SECONDS_PER_FIGURE
) -> Brief:
    """All figures of a day of `zone`. A query that runs longer than `seconds` is stopped, and its figure says so."""
    asked = questions()

    def read(name: str, kind: type[Row]) -> Figure[Row]:
        return _read(connection, asked[name], written(asked[name], day, zone), kind, seconds)

    return Brief(
        day=day,
        zone=zone.key,
        made_at=now,
        extent=read("extent", records.Extent),
        days=read("days", records.DayCount),
        hours=read("hours", records.HourCount),
        stories=read("stories", records.Story),
        names=read("names", records.Name),
        pairs=read("pairs", records.Pair),
        statements=read("statements", records.Statement),
        corrections=read("corrections", records.Correction),
        publishers=read("publishers", records.PublisherDay),
        copies=read("copies", records.Copying),
        rejections=read("rejections", records.RejectionCount),
        gaps=read("gaps", records.Gap),
        checks=read("checks", records.FailedCheck),
    )


def _read(connection: Connection, question: Question, sql: str, kind: type[Row], seconds: float) -> Figure[Row]:
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
            result = connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
            rows = tuple(kind(**row._mapping) for row in result)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) not in _TOO_LONG:
            raise
        failure = f"This query was stopped after {seconds:g} seconds."
        return Figure(name=question.name, question=question.text, sql=sql, failure=failure)
    return Figure(name=question.name, question=question.text, sql=sql, rows=rows)


def _moment(moment: datetime) -> str:
    return f"TIMESTAMPTZ '{moment:%Y-%m-%d %H:%M:%S}+00'"
