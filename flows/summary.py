"""What is shown at the end of a run: to a person at the prompt, as JSON, and as Prefect's artifacts."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Connection, Engine

from flows.pipeline import RunReport
from warehouse import highlights

# Columns, where what is printed goes to no terminal.
PIPE_WIDTH = 150
UNITS = {"feed_item": "feed items", "capture": "captures", "document": "documents"}


def counts_table(report: RunReport) -> list[dict[str, Any]]:
    """The run's counts, one row per unit, outcome and stage: what a Prefect table artifact shows."""
    rows: list[dict[str, Any]] = []
    for unit, outcomes in report.counts.items():
        rows += [{"of": UNITS.get(unit, unit), "outcome": name, "count": count} for name, count in outcomes.items()]
    for stage, counts in report.stages.items():
        rows += [{"of": stage, "outcome": name, "count": count} for name, count in counts.items()]
    return rows


def markdown_summary(connection: Connection) -> str:
    """The newest articles and events as Markdown."""
    lines = ["| published | publisher | place | article |", "|---|---|---|---|"]
    for row in highlights.newest_articles(connection):
        cells = [_time(row), row["publisher_name"], row["dateline_place"] or "", row["display_title"] or ""]
        lines.append("| " + " | ".join(_markdown(cell) for cell in cells) + " |")
    lines += ["", "| when | who | did what | to whom | where |", "|---|---|---|---|---|"]
    for row in highlights.newest_events(connection):
        cells = [str(row["day"] or ""), _side(row, "actor"), _what(row), _side(row, "recipient"), row["place"]]
        lines.append("| " + " | ".join(_markdown(cell) for cell in cells) + " |")
    return "\n".join(lines)


def print_summary(engine: Engine, report: RunReport, *, as_json: bool = False) -> None:
    """Print what the run came to."""
    if as_json:
        record = {
            "run_id": str(report.run_id), "kind": report.kind, "elapsed_seconds": round(report.elapsed_seconds, 3),
            "counts": report.counts, "stages": report.stages, "failed_checks": report.failed_checks,
            "is_published": report.is_published,
        }
        click.echo(json.dumps(record))
        return
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    with engine.connect() as connection:
        _print_articles(console, highlights.newest_articles(connection))
        _print_entities(console, highlights.most_mentioned(connection))
        _print_events(console, highlights.newest_events(connection))
        _print_refused(console, highlights.refused(connection))
    _print_counts(console, report)
    console.print()
    called = _called()
    console.print(f"Next:  [bold]{called} sql[/] to query, [bold]{called} status[/] to see how it is.")
    console.print(f"       {called} sql -c", '"select published_at, headline from mart.articles"')


def _called() -> str:
    """What to type for `dateline`: as this run was called where no PATH leads to it, as after `make run`."""
    return sys.argv[0] if Path(sys.argv[0]).name == "dateline" and which("dateline") is None else "dateline"


def _print_counts(console: Console, report: RunReport) -> None:
    seconds = f"{report.elapsed_seconds:.1f} s"
    changed = sum(
        report.stages.get(stage, {}).get(outcome, 0)
        for stage, outcomes in (("capture-files", ("new",)), ("capture-pages", ("content",)), ("extract", ("new", "changed")))
        for outcome in outcomes
    )
    worked = {stage: counts for stage, counts in report.stages.items() if any(counts.values())}
    console.print()
    if not changed and not any(stage in worked for stage in ("extract", "cluster", "annotate")):
        console.print(f"[bold]Nothing new:[/] 0 rows inserted, 0 rows changed ({seconds}).")
    else:
        console.print(f"[bold]Done[/] in {seconds}, from the first capture to the last commit:")
        for stage, counts in worked.items():
            console.print(f"  {stage:<14} " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count))
    for unit, outcomes in report.counts.items():
        seen = outcomes.get("seen", 0)
        if seen:
            parts = ", ".join(f"{count} {name}" for name, count in outcomes.items() if name != "seen" and count)
            console.print(f"  {seen} {UNITS.get(unit, unit)} seen = {parts}")
    for severity, names in report.failed_checks.items():
        console.print(f"[bold red]checks failed ({severity}):[/] {', '.join(names)}")
    if not report.is_published:
        console.print("[bold red]The run is not published.[/]")


def _print_articles(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    table = _table("Newest articles", "published (UTC)", "publisher", "place", "lang", "article", "note")
    # What the other columns need at most.
    title_width = max(30, console.width - 88)
    for row in rows:
        table.add_row(
            _time(row), _cut(row["publisher_name"], 20), _cut(row["dateline_place"], 16), row["language"] or "",
            _cut(row["display_title"], title_width), _note(row),
        )
    console.print(table)


def _print_entities(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    table = _table("Most mentioned", "name", "kind", "country", "office", "articles", "mentions")
    for row in rows:
        table.add_row(
            _cut(row["entity_name"], 40), row["kind"], row["country_code"] or "", _cut(row["office"], 45),
            str(row["article_count"]), str(row["mention_count"]),
        )
    console.print(table)


def _print_events(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    table = _table("Who did what to whom", "when", "who", "did what", "to whom", "where")
    side_width = max(24, (console.width - 60) // 2)
    for row in rows:
        table.add_row(
            str(row["day"] or ""), _cut(_side(row, "actor"), side_width), _what(row),
            _cut(_side(row, "recipient"), side_width), _cut(row["place"], 20),
        )
    console.print(table)


def _print_refused(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    table = _table("Rejected", "document", "reason", "detail")
    for row in rows:
        table.add_row(_cut(row["source"], 60), row["reason"], _cut(row["detail"], max(30, console.width - 80)))
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", header_style="dim", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True, overflow="ellipsis")
    return table


def _cut(value: str | None, width: int) -> str:
    """Text for one cell: cut to `width`, and never taken for markup."""
    text = " ".join((value or "").split())
    return escape(text if len(text) <= width else text[: width - 1] + "…")


def _time(row: Mapping[str, Any]) -> str:
    moment: datetime | None = row["published_at"]
    if moment is None:
        return "not given"
    return f"{moment:%Y-%m-%d}" if row["published_at_precision"] in ("day", "month", "year") else f"{moment:%Y-%m-%d %H:%M}"


def _note(row: Mapping[str, Any]) -> str:
    notes = []
    if row["pub_status"] == "canceled":
        notes.append("killed")
    elif row["version_count"] > 1:
        notes.append(f"{row['version_count']} versions, {row['change_kind']}")
    if row["relation"] in ("exact", "near"):
        notes.append(f"{row['relation']} duplicate")
    return ", ".join(notes)


def _what(row: Mapping[str, Any]) -> str:
    mode = f" {', '.join(row['modes'])}" if row["modes"] else ""
    status = "" if row["status"] == "actual" else f" ({row['status']})"
    return f"{row['event_type']}{mode}{status}"


def _side(row: Mapping[str, Any], role: str) -> str:
    """The actors or recipients of an event, with their countries."""
    countries = row[f"{role}_countries"]
    return ", ".join(row[f"{role}s"]) + (f" ({', '.join(countries)})" if countries else "")


def _markdown(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
