"""`dateline entities`: who is called so, what is known of them, and a person's word on who is one with whom."""

import getpass
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, text

from flows.json_values import json_value
from transforms.failures import PermanentError
from warehouse.core.entity_groups import regroup_entities
from warehouse.engine import open_warehouse
from warehouse.ops.judgements import JudgementKind, StoredJudgement, record_judgement, revoke_judgement

APPLICATION = "dateline entities"
FOUND = "SELECT entity_id::text, entity_name, kind, country_code, matched_alias, article_count FROM mart.search_entities(:name, :limit)"
ENTITY = "SELECT entity_id::text, name, kind, country_code, office, wikidata_id, is_known FROM mart.entities WHERE entity_id = :id"
# What stands behind a survivor, and where from each of its names is.
PARTS = """
SELECT 'member' AS part, entity_id::text AS id, name, country_code AS detail, entity_key AS source, NULL::date AS valid_from,
    NULL::date AS valid_until
FROM core.entities WHERE resolved_id = :id AND entity_id <> :id
UNION ALL
SELECT 'name', NULL, n.alias, coalesce(n.script, '') || coalesce(' ' || n.language, ''), string_agg(DISTINCT n.source, ', '),
    n.valid_from, n.valid_until
FROM mart.entity_aliases n WHERE n.entity_id = :id GROUP BY n.alias, n.script, n.language, n.valid_from, n.valid_until
UNION ALL
SELECT 'office', NULL, o.title, o.country_code, o.source, o.started_date, o.ended_date FROM mart.offices o WHERE o.entity_id = :id
ORDER BY part, detail NULLS FIRST, name, valid_from
"""
JUDGEMENTS = """
SELECT j.judgement_id::text, j.kind, l.name AS left_name, r.name AS right_name, j.left_id::text, j.right_id::text, j.judge,
    j.reason, j.made_at, j.revoked_at
FROM ops.judgements j LEFT JOIN core.entities l ON l.entity_id = j.left_id LEFT JOIN core.entities r ON r.entity_id = j.right_id
WHERE j.kind IN ('entity_merge', 'entity_split')
    AND (CAST(:id AS uuid) IS NULL OR CAST(:id AS uuid) IN (j.left_id, j.right_id, l.resolved_id, r.resolved_id))
ORDER BY j.made_at, j.judgement_id
"""
NAMED = """
SELECT entity_id FROM core.entities WHERE entity_id::text = lower(:name) OR wikidata_id = :name OR md5(entity_key) = md5(:name)
UNION
SELECT entity_id FROM mart.entity_aliases WHERE alias_folded = core.folded(:name) LIMIT 20
"""

json_option = click.option("--json", "as_json", is_flag=True, help="One row a line, as JSON.")
reason_option = click.option("--reason", required=True, help="Why, for whoever reads the judgement later.")
judge_option = click.option("--judge", default=getpass.getuser, show_default="your user name", help="Who judges.")


@click.group(
    epilog="""\b
An ENTITY is named by its id, its Wikidata item, or a name that only one goes by. Examples:
  dateline entities find Токаев
  dateline entities show Q200881 --json
  dateline entities merge Q200881 "K. Tokayev" --reason "same speech"
  dateline entities split "K. Tokayev" --reason "a footballer" """
)
def command() -> None:
    """People, organizations and places: find them, show them, and merge or split them by a judgement that no rule overrides."""


@command.command()
@click.argument("name")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Entities to show.")
@json_option
def find(name: str, limit: int, as_json: bool) -> None:
    """Find entities whose name, in any script and spelling, is like NAME: most alike first."""
    with open_warehouse(application=APPLICATION) as engine, engine.connect() as connection:
        rows = _rows(connection, FOUND, name=name, limit=limit)
    _print(rows, as_json, nothing=f"Nobody and nothing is called like {name}.")


@command.command()
@click.argument("entity")
@json_option
def show(entity: str, as_json: bool) -> None:
    """Show ENTITY with whom it is one with, its names by script and validity, its offices and judgements."""
    with open_warehouse(application=APPLICATION) as engine, engine.connect() as connection:
        survivor = _survivor(connection, _entity(connection, entity))
        about = _rows(connection, ENTITY, id=survivor)
        parts = _rows(connection, PARTS, id=survivor)
        judged = _rows(connection, JUDGEMENTS, id=survivor)
    for rows in (about, parts, judged):
        _print(rows, as_json)


