"""Rows of core.articles: inserted whole with their first versions, updated where a later sighting says more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.articles.versions import Sighting, Span, version_id
from transforms.identity import publisher_id
from warehouse.copying import columns_of
from warehouse.core.version_plans import Arrival


def article_rows(
    spans: Mapping[UUID, Sequence[Span]], sightings: Mapping[UUID, Sequence[Sighting]], arrivals: Iterable[Arrival]
) -> list[dict[str, Any]]:
    """The row of each article in `spans`, by id. Of several addresses the least is kept.

    An article without sightings has null times and no current version: they were another article's.
    """
    given = list(arrivals)
    publishers = {code: publisher_id(code) for code in {arrival.identity.publisher_code for arrival in given}}
    own: dict[UUID, dict[str, Any]] = {}
    statuses: dict[tuple[UUID, int], str] = {}
    for arrival in given:
        identity = arrival.identity
        row = own.setdefault(arrival.article_id, {
            "publisher_id": publishers[identity.publisher_code], "identity_kind": identity.kind,
            "identity_key": identity.key, "external_id": identity.key if identity.kind == "external_id" else None,
            "canonical_url": None})
        row["canonical_url"] = min(filter(None, (arrival.canonical_url, row["canonical_url"])), default=None)
        statuses[arrival.sighting.capture_id, arrival.sighting.document_number] = arrival.article.pub_status
    absent = dict.fromkeys(("publisher_id", "identity_kind", "identity_key", "external_id", "canonical_url"))
    rows = []
    for article_id in sorted(spans):
        seen = sightings.get(article_id, ())
        last = spans[article_id][-1].sighting if seen else None
        rows.append({
            "article_id": article_id, **own.get(article_id, absent),
            "first_seen_at": min((one.captured_at for one in seen), default=None),
            "last_seen_at": max((one.captured_at for one in seen), default=None),
            "current_version_id": last and version_id(article_id, last.capture_id, last.document_number),
            "pub_status": last and statuses.get((last.capture_id, last.document_number)),
        })
    return rows


def insert_articles(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Insert the articles that are missing, in the order given. Returns those that were there before."""
    inserted = connection.execute(
        text(
            "INSERT INTO core.articles (article_id, publisher_id, identity_kind, identity_key, external_id,"
            "   canonical_url, first_seen_at, last_seen_at, current_version_id, pub_status)"
            " SELECT * FROM unnest(CAST(:article_id AS uuid[]), CAST(:publisher_id AS uuid[]),"
            "   CAST(:identity_kind AS text[]), CAST(:identity_key AS text[]), CAST(:external_id AS text[]),"
            "   CAST(:canonical_url AS text[]), CAST(:first_seen_at AS timestamptz[]),"
            "   CAST(:last_seen_at AS timestamptz[]), CAST(:current_version_id AS uuid[]), CAST(:pub_status AS text[]))"
            " ON CONFLICT (article_id) DO NOTHING RETURNING article_id"
        ),
        columns_of(rows, "article_id", "publisher_id", "identity_kind", "identity_key", "external_id", "canonical_url",
                   "first_seen_at", "last_seen_at", "current_version_id", "pub_status"),
    )
    return {row["article_id"] for row in rows} - set(inserted.scalars())


def update_articles(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set names, first and last sight, current version and its status where they differ."""
    if not rows:
        return
    connection.execute(
        text(
            "UPDATE core.articles a SET external_id = n.external_id, canonical_url = n.canonical_url,"
            "   first_seen_at = n.first_seen_at, last_seen_at = n.last_seen_at,"
            "   current_version_id = n.current_version_id, pub_status = n.pub_status"
            " FROM (SELECT g.article_id, coalesce(g.external_id, b.external_id) AS external_id,"
            "     least(g.canonical_url, b.canonical_url) AS canonical_url,"
            "     coalesce(g.first_seen_at, b.first_seen_at) AS first_seen_at,"
            "     coalesce(g.last_seen_at, b.last_seen_at) AS last_seen_at, g.current_version_id,"
            "     coalesce(v.pub_status, 'canceled') AS pub_status"
            "   FROM unnest(CAST(:article_id AS uuid[]), CAST(:external_id AS text[]),"
            "     CAST(:canonical_url AS text[]), CAST(:first_seen_at AS timestamptz[]),"
            "     CAST(:last_seen_at AS timestamptz[]), CAST(:current_version_id AS uuid[]))"
            "     AS g (article_id, external_id, canonical_url, first_seen_at, last_seen_at, current_version_id)"
            "   JOIN core.articles b USING (article_id)"
            "   LEFT JOIN core.article_versions v ON v.article_version_id = g.current_version_id) n"
            " WHERE a.article_id = n.article_id AND"
            "   (a.external_id, a.canonical_url, a.first_seen_at, a.last_seen_at, a.current_version_id, a.pub_status)"
            "   IS DISTINCT FROM (n.external_id, n.canonical_url, n.first_seen_at, n.last_seen_at,"
            "   n.current_version_id, n.pub_status)"
        ),
        columns_of(rows, "article_id", "external_id", "canonical_url", "first_seen_at", "last_seen_at",
                   "current_version_id"),
    )
