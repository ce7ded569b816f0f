"""The rows of one version of an article: what of the `Article` record goes into which column."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from transforms.articles.article import Article
from transforms.identity import derived_id
from warehouse.storable import storable, storable_value

# Columns that the document alone decides. The others follow from when it was seen and what stood before it.
CONTENT_COLUMNS = (
    "format", "url", "headline", "subheadline", "slugline", "byline", "credit",
    "dateline_text", "dateline_place", "dateline_places", "dateline_region", "dateline_country_code",
    "dateline_date", "dateline_agency", "body", "language", "section", "genre", "urgency", "ed_note", "sign_off",
    "rights", "image_url", "published_at", "published_at_source", "published_at_precision", "published_at_zone",
    "modified_at", "embargoed_until", "wire_version", "pub_status", "is_paywalled", "is_partial", "charset",
    "charset_source", "replacement_ratio", "provenance", "parser_version", "content_sha256",
)
# Of these a change makes what was derived from the text stale.
TEXT_COLUMNS = frozenset({"headline", "body", "pub_status", "dateline_text", "language", "published_at", "credit"})


def content_row(article: Article, content_sha256: bytes, parser_version: str) -> dict[str, Any]:
    """The content columns of the version that `article` shows. A value that its column refuses becomes null."""
    dateline = article.dateline
    country = dateline.country_code if dateline else None
    urgency = article.urgency
    row = {
        "format": article.format,
        "url": article.url,
        "headline": article.headline,
        "subheadline": article.subheadline,
        "slugline": article.slugline,
        "byline": article.byline,
        "credit": article.credit,
        "dateline_text": dateline.text if dateline else None,
        "dateline_place": dateline.place if dateline else None,
        "dateline_places": list(dateline.places) if dateline else [],
        "dateline_region": dateline.region if dateline else None,
        "dateline_country_code": country if country and len(country) == 3 and country.isupper() else None,
        "dateline_date": dateline.date if dateline else None,
        "dateline_agency": dateline.agency if dateline else None,
        "body": article.body,
        "language": article.language,
        "section": article.section,
        "genre": article.genre,
        "urgency": urgency if urgency is not None and 1 <= urgency <= 9 else None,
        "ed_note": article.ed_note,
        "sign_off": article.sign_off,
        "rights": article.rights,
        "image_url": article.image_url,
        "published_at": article.published_at,
        "published_at_source": article.published_at_source,
        "published_at_precision": article.published_at_precision,
        "published_at_zone": article.published_at_zone,
        "modified_at": article.modified_at,
        "embargoed_until": article.embargoed_until,
        "wire_version": article.version,
        "pub_status": article.pub_status,
        "is_paywalled": article.is_paywalled,
        "is_partial": article.is_partial,
        "charset": article.charset,
        "charset_source": article.charset_source,
        "replacement_ratio": article.replacement_ratio,
        "provenance": {item.field: {"source": item.source, "detail": item.detail} for item in article.provenance},
    }
    # Most columns of most versions are null.
    row = {column: None if value is None else storable_value(value) for column, value in row.items()}
    return row | {"provenance": Jsonb(row["provenance"]), "parser_version": parser_version,
                  "content_sha256": content_sha256}


def author_rows(version_id: UUID, article: Article) -> list[dict[str, Any]]:
    """Rows of core.version_authors."""
    return [{"article_version_id": version_id, "position": position, "name": storable(name)}
            for position, name in enumerate(article.authors, start=1)]


def subject_rows(version_id: UUID, article: Article) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of core.subjects, and of core.version_subjects."""
    given = [subject for subject in article.subjects if subject.code is not None or subject.name is not None]
    given = [replace(subject, code=storable_value(subject.code), name=storable_value(subject.name)) for subject in given]
    subjects = [{"subject_id": derived_id("subject", subject.scheme, subject.code, subject.name),
                 "scheme": subject.scheme, "code": subject.code, "name": subject.name} for subject in given]
    return subjects, [{"article_version_id": version_id, "position": position, "subject_id": subject["subject_id"]}
                      for position, subject in enumerate(subjects, start=1)]


def link_rows(version_id: UUID, article: Article) -> list[dict[str, Any]]:
    """Rows of core.version_links."""
    given = [link for link in article.links if link.external_id is not None or link.url is not None]
    return [{"article_version_id": version_id, "position": position, "relation": link.relation,
             "external_id": storable_value(link.external_id), "url": storable_value(link.url)}
            for position, link in enumerate(given, start=1)]


def differences(stored: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The content columns of `row` whose values differ from those `stored`."""
    changed = {}
    for column in CONTENT_COLUMNS:
        value, held = row[column], stored[column]
        if isinstance(value, Jsonb):
            same = value.obj == held
        elif isinstance(value, bytes):
            same = value == bytes(held)
        else:
            same = value == held
        if not same:
            changed[column] = value
    return changed