@command.command()
@click.argument("kept")
@click.argument("other")
@reason_option
@judge_option
def merge(kept: str, other: str, reason: str, judge: str) -> None:
    """Make OTHER and KEPT one for good: views show KEPT, with the names of both."""
    _judge("entity_merge", kept, other, reason, judge)


@command.command()
@click.argument("entity")
@click.argument("other", required=False)
@reason_option
@judge_option
def split(entity: str, other: str | None, reason: str, judge: str) -> None:
    """Keep ENTITY and OTHER apart for good, by their ids; without OTHER, keep ENTITY apart from every other."""
    _judge("entity_split", entity, other, reason, judge)


@command.command()
@click.argument("entity", required=False)
@json_option
def judgements(entity: str | None, as_json: bool) -> None:
    """List the judgements on ENTITY, or all: who judged what, when and why, and which were taken back."""
    with open_warehouse(application=APPLICATION) as engine, engine.connect() as connection:
        given = None if entity is None else _survivor(connection, _entity(connection, entity))
        rows = _rows(connection, JUDGEMENTS, id=given)
    _print(rows, as_json, nothing="Nothing was judged.")


@command.command()
@click.argument("judgement", type=click.UUID)
def revoke(judgement: UUID) -> None:
    """Take JUDGEMENT (its id, as `judgements` lists it) back: the rules decide again."""
    with open_warehouse(application=APPLICATION) as engine, engine.begin() as connection:
        row = revoke_judgement(connection, judgement, datetime.now(UTC))
        if row is None or not row.kind.startswith("entity_"):
            raise PermanentError(f"No judgement {judgement} on entities stands: `dateline entities judgements` lists them.")
        changed = regroup_entities(connection, {one for one in (row.left_id, row.right_id) if one})
    _say(len(changed))


def _judge(kind: JudgementKind, entity: str, other: str | None, reason: str, judge: str) -> None:
    with open_warehouse(application=APPLICATION) as engine, engine.begin() as connection:
        left = _entity(connection, entity)
        right = None if other is None else _entity(connection, other)
        if left == right:
            raise PermanentError(f"{entity} and {other} are the same entity: name two, by their ids.")
        record_judgement(connection, StoredJudgement(
            kind=kind, left_id=left, right_id=right, judge=judge, reason=reason, made_at=datetime.now(UTC)))  # fmt: skip
        changed = regroup_entities(connection, {left, right} if right else {left})
        is_one = right is not None and _survivor(connection, left) == _survivor(connection, right)
        if right is not None and is_one != (kind == "entity_merge"):
            raise PermanentError(
                f"Other judgements say the contrary of {entity} and {other}: `dateline entities judgements` lists them;"
                " revoke one first."
            )
    _say(len(changed))


def _say(changed: int) -> None:
    click.echo(f"Recorded; {changed} entities changed. Counts by day and event clusters follow with the next run.")


def _entity(connection: Connection, name: str) -> UUID:
    found = connection.scalars(text(NAMED), {"name": name.strip()}).all()
    if not found:
        raise PermanentError(f"No entity is named {name}: `dateline entities find` finds what is called alike.")
    if len(found) > 1:
        raise PermanentError(f"{len(found)} entities are named {name}: give the id of one: {', '.join(map(str, sorted(found)))}.")
    return UUID(str(found[0]))


def _survivor(connection: Connection, entity_id: UUID) -> UUID:
    return UUID(str(connection.scalar(text("SELECT resolved_id FROM core.entities WHERE entity_id = :id"), {"id": entity_id})))


def _rows(connection: Connection, query: str, **parameters: object) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(text(query), parameters).mappings()]


def _print(rows: list[dict[str, Any]], as_json: bool, *, nothing: str | None = None) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=json_value))
        return
    if not rows:
        if nothing:
            click.echo(nothing)
        return
    table = Table(header_style="bold")
    for name in rows[0]:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 200).print(table)
