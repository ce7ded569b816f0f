"""Articles written as ninjs 3.1: what ninjs has a place for in its place, the whole record beside it.

ninjs knows no dateline, no sign-off and no provenance, and allows no property of one's own. So the record travels
as one more body, of role `dateline-record`, which other readers leave alone and ours reads back without loss.
"""

import json
from typing import Any

from transforms.articles.article import Article, Subject
from transforms.articles.article_record import article_of_values, to_values
from transforms.articles.wire.json_values import Json, as_objects

RECORD_ROLE = "dateline-record"
_SCHEMES = {"medtop": "http://cv.iptc.org/newscodes/mediatopic/", "subj": "http://cv.iptc.org/newscodes/subjectcode/"}


def to_ninjs(article: Article) -> dict[str, Any]:
    """An article as a valid ninjs 3.1 object; fields without a value are left out."""
    headlines = [{"role": "main", "value": article.headline}, {"role": "sub", "value": article.subheadline}]
    record = to_values(article)
    record.pop("document_id", None)
    bodies = [
        {"role": "main", "contentType": "text/plain", "charCount": len(article.body), "value": article.body},
        {"role": RECORD_ROLE, "contentType": "application/json", "value": json.dumps(record, ensure_ascii=True, sort_keys=True)},
    ]
    line = article.dateline
    written: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
        "uri": article.external_id or article.canonical_url or article.url or f"urn:dateline:{article.document_id}",
        "type": "text",
        "version": article.version,
        "firstCreated": article.published_at.isoformat() if article.published_at else None,
        "versionCreated": (stamp.isoformat() if (stamp := article.modified_at or article.published_at) else None),
        "embargoedUntil": article.embargoed_until.isoformat() if article.embargoed_until else None,
        "pubStatus": article.pub_status,
        "urgency": article.urgency if article.urgency and 1 <= article.urgency <= 9 else None,
        "language": article.language,
        "headlines": [entry for entry in headlines if entry["value"]],
        "slugline": article.slugline,
        "by": article.byline,
        "people": [{"name": name, "rel": "author"} for name in article.authors],
        "located": (line.place or line.text) if line else None,
        "bodies": bodies,
        "subjects": [_subject(subject) for subject in article.subjects],
        "genres": [{"name": article.genre}] if article.genre else [],
        "infoSources": [{"name": article.credit, "role": "credit"}] if article.credit else [],
        "edNote": article.ed_note,
        "copyrightNotice": article.rights,
        "renditions": [{"name": "web", "href": article.url}] if article.url else [],
    }
    return {key: value for key, value in written.items() if value not in (None, "", [])}


def written_article(document_id: str, value: Json) -> Article | None:
    """The article that `to_ninjs` wrote into this object, or None where it wrote none or someone changed its body."""
    if not isinstance(value, dict):
        return None
    bodies = as_objects(value.get("bodies"))
    record = next((body.get("value") for body in bodies if body.get("role") == RECORD_ROLE), None)
    if not isinstance(record, str):
        return None
    try:
        values = json.loads(record)
    except (ValueError, RecursionError):
        return None
    article = article_of_values({**values, "document_id": document_id}) if isinstance(values, dict) else None
    main = next((body.get("value") for body in bodies if body.get("role") == "main"), None)
    return article if article is not None and article.body == main else None


def _subject(subject: Subject) -> dict[str, str]:
    written: dict[str, str] = {}
    if subject.name:
        written["name"] = subject.name
    if subject.code:
        address = _SCHEMES.get(subject.scheme)
        written["uri"] = f"{address}{subject.code}" if address else f"urn:{subject.scheme}:{subject.code}"
        written["literal"] = f"{subject.scheme}:{subject.code}"
    written["rel"] = "about"
    return written

