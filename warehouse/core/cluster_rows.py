"""Rows of core.clusters and core.cluster_members: made equal to the clusters that the rules find."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.clusters.clusters import CLUSTERER_VERSION, Cluster
from warehouse.copying import array_literal, columns_of, copy_rows
from warehouse.tables.clusters import cluster_members


def store_clusters(connection: Connection, affected: Collection[UUID], clusters: Collection[Cluster]) -> frozenset[UUID]:
    """Make the stored clusters of the affected articles equal to `clusters`. Equal rows are not written.

    Returns the clusters that were made, changed or dissolved.
    """
    held = {row["article_id"]: dict(row) for row in connection.execute(
        text("SELECT article_id, cluster_id, article_version_id, relation, similarity_ratio, is_canonical, is_wire_copy"
             " FROM core.cluster_members WHERE article_id = ANY(CAST(:ids AS uuid[]))"), {"ids": array_literal(affected)}).mappings()}
    wanted = {row["article_id"]: row for cluster in clusters for row in _member_rows(cluster)}
    rows = [_cluster_row(cluster) for cluster in clusters]
    names = list(rows[0]) if rows else []
    changed: set[UUID] = set()
    if rows:
        casts = {"cluster_id": "uuid", "canonical_article_id": "uuid", "origin_article_id": "uuid",
                 "origin_agency": "text", "member_count": "int", "publisher_count": "int",
                 "first_published_at": "timestamptz", "last_published_at": "timestamptz", "clusterer_version": "text"}
        arrays = ", ".join(f"CAST(:{name} AS {casts[name]}[])" for name in names)
        others = [name for name in names if name != "cluster_id"]
        changed |= set(connection.execute(
            text(
                f"INSERT INTO core.clusters AS c ({', '.join(names)}) SELECT * FROM unnest({arrays})"  # noqa: S608 - own names
                f" ON CONFLICT (cluster_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}"
                f" WHERE ({', '.join(f'c.{name}' for name in others)})"
                f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in others)}) RETURNING cluster_id"
            ),
            columns_of(rows, *names)).scalars())
    stale = {article_id for article_id, row in held.items() if wanted.get(article_id) != row}
    fresh = [row for article_id, row in sorted(wanted.items()) if held.get(article_id) != row]
    changed |= {held[article_id]["cluster_id"] for article_id in stale} | {row["cluster_id"] for row in fresh}
    if stale:
        connection.execute(text("DELETE FROM core.cluster_members WHERE article_id = ANY(CAST(:ids AS uuid[]))"), {"ids": array_literal(stale)})
    copy_rows(connection, cluster_members, fresh)
    gone = {row["cluster_id"] for row in held.values()} - {cluster.cluster_id for cluster in clusters}
    if gone:
        connection.execute(text("DELETE FROM core.clusters WHERE cluster_id = ANY(CAST(:ids AS uuid[]))"), {"ids": array_literal(gone)})
    return frozenset(changed)


def _cluster_row(cluster: Cluster) -> dict[str, Any]:
    times = [member.candidate.published_at for member in cluster.members]
    return {
        "cluster_id": cluster.cluster_id, "canonical_article_id": cluster.canonical.article_id,
        "origin_article_id": cluster.origin.article_id, "origin_agency": cluster.origin.agency,
        "member_count": len(cluster.members),
        "publisher_count": len({member.candidate.publisher_id for member in cluster.members}),
        "first_published_at": min(times), "last_published_at": max(times), "clusterer_version": CLUSTERER_VERSION,
    }


def _member_rows(cluster: Cluster) -> list[dict[str, Any]]:
    return [{
        "article_id": member.candidate.article_id, "cluster_id": cluster.cluster_id,
        "article_version_id": member.candidate.article_version_id, "relation": member.relation,
        "similarity_ratio": member.similarity, "is_canonical": member.relation == "canonical",
        "is_wire_copy": member.is_wire_copy,
    } for member in cluster.members]
