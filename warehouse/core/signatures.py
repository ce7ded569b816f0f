"""Signatures in the warehouse: the texts of versions, signed, and candidates for near-duplicates found by index."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.clusters.pairs import EXCERPT_WORDS
from transforms.clusters.signatures import SIGNER_VERSION
from transforms.clusters.texts import SignedVersion, VersionText
from warehouse.copying import array_literal, columns_of

# At most so many candidates of a text are verified, those that share most hashes first. Only an adversary, or
# hundreds of reports from one template, reach it.
CANDIDATES_VERIFIED = 64
EXCERPTS_VERIFIED = 50
# Of the texts that share one hash with a text about so many are looked at; a longer list is sampled.
_ROWS_COLLECTED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPair:
    """Two texts that share hashes, lower id first."""

    left_id: UUID
    right_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs to verify. `crowded` are the texts that had more candidates than are verified: a rule was bent."""

    pairs: frozenset[TextPair]
    crowded: frozenset[UUID]


def read_version_texts(
    connection: Connection, version_ids: Collection[UUID], boilerplate: Mapping[str, tuple[str, ...]] | None = None
) -> dict[UUID, VersionText]:
    """The versions to sign, by id. `boilerplate` holds the patterns of publishers by code."""
    found = connection.execute(
        text(
            "SELECT v.article_version_id, v.article_id, v.headline, v.body,"
            " coalesce(v.published_at, v.valid_from) AS published_at, p.publisher_code"
            " FROM core.article_versions v JOIN core.articles a USING (article_id)"
            " JOIN core.publishers p USING (publisher_id) WHERE v.article_version_id = ANY(CAST(:ids AS uuid[]))"
        ),
        {"ids": array_literal(version_ids)},
    )
    patterns = boilerplate or {}
    return {row.article_version_id: VersionText(
        article_version_id=row.article_version_id, article_id=row.article_id, headline=row.headline, body=row.body,
        published_at=row.published_at, boilerplate_patterns=patterns.get(row.publisher_code, ())) for row in found}


def load_signatures(connection: Connection, signed: Iterable[SignedVersion]) -> None:
    """Store signed versions and the signatures of their texts. What is there and equal is not written.

    The caller holds the lock of the single writer.
    """
    versions = sorted(signed, key=lambda one: one.article_version_id)
    texts = {one.text_id: one.signature for one in versions if one.text_id is not None and one.signature is not None}
    connection.execute(
        text(
            "INSERT INTO core.signatures AS s (text_id, word_count, bands, anchors, signer_version)"
            " SELECT text_id, word_count, CAST(bands AS bigint[]), CAST(anchors AS bigint[]), :signer"
            " FROM unnest(CAST(:text_id AS uuid[]), CAST(:word_count AS int[]), CAST(:bands AS text[]),"
            "   CAST(:anchors AS text[])) AS given (text_id, word_count, bands, anchors)"
            " ON CONFLICT (text_id) DO UPDATE SET word_count = excluded.word_count, bands = excluded.bands,"
            "   anchors = excluded.anchors, signer_version = excluded.signer_version"
            " WHERE s.signer_version <> excluded.signer_version"
        ),
        {"signer": SIGNER_VERSION} | columns_of(
            [{"text_id": key, "word_count": signature.word_count,
              "bands": array_literal(signature.bands), "anchors": array_literal(signature.anchors)}
             for key, signature in sorted(texts.items())], "text_id", "word_count", "bands", "anchors"),
    )
    # The first version of an article is the one compared, almost always: what it is after all, `join_clusters` says.
    given = Counter(one.article_id for one in versions)
    connection.execute(
        text(
            "INSERT INTO core.version_texts AS t"
            "   (article_version_id, article_id, text_id, published_at, is_compared, signer_version)"
            " SELECT article_version_id, article_id, text_id, published_at, is_alone AND NOT EXISTS"
            "   (SELECT FROM core.version_texts other WHERE other.article_id = given.article_id), :signer"
            " FROM unnest(CAST(:article_version_id AS uuid[]), CAST(:article_id AS uuid[]), CAST(:text_id AS uuid[]),"
            "   CAST(:published_at AS timestamptz[]), CAST(:is_alone AS bool[]))"
            "   AS given (article_version_id, article_id, text_id, published_at, is_alone)"
            " ON CONFLICT (article_version_id) DO UPDATE SET text_id = excluded.text_id,"
            "   published_at = excluded.published_at, signer_version = excluded.signer_version"
            " WHERE (t.text_id, t.published_at, t.signer_version)"
            "   IS DISTINCT FROM (excluded.text_id, excluded.published_at, excluded.signer_version)"
        ),
        {"signer": SIGNER_VERSION} | columns_of(
            [{"article_version_id": one.article_version_id, "article_id": one.article_id, "text_id": one.text_id,
              "published_at": one.published_at, "is_alone": given[one.article_id] == 1} for one in versions],
            "article_version_id", "article_id", "text_id", "published_at", "is_alone"),
    )


