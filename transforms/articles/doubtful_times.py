"""Times of publication that cannot be: kept as what the document says, never as when the article was published."""

from dataclasses import replace

from transforms.articles.article import Article, Provenance

DOUBTS = frozenset({"published_in_future", "published_long_ago"})
"""Warnings of readers that a page was published after it was captured, or before there was a web."""
DOUBTFUL_FIELD = "doubtful_published_at"


def without_doubtful_time(article: Article) -> Article:
    """The article as undated where a warning doubts its time of publication; its provenance keeps that time under
    `DOUBTFUL_FIELD` (ISO 8601, UTC) with its source."""
    if article.published_at is None or not DOUBTS & set(article.warnings):
        return article
    kept = Provenance(field=DOUBTFUL_FIELD, source=article.published_at_source or "", detail=article.published_at.isoformat())
    return replace(
        article, published_at=None, published_at_source=None, published_at_precision=None, published_at_zone=None,
        provenance=(*(each for each in article.provenance if each.field != "published_at"), kept),
    )  # fmt: skip
