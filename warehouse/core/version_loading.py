"""Making the stored versions of articles equal to what their sightings say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Connection, text, update

from transforms.articles.versions import Sighting, Span
from warehouse.copying import array_literal, columns_of, copy_rows
from warehouse.core.events import move_events
from warehouse.core.version_plans import Arrival, Plan, StoredVersion, content_of, facts_of, plans_of
from warehouse.core.version_rows import (
    CONTENT_COLUMNS,
    TEXT_COLUMNS,
    author_rows,
    content_row,
    differences,
    link_rows,
    subject_rows,
)
from warehouse.tables.articles import article_versions, version_authors, version_links, version_subjects


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChange:
    """What storing changed: ids of versions that were inserted, rewritten in place, or have another text.

    `articles` are those with any change of their versions.
    """

    inserted: frozenset[UUID]
    rewritten: frozenset[UUID]
    stale: frozenset[UUID]
    articles: frozenset[UUID]


def store_versions(
    connection: Connection,
    spans: Mapping[UUID, Sequence[Span]],
    sightings: Mapping[UUID, Sequence[Sighting]],
    arrivals: Mapping[tuple[UUID, int], Arrival],
    now: datetime,
    known: Collection[UUID],
) -> VersionChange:
    """Insert, rewrite, move and supersede versions until those stored are `spans`, by article.

    The articles are locked; all but those `known` were made in this transaction and have none yet. Nothing is deleted: a version that is none after all is superseded at `now`.
    """
    stored = _stored(connection, known)
    plans = [plan for article_id in sorted(spans)
             for plan in plans_of(article_id, spans[article_id], sightings.get(article_id, ()),
                                  stored.get(article_id, {}), arrivals)]
    held = _contents(connection, {plan.key for plan in plans if plan.stored and plan.arrival}
                     | {plan.copied_from for plan in plans if plan.copied_from})
    rows = {plan.key: _content(plan, held) for plan in plans if plan.arrival or plan.copied_from}
    rewrites = {plan.key: changed for plan in plans if plan.stored and plan.arrival
                and (changed := differences(held[plan.key], rows[plan.key]))}
    fresh = {plan.key for plan in plans if plan.stored is None}
    redone = fresh | rewrites.keys()
    judged = [plan for plan in plans if plan.is_moved or plan.key in redone or plan.previous in redone]
    facts = _facts(connection, judged, rows)
    gone = {version.key: article_id for article_id, versions in stored.items() for version in versions.values()
            if not version.is_superseded} if stored else {}
    for plan in plans:
        gone.pop(plan.key, None)
    _supersede(connection, gone, now)
    moved = _move(connection, [plan for plan in judged if plan.stored], facts)
    _rewrite(connection, rewrites)
    copy_rows(connection, article_versions, [
        {"article_version_id": plan.key, "article_id": plan.article_id,
         "capture_id": plan.span.sighting.capture_id, "document_number": plan.span.sighting.document_number,
         "recorded_at": now, **rows[plan.key], **facts[plan.key]} for plan in plans if plan.stored is None])
    _store_details(connection, plans)
    return VersionChange(
        inserted=frozenset(fresh), rewritten=frozenset(rewrites),
        stale=frozenset(fresh | {key for key, changed in rewrites.items() if changed.keys() & TEXT_COLUMNS}),
        articles=frozenset({plan.article_id for plan in plans if plan.key in redone or plan.key in moved}
                           | set(gone.values())),
    )


def _stored(connection: Connection, article_ids: Collection[UUID]) -> dict[UUID, dict[UUID, StoredVersion]]:
    found = connection.execute(
        text(
            "SELECT article_version_id, article_id, capture_id, document_number, content_sha256, valid_from,"
            " valid_to, superseded_at, change_kind, change_summary, warnings"
            " FROM core.article_versions WHERE article_id = ANY(CAST(:ids AS uuid[]))"
        ),
        {"ids": array_literal(article_ids)},
    )
    by_article: dict[UUID, dict[UUID, StoredVersion]] = {}
    for row in found:
        by_article.setdefault(row.article_id, {})[row.article_version_id] = StoredVersion(
            key=row.article_version_id, capture_id=row.capture_id, document_number=row.document_number,
            content_sha256=bytes(row.content_sha256), valid_from=row.valid_from, valid_to=row.valid_to,
            is_superseded=row.superseded_at is not None, change_kind=row.change_kind,
            change_summary=row.change_summary, warnings=tuple(row.warnings))
    return by_article


def _contents(connection: Connection, keys: Iterable[UUID]) -> dict[UUID, Mapping[str, Any]]:
    wanted = set(keys)
    if not wanted:
        return {}
    found = connection.execute(
        text(f"SELECT article_version_id, {', '.join(CONTENT_COLUMNS)}"  # noqa: S608 - column names of our own
             " FROM core.article_versions WHERE article_version_id = ANY(CAST(:ids AS uuid[]))"),
        {"ids": array_literal(wanted)},
    )
    return {row["article_version_id"]: dict(row) for row in found.mappings()}


def _content(plan: Plan, held: Mapping[UUID, Mapping[str, Any]]) -> dict[str, Any]:
    if plan.arrival is not None:
        return content_row(plan.arrival.article, plan.arrival.sighting.content_sha256, plan.arrival.parser_version)
    assert plan.copied_from is not None
    source = held[plan.copied_from]
    return {column: Jsonb(source[column]) if column == "provenance" else source[column] for column in CONTENT_COLUMNS}


def _facts(
    connection: Connection, judged: Sequence[Plan], rows: Mapping[UUID, Mapping[str, Any]]
) -> dict[UUID, dict[str, Any]]:
    contents = {key: content_of(row) for key, row in rows.items()}
    missing = {key for plan in judged for key in (plan.key, plan.previous) if key and key not in contents}
    contents |= {key: content_of(row) for key, row in _contents(connection, missing).items()}
    return {plan.key: facts_of(plan, contents[plan.key], contents[plan.previous] if plan.previous else None)
            for plan in judged}


def _supersede(connection: Connection, keys: Iterable[UUID], now: datetime) -> None:
    wanted = set(keys)
    if wanted:
        connection.execute(
            text("UPDATE core.article_versions SET superseded_at = greatest(:now, recorded_at)"
                 " WHERE article_version_id = ANY(CAST(:ids AS uuid[]))"),
            {"ids": array_literal(wanted), "now": now})


def _move(connection: Connection, plans: Sequence[Plan], facts: Mapping[UUID, Mapping[str, Any]]) -> set[UUID]:
    """Give stored versions their validity and what follows from their neighbours. Returns those that changed."""
    changed = []
    for plan in plans:
        row, stored = facts[plan.key], plan.stored
        if stored is not None and (
            stored.is_superseded or (stored.valid_from, stored.valid_to, stored.change_kind, stored.change_summary,
                                     list(stored.warnings))
            != (row["valid_from"], row["valid_to"], row["change_kind"], row["change_summary"], row["warnings"])
        ):
            changed.append({"article_version_id": plan.key, **row, "warnings": Jsonb(row["warnings"])})
    if changed:
        connection.execute(
            text(
                "UPDATE core.article_versions v SET valid_from = n.valid_from, valid_to = n.valid_to,"
                "   change_kind = n.change_kind, change_summary = n.change_summary, superseded_at = NULL,"
                "   warnings = ARRAY(SELECT jsonb_array_elements_text(n.warnings))"
                " FROM unnest(CAST(:article_version_id AS uuid[]), CAST(:valid_from AS timestamptz[]),"
                "   CAST(:valid_to AS timestamptz[]), CAST(:change_kind AS text[]),"
                "   CAST(:change_summary AS text[]), CAST(:warnings AS jsonb[]))"
                "   AS n (article_version_id, valid_from, valid_to, change_kind, change_summary, warnings)"
                " WHERE v.article_version_id = n.article_version_id"
            ),
            columns_of(changed, "article_version_id", "valid_from", "valid_to", "change_kind", "change_summary",
                       "warnings"),
        )
    return {row["article_version_id"] for row in changed}


def _rewrite(connection: Connection, rewrites: Mapping[UUID, Mapping[str, Any]]) -> None:
    for key in sorted(rewrites):
        values = {column: value.obj if isinstance(value, Jsonb) else value for column, value in rewrites[key].items()}
        connection.execute(
            update(article_versions).where(article_versions.c.article_version_id == key).values(values))
    move_events(connection, {key for key, changed in rewrites.items() if "published_at" in changed})


def _store_details(connection: Connection, plans: Sequence[Plan]) -> None:
    """Authors, subjects and links: copied in for new versions, replaced where a stored version has others."""
    arrived = [(plan.key, plan.arrival.article) for plan in plans if plan.arrival is not None]
    subjects: dict[UUID, dict[str, Any]] = {}
    filed = []
    for key, article in arrived:
        own, rows = subject_rows(key, article)
        subjects |= {subject["subject_id"]: subject for subject in own}
        filed += rows
    if subjects:
        ordered = [subjects[key] for key in sorted(subjects)]
        connection.execute(
            text(
                "INSERT INTO core.subjects (subject_id, scheme, code, name) SELECT * FROM unnest("
                "CAST(:subject_id AS uuid[]), CAST(:scheme AS text[]), CAST(:code AS text[]), CAST(:name AS text[]))"
                " ON CONFLICT DO NOTHING"
            ),
            columns_of(ordered, "subject_id", "scheme", "code", "name"))
    details = (
        (version_authors, [row for key, article in arrived for row in author_rows(key, article)]),
        (version_subjects, filed),
        (version_links, [row for key, article in arrived for row in link_rows(key, article)]),
    )
    known = sorted(plan.key for plan in plans if plan.arrival is not None and plan.stored is not None)
    for table, rows in details:
        columns = [column.name for column in table.columns]
        by_version: dict[UUID, list[dict[str, Any]]] = {}
        for row in rows:
            by_version.setdefault(row["article_version_id"], []).append(row)
        same: set[UUID] = set()
        if known:
            held: dict[UUID, list[dict[str, Any]]] = {}
            for found in connection.execute(
                    table.select().where(table.c.article_version_id.in_(known)).order_by(table.c.position)).mappings():
                held.setdefault(found["article_version_id"], []).append({name: found[name] for name in columns})
            same = {key for key in known if held.get(key, []) == by_version.get(key, [])}
            if other := [key for key in known if key not in same and key in held]:
                connection.execute(table.delete().where(table.c.article_version_id.in_(other)))
        copy_rows(connection, table, [row for row in rows if row["article_version_id"] not in same])
        for plan in plans:
            if plan.copied_from is not None:
                names = ", ".join(column for column in columns if column != "article_version_id")
                connection.execute(
                    text(f"INSERT INTO {table.fullname} (article_version_id, {names})"  # noqa: S608 - our own names
                         f" SELECT :key, {names} FROM {table.fullname} WHERE article_version_id = :source"),
                    {"key": plan.key, "source": plan.copied_from})
