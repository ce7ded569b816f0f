"""Plain dispatches: text as a wire prints it, with the crawl record's prefix where a corpus put one."""

import re
from datetime import UTC, datetime

from transforms.articles.article import Article, Precision, Rejection
from transforms.articles.paragraphs import PARAGRAPH_BREAK, split_paragraphs

# A crawl record is printed before the dispatch as "date 2022-05-11 ", at times as "date 2022-05 ".
_CRAWL_PREFIX = re.compile(r"\A\s*date\s+(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?=\s)")


def read_plain(document_id: str, text: str) -> Article | Rejection:
    """A plain dispatch as an article without a headline: it has none, and none is guessed."""
    prefix = _CRAWL_PREFIX.match(text)
    published: datetime | None = None
    precision: Precision | None = None
    if prefix:
        try:
            published = datetime(int(prefix["year"]), int(prefix["month"]), int(prefix["day"] or 1), tzinfo=UTC)
        except ValueError:
            prefix = None
        else:
            precision = "day" if prefix["day"] else "month"
    paragraphs = split_paragraphs(text[prefix.end() :].strip() if prefix else text)
    if not paragraphs:
        return Rejection(
            document_id=document_id, format="dispatch", reason="empty", detail="the dispatch holds no text"
        )
    return Article(
        document_id=document_id,
        format="dispatch",
        body=PARAGRAPH_BREAK.join(paragraphs),
        published_at=published,
        published_at_source="crawl_record" if published else None,
        published_at_precision=precision,
    )
