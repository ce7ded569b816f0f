"""Pairs of texts in the warehouse, verified word by word: the near ones, and those of which one contains the other."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, text

from transforms.clusters.pairs import (
    EXCERPT_CONTAINMENT,
    VERIFIER_VERSION,
    Comparison,
    TextWords,
    compare,
    text_words,
)
from warehouse.copying import array_literal, columns_of
from warehouse.core.signatures import TextPair, read_version_texts


def verify_pairs(
    connection: Connection, pairs: Collection[TextPair], boilerplate: Mapping[str, tuple[str, ...]] | None = None
) -> dict[TextPair, Comparison]:
    """The comparisons, word by word, of pairs that are not yet stored as verified."""
    known = connection.execute(
        text("SELECT left_text_id, right_text_id FROM core.similar_texts"
             " JOIN unnest(CAST(:left AS uuid[]), CAST(:right AS uuid[])) AS given (left_text_id, right_text_id)"
             " USING (left_text_id, right_text_id) WHERE verifier_version = :verifier"),
        {"left": [pair.left_id for pair in pairs], "right": [pair.right_id for pair in pairs],
         "verifier": VERIFIER_VERSION})
    stored = {TextPair(left_id=row[0], right_id=row[1]) for row in known}
    wanted = set(pairs) - stored
    texts = _texts(connection, {key for pair in wanted for key in (pair.left_id, pair.right_id)}, boilerplate)
    return {pair: compare(texts[pair.left_id], texts[pair.right_id]) for pair in wanted
            if pair.left_id in texts and pair.right_id in texts}


def store_comparisons(connection: Connection, comparisons: Mapping[TextPair, Comparison]) -> None:
    """Store the near texts and the excerpts among `comparisons`; the rest leaves no trace."""
    near = [{"left_text_id": pair.left_id, "right_text_id": pair.right_id, "similarity_ratio": found.similarity,
             "differs_in_figures": found.differs_in_figures, "has_like_opening": found.has_like_opening}
            for pair, found in comparisons.items() if found.is_near]
    if near:
        connection.execute(
            text(
                "INSERT INTO core.similar_texts AS s (left_text_id, right_text_id, similarity_ratio,"
                "   differs_in_figures, has_like_opening, verifier_version)"
                " SELECT *, :verifier FROM unnest(CAST(:left_text_id AS uuid[]), CAST(:right_text_id AS uuid[]),"
                "   CAST(:similarity_ratio AS float8[]), CAST(:differs_in_figures AS bool[]),"
                "   CAST(:has_like_opening AS bool[]))"
                " ON CONFLICT (left_text_id, right_text_id) DO UPDATE SET"
                "   similarity_ratio = excluded.similarity_ratio, differs_in_figures = excluded.differs_in_figures,"
                "   has_like_opening = excluded.has_like_opening, verifier_version = excluded.verifier_version"
                " WHERE s.verifier_version <> excluded.verifier_version"
            ),
            {"verifier": VERIFIER_VERSION} | columns_of(
                near, "left_text_id", "right_text_id", "similarity_ratio", "differs_in_figures", "has_like_opening"))
    excerpts = [row for pair, found in comparisons.items() for row in _excerpt_rows(pair, found)]
    if excerpts:
        connection.execute(
            text(
                "INSERT INTO core.excerpts AS e (text_id, excerpt_text_id, contained_ratio, verifier_version)"
                " SELECT *, :verifier FROM unnest(CAST(:text_id AS uuid[]), CAST(:excerpt_text_id AS uuid[]),"
                "   CAST(:contained_ratio AS float8[]))"
                " ON CONFLICT (text_id, excerpt_text_id) DO UPDATE SET contained_ratio = excluded.contained_ratio,"
                "   verifier_version = excluded.verifier_version WHERE e.verifier_version <> excluded.verifier_version"
            ),
            {"verifier": VERIFIER_VERSION} | columns_of(excerpts, "text_id", "excerpt_text_id", "contained_ratio"))


def _excerpt_rows(pair: TextPair, found: Comparison) -> Sequence[dict[str, object]]:
    if found.is_near:
        return ()
    left, right = found.left_contained, found.right_contained
    if max(left, right) < EXCERPT_CONTAINMENT:
        return ()
    # The excerpt is the text of which more is in the other.
    whole, part = (pair.left_id, pair.right_id) if right >= left else (pair.right_id, pair.left_id)
    return ({"text_id": whole, "excerpt_text_id": part, "contained_ratio": max(left, right)},)


def _texts(
    connection: Connection, text_ids: Collection[UUID], boilerplate: Mapping[str, tuple[str, ...]] | None
) -> dict[UUID, TextWords]:
    found = connection.execute(
        text(
            "SELECT DISTINCT ON (t.text_id) t.text_id, t.article_version_id FROM core.version_texts t"
            " WHERE t.text_id = ANY(CAST(:ids AS uuid[])) AND t.is_compared ORDER BY t.text_id, t.article_version_id"
        ),
        {"ids": array_literal(text_ids)},
    )
    version_of = {row.text_id: row.article_version_id for row in found}
    versions = read_version_texts(connection, set(version_of.values()), boilerplate)
    return {text_id: text_words(compared) for text_id, version_id in version_of.items()
            if (compared := versions[version_id].compared) is not None}
