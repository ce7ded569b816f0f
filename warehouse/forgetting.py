"""Taking down in the warehouse: an address with its articles, captures and feed items, through every schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from warehouse.core.stale_events import mark_stale_articles_events
from warehouse.day_counts import mark_stale
from warehouse.ops.tombstones import digest_of, set_tombstones
from warehouse.raw.contents import drop_unneeded_contents, erase_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedBytes:
    """Where in an archive the bytes of a capture lie."""

    archive_url: str
    offset: int
    byte_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What the warehouse holds of an address.

    `shared_capture_ids` are captures that show other articles too: their rows and those articles stay as they
    were read, their bytes go. `archived` are the bytes that lie in archive files and that nothing else needs.
    """

    urls: tuple[str, ...]
    article_ids: tuple[UUID, ...] = ()
    capture_ids: tuple[UUID, ...] = ()
    shared_capture_ids: tuple[UUID, ...] = ()
    feed_item_ids: tuple[UUID, ...] = ()
    archived: tuple[ArchivedBytes, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held of it."""
        return not (self.article_ids or self.capture_ids or self.feed_item_ids)


def find_traces(connection: Connection, urls: Sequence[str]) -> Traces:
    """What is held of these spellings of one address: articles, captures, feed items, archived bytes."""
    given = {"urls": list(urls)}
    article_ids = list(connection.scalars(text("""
        SELECT article_id FROM core.articles WHERE canonical_url = ANY (:urls)
        UNION SELECT article_id FROM core.article_versions WHERE url = ANY (:urls)
        UNION SELECT article_id FROM core.sightings JOIN raw.captures USING (capture_id)
            WHERE (url = ANY (:urls) OR final_url = ANY (:urls)) AND kind <> 'file'
        ORDER BY 1
    """), given))
    rows = connection.execute(text("""
        WITH shown AS (
            SELECT capture_id FROM raw.captures WHERE url = ANY (:urls) OR final_url = ANY (:urls)
            UNION SELECT capture_id FROM core.sightings WHERE article_id = ANY (:article_ids)
            UNION SELECT capture_id FROM core.article_versions WHERE article_id = ANY (:article_ids)
        )
        SELECT captures.capture_id, url, final_url, archive_url, archive_offset, archive_byte_count, EXISTS (
            SELECT FROM core.sightings AS other
            WHERE other.capture_id = captures.capture_id AND NOT other.article_id = ANY (:article_ids)) AS is_shared
        FROM shown JOIN raw.captures USING (capture_id) ORDER BY captures.capture_id
    """), given | {"article_ids": article_ids}).all()
    own = [row for row in rows if not row.is_shared]
    spelt = {url for row in own for url in (row.url, row.final_url) if url} | set(urls)
    feed_item_ids = connection.scalars(
        text("SELECT feed_item_id FROM raw.feed_items WHERE url = ANY (:urls) ORDER BY 1"), {"urls": sorted(spelt)})
    capture_ids = [row.capture_id for row in own]
    archived = {(row.archive_url, row.archive_offset, row.archive_byte_count) for row in rows if row.archive_url}
    archived -= {tuple(row) for row in connection.execute(text("""
        SELECT archive_url, archive_offset, archive_byte_count FROM raw.captures
        WHERE archive_url = ANY (:places) AND NOT capture_id = ANY (:capture_ids)
    """), {"places": sorted({place[0] for place in archived}), "capture_ids": [row.capture_id for row in rows]})}
    return Traces(
        urls=tuple(sorted(spelt)), article_ids=tuple(article_ids), capture_ids=tuple(capture_ids),
        shared_capture_ids=tuple(row.capture_id for row in rows if row.is_shared),
        feed_item_ids=tuple(feed_item_ids),
        archived=tuple(ArchivedBytes(archive_url=url, offset=offset, byte_count=count)
                       for url, offset, count in sorted(archived)))


def cluster_neighbours(connection: Connection, article_ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """The other members of the clusters that these articles are in: to be joined anew once they are gone."""
    return tuple(connection.scalars(text("""
        SELECT DISTINCT others.article_id FROM core.cluster_members AS own
        JOIN core.cluster_members AS others USING (cluster_id)
        WHERE own.article_id = ANY (:ids) AND NOT others.article_id = ANY (:ids) ORDER BY 1
    """), {"ids": list(article_ids)}))


def forget(connection: Connection, traces: Traces, *, reason: str, requested_by: str | None) -> None:
    """Erase what `traces` names and set its tombstones. Bytes in archive files are the caller's to erase, before."""
    given = {"article_ids": list(traces.article_ids), "capture_ids": list(traces.capture_ids),
             "item_ids": list(traces.feed_item_ids)}
    contents = connection.execute(text("""
        SELECT DISTINCT content_month, content_sha256 FROM raw.captures
        WHERE capture_id = ANY (:capture_ids) AND content_sha256 IS NOT NULL
    """), given).all()
    erase_bytes(connection, traces.shared_capture_ids, outcome="forgotten", reason=reason, requested_by=requested_by)
    set_tombstones(connection, "url", {digest_of(url): None for url in traces.urls}, reason=reason, requested_by=requested_by)
    set_tombstones(connection, "article", {digest_of(str(one)): one for one in traces.article_ids}, reason=reason, requested_by=requested_by)
    set_tombstones(connection, "content", {bytes(row.content_sha256): None for row in contents}, reason=reason, requested_by=requested_by)
    mark_stale(connection, traces.article_ids)
    mark_stale_articles_events(connection, traces.article_ids)
    for statement in _ERASURES:
        connection.execute(text(statement), given)
    # The polls that showed the item hold its title in their bytes.
    polled = connection.execute(text("""
        WITH shown AS (SELECT feed_id, min(first_seen_at) AS since FROM raw.feed_items
                       WHERE feed_item_id = ANY (:item_ids) GROUP BY feed_id),
        bared AS (SELECT feed_poll_id, content_month, content_sha256 FROM raw.feed_polls JOIN shown USING (feed_id)
                  WHERE polled_at >= since AND content_sha256 IS NOT NULL)
        UPDATE raw.feed_polls AS polls SET content_sha256 = NULL, content_month = NULL
        FROM bared WHERE polls.feed_poll_id = bared.feed_poll_id
        RETURNING bared.content_month, bared.content_sha256
    """), given).all()
    drop_unneeded_contents(connection, [(row.content_month, bytes(row.content_sha256)) for row in (*contents, *polled)])


_ERASURES = (
    """DELETE FROM ops.work WHERE subject_id = ANY (CAST(:capture_ids AS uuid[])) OR subject_id IN (
        SELECT article_version_id FROM core.article_versions WHERE article_id = ANY (:article_ids))""",
    """DELETE FROM ops.quarantine WHERE subject_id IN (
        SELECT article_version_id FROM core.article_versions WHERE article_id = ANY (:article_ids))""",
    """CREATE TEMPORARY TABLE forgotten_texts ON COMMIT DROP AS
        SELECT DISTINCT text_id FROM core.version_texts WHERE article_id = ANY (:article_ids) AND text_id IS NOT NULL""",
    "DELETE FROM core.articles WHERE article_id = ANY (:article_ids)",
    """DELETE FROM core.signatures WHERE text_id IN (SELECT text_id FROM forgotten_texts)
        AND NOT EXISTS (SELECT FROM core.version_texts WHERE version_texts.text_id = signatures.text_id)""",
    "DROP TABLE forgotten_texts",
    "DELETE FROM raw.captures WHERE capture_id = ANY (:capture_ids)",
    """UPDATE raw.feed_items SET state = 'refused', reason = 'forgotten', title = NULL, summary = NULL, item = '{}',
        url = NULL, updated_at = NULL, published_at = NULL, next_attempt_at = NULL,
        item_key = 'forgotten:' || feed_item_id WHERE feed_item_id = ANY (:item_ids)""",
)