# A text that no article is compared by any more is no candidate. OFFSET 0 keeps the planner from turning the question
# "has this one candidate an article?" into a join with all of them.
_LOOKUP = """
SELECT given.text_id, found.text_id AS other_id
FROM unnest(CAST(:texts AS uuid[])) AS given (text_id)
JOIN core.signatures own USING (text_id)
CROSS JOIN LATERAL (
  SELECT min(published_at) AS first_at, max(published_at) AS last_at FROM core.version_texts
  WHERE text_id = own.text_id AND is_compared) AS seen
CROSS JOIN LATERAL (
  SELECT s.text_id, {shared} AS shared FROM core.signatures s
  WHERE s.{column} && own.{column} AND s.text_id <> own.text_id {condition}
    AND EXISTS (SELECT FROM core.version_texts t WHERE t.text_id = s.text_id AND t.is_compared {window} OFFSET 0)
  ORDER BY shared DESC, s.text_id LIMIT :kept
) AS found
"""
_SHARED = "cardinality(ARRAY(SELECT unnest(s.{column}) INTERSECT SELECT unnest(own.{column})))"
_WINDOW = ("AND t.published_at BETWEEN seen.first_at - CAST(:window AS interval)"
           " AND seen.last_at + CAST(:window AS interval)")


def find_candidates(
    connection: Connection, text_ids: Collection[UUID], window: timedelta | None = None
) -> Candidates:
    """The pairs of the given texts with any that share a band: by index, whatever the number of signatures.

    With a `window`, only with texts that an article published within it has.
    """
    statement = _LOOKUP.format(column="bands", shared=_SHARED.format(column="bands"), condition="",
                               window="" if window is None else _WINDOW)
    parameters = {"texts": array_literal(text_ids), "kept": CANDIDATES_VERIFIED}
    return _looked_up(connection, statement, parameters if window is None else parameters | {"window": window})


def find_excerpt_candidates(connection: Connection, text_ids: Collection[UUID]) -> Candidates:
    """The pairs of the given texts with any that share a third of the anchors that the shorter one has."""
    shared = _SHARED.format(column="anchors")
    condition = ("AND least(s.word_count, own.word_count) >= :least_words"
                 f" AND 3 * {shared} >= least(cardinality(s.anchors), cardinality(own.anchors))")
    statement = _LOOKUP.format(column="anchors", shared=shared, condition=condition, window="")
    parameters = {"texts": array_literal(text_ids), "kept": EXCERPTS_VERIFIED, "least_words": EXCERPT_WORDS}
    return _looked_up(connection, statement, parameters)


def _looked_up(connection: Connection, statement: str, parameters: Mapping[str, object]) -> Candidates:
    # The planner guesses wildly at overlapping arrays: here the index is always right.
    settings = "SELECT set_config('enable_seqscan', :scan, true), set_config('gin_fuzzy_search_limit', :rows, true)"
    connection.execute(text(settings), {"scan": "off", "rows": str(_ROWS_COLLECTED)})
    rows = connection.execute(text(statement), parameters).all()
    connection.execute(text(settings), {"scan": "on", "rows": "0"})
    found = Counter(row.text_id for row in rows)
    return Candidates(pairs=frozenset(_pair(row.text_id, row.other_id) for row in rows),
                      crowded=frozenset(key for key, count in found.items() if count == parameters["kept"]))


def _pair(one: UUID, other: UUID) -> TextPair:
    return TextPair(left_id=min(one, other), right_id=max(one, other))
