"""ops.tombstones: what was taken down stays down. Nothing is kept of it but hashes and the article's id."""

import hashlib
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, select, text

from transforms.identity import derived_id
from warehouse.tables.operations import tombstones


def forgotten_urls(connection: Connection, urls: Collection[str]) -> frozenset[str]:
    """Those of `urls` that were taken down."""
    hashes = {digest_of(url): url for url in urls}
    return frozenset(hashes[digest] for digest in _found(connection, "url", hashes))


def forgotten_contents(connection: Connection, digests: Collection[bytes]) -> frozenset[bytes]:
    """Those SHA-256 of contents that were taken down."""
    return _found(connection, "content", digests)


def set_tombstones(connection: Connection, kind: str, targets: Mapping[bytes, UUID | None], *, reason: str,
                   requested_by: str | None) -> None:
    """Keep down what has these SHA-256 (of a URL, an article's id or a content, as `kind` says); a value is an article's id."""
    for digest in sorted(targets):
        connection.execute(text("""
            INSERT INTO ops.tombstones (tombstone_id, kind, target_sha256, article_id, reason, requested_by)
            VALUES (:id, :kind, :digest, :article_id, :reason, :requested_by) ON CONFLICT DO NOTHING
        """), {"id": derived_id("tombstone", kind, digest.hex()), "kind": kind, "digest": digest,
               "article_id": targets[digest], "reason": reason, "requested_by": requested_by})


def digest_of(value: str) -> bytes:
    """The SHA-256 by which a URL or an article's id is remembered."""
    return hashlib.sha256(value.encode("utf-8", "replace")).digest()


def _found(connection: Connection, kind: str, digests: Collection[bytes]) -> frozenset[bytes]:
    if not digests:
        return frozenset()
    found = connection.scalars(select(tombstones.c.target_sha256).where(
        tombstones.c.kind == kind, tombstones.c.target_sha256.in_(list(digests))))
    return frozenset(bytes(digest) for digest in found)
