"""Outcomes as `dateline parse` prints them: plain values, ready for JSON."""

from datetime import UTC, datetime
from typing import Any

from transforms.articles.article import Article, Dateline, Item, Outcome, Subject


def parse_record(outcome: Outcome, *, explain: bool = False) -> dict[str, Any]:
    """One outcome as the record that the command line's contract promises; times in UTC, ISO 8601 with Z.

    `explain` adds which element gave each field.
    """
    if isinstance(outcome, Article):
        return _article(outcome, explain)
    if isinstance(outcome, Item):
        return _item(outcome)
    return {
        "id": outcome.document_id,
        "kind": "rejection",
        "format": outcome.format,
        "reason": outcome.reason,
        "detail": outcome.detail,
        "stage": outcome.stage,
        "offset": outcome.offset,
    }


def subject_label(subject: Subject) -> str:
    """A subject as one string: `medtop:20000350`, a keyword as its words."""
    if subject.scheme == "keyword" or not subject.code:
        return subject.name or subject.code or ""
    return f"{subject.scheme}:{subject.code}"


def _time(value: datetime | None) -> str | None:
    if value is None:
        return None
    text = value.astimezone(UTC).isoformat(timespec="microseconds" if value.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def _article(article: Article, explain: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": article.document_id,
        "kind": "article",
        "format": article.format,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "external_id": article.external_id,
        "publisher": article.publisher_code,
        "headline": article.headline,
        "subheadline": article.subheadline,
        "slugline": article.slugline,
        "authors": list(article.authors),
        "byline": article.byline,
        "credit": article.credit,
        "published_at": _time(article.published_at),
        "published_at_source": article.published_at_source,
        "published_at_precision": article.published_at_precision,
        "published_at_zone": article.published_at_zone,
        "modified_at": _time(article.modified_at),
        "embargoed_until": _time(article.embargoed_until),
        "language": article.language,
        "dateline": _dateline(article.dateline),
        "body": article.body,
        "sign_off": article.sign_off,
        "section": article.section,
        "genre": article.genre,
        "subjects": [label for subject in article.subjects if (label := subject_label(subject))],
        "urgency": article.urgency,
        "ed_note": article.ed_note,
        "rights": article.rights,
        "image_url": article.image_url,
        "version": article.version,
        "pub_status": article.pub_status,
        "change_hint": article.change_hint,
        "links": [
            {"relation": link.relation, "external_id": link.external_id, "url": link.url} for link in article.links
        ],
        "is_paywalled": article.is_paywalled,
        "is_partial": article.is_partial,
        "charset": article.charset,
        "charset_source": article.charset_source,
        "replacement_ratio": round(article.replacement_ratio, 6),
        "warnings": list(article.warnings),
    }
    if explain:
        record["provenance"] = [
            {"field": entry.field, "source": entry.source, "detail": entry.detail} for entry in article.provenance
        ]
    return record


def _dateline(line: Dateline | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "text": line.text,
        "place": line.place,
        "places": list(line.places),
        "region": line.region,
        "country": line.country_code,
        "date": line.date.isoformat() if line.date else None,
        "agency": line.agency,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.document_id,
        "kind": "item",
        "format": item.format,
        "item_type": item.item_type,
        "external_id": item.external_id,
        "headline": item.headline,
        "published_at": _time(item.published_at),
        "version": item.version,
        "pub_status": item.pub_status,
        "links": [{"relation": link.relation, "external_id": link.external_id, "url": link.url} for link in item.links],
        "warnings": list(item.warnings),
    }
