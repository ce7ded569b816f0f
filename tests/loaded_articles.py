"""Articles in the warehouse, for tests of what builds on them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from sqlalchemy import Connection

from transforms.articles.article import Article
from transforms.publishers import Publisher
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.publishers import load_publishers
from warehouse.raw.captures import Capture, load_captures

MORNING = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)

LoadArticle: TypeAlias = Callable[..., UUID]


@pytest.fixture
def load_article() -> LoadArticle:
    """Load one article of an invented publisher: `load_article(connection, body, **fields of Article)`.

    `publisher`, `captured_at` and `path` may be given too. Returns the id of the version that it made.
    """

    def load(
        connection: Connection,
        body: str,
        *,
        publisher: str = "harbour-wire",
        captured_at: datetime = MORNING,
        path: str | None = None,
        **fields: Any,
    ) -> UUID:
        load_publishers(connection, [Publisher(code=publisher, name=publisher.replace("-", " ").title())])
        capture = Capture(
            kind="file",
            path=path or f"{fields.get('external_id', '')}{captured_at:%d%H%M}{publisher}.txt",
            fetched_at=captured_at,
            content=body.encode(),
            publisher_code=publisher,
        )
        load_captures(connection, [capture])
        article = Article(
            document_id="1", format="plain", body=body, **{"published_at": captured_at, "language": "en", **fields}
        )
        loaded = load_articles(
            connection,
            [
                ArticleLoad(
                    capture_id=capture.capture_id, captured_at=captured_at, publisher_code=publisher, article=article
                )
            ],
            parser_version="1",
            now=captured_at,
        )
        [version_id] = loaded.stale_versions
        return version_id

    return load
