"""ninjs 1.0 to 3.1, and what agencies send under that name. Format: IPTC, https://iptc.org/std/ninjs/."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from transforms.articles.article import Article, ChangeHint, Dateline, Item, Link, Outcome, PubStatus, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK, fold_spaces
from transforms.articles.times import WireTime, parse_time
from transforms.articles.wire.blocks import html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.json_values import Json, as_objects, as_text, as_texts

Fields = dict[str, Json]

_STATUS: dict[str, PubStatus] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
_CHANGES: dict[str, ChangeHint] = {"correction": "correction", "update": "update", "kill": "kill", "advisory": "advisory"}
_MEDIA = frozenset(("audio", "video", "picture", "graphic", "photo", "image"))
# Schemes by what agencies put into `scheme` or the code's prefix; IPTC's own vocabularies keep their usual names.
_SCHEMES = (
    (re.compile(r"medtop|mediatopic", re.I), "medtop"),
    (re.compile(r"subj(?:ect)?(?:code)?s?/?\Z|iptcsubject|subject_code", re.I), "subj"),
)
# The properties of ninjs 1.0 to 3.1, case aside, and the older ones that agencies still send.
_PROPERTIES = frozenset(
    (
        "type", "mimetype", "representationtype", "profile", "version", "firstcreated", "versioncreated", "contentcreated", "embargoed",
        "embargoeduntil", "pubstatus", "urgency", "copyrightholder", "copyrightnotice", "usageterms", "ednote", "language", "descriptions",
        "bodies", "headlines", "headline", "people", "person", "organisations", "organisation", "places", "place", "subjects", "subject",
        "events", "event", "eventdetails", "plannedcoverage", "objects", "object", "infosources", "infosource", "title", "by", "byline",
        "slugline", "located", "renditions", "associations", "altids", "trustindicators", "trustindicator", "genres", "genre", "expires",
        "rightsinfo", "digitalsourcetype", "charcount", "wordcount", "keywords", "advice", "advices", "priority", "service", "evolvedfrom",
    )
)  # fmt: skip
_KNOWN_TYPES = (
    "text", "audio", "video", "picture", "graphic", "composite", "planning", "event", "component", "advisory",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    """One ninjs object with its keys folded: 1.x writes `versioncreated`, 3.x `versionCreated`."""

    fields: Fields

    def get(self, *names: str) -> Json:
        return next((self.fields[name] for name in names if self.fields.get(name) not in (None, "", [], {})), None)

    def text(self, *names: str) -> str | None:
        return as_text(self.get(*names))

    def role(self, plural: str, *roles: str) -> str | None:
        """2.x and 3.x: the value of the first entry of `headlines`, `descriptions` ... that has one of the roles."""
        entries = [_folded(entry) for entry in as_objects(self.get(plural))]
        for role in roles:
            for entry in entries:
                if (as_text(entry.get("role")) or "").lower() == role:
                    return as_text(entry.get("value"))
        return as_text(entries[0].get("value")) if entries and not roles else None


def looks_like_ninjs(value: Fields) -> bool:
    """Whether a JSON object is ninjs, by its own declaration or by its keys."""
    keys = _folded(value).keys()
    standard = value.get("$standard") or value.get("standard")
    if isinstance(standard, dict) and "ninjs" in str(standard.get("name", "")).lower():
        return True
    if keys & {"@context", "@type", "@graph", "jsonfeed"}:
        return False
    others = keys - {"uri", "guid", "standard"}
    known = sum(key in _PROPERTIES or key.startswith(("body_", "description_", "headline_")) for key in others)
    return ("uri" in keys or "guid" in keys) and known > 0 and 2 * known >= len(others)


def read_ninjs(document_id: str, value: Fields, zone: str | None = None) -> Iterator[Outcome]:
    """The item that a ninjs object is: an article where it holds text, else an item without."""
    reader = _Reader(_folded(value))
    version_time = parse_time(reader.text("versioncreated"), zone=zone)
    created = parse_time(reader.text("firstcreated", "contentcreated"), zone=zone)
    published = created or version_time
    warnings = tuple(_warnings(reader))
    body = _body(reader)
    status = _STATUS.get((reader.text("pubstatus") or "usable").lower(), "usable")
    item_type = (reader.text("type") or "text").lower()
    external_id = reader.text("uri", "guid")
    headline = _headline(reader)
    links = _links(reader)
    if not body and not (status == "canceled" and item_type == "text"):
        yield Item(
            document_id=document_id,
            format="ninjs",
            item_type=item_type,
            external_id=external_id,
            headline=headline,
            published_at=published.at if published else None,
            version=reader.text("version"),
            pub_status=status,
            links=links,
            warnings=warnings,
        )
        return
    byline = reader.text("byline", "by")
    embargo = parse_time(reader.text("embargoed", "embargoeduntil"), zone=zone)
    yield Article(
        document_id=document_id,
        format="ninjs",
        body=body,
        external_id=external_id,
        url=_web_address(reader),
        headline=headline,
        subheadline=reader.text("subheadline") or reader.role("headlines", "sub", "subheadline", "secondary"),
        slugline=reader.text("slugline"),
        byline=byline,
        authors=_authors(reader, byline),
        credit=_credit(reader),
        dateline=_dateline(reader),
        language=reader.text("language"),
        section=_name_of(reader, "section", "service", "services"),
        genre=_name_of(reader, "genre", "genres"),
        subjects=_subjects(reader),
        urgency=_urgency(reader),
        ed_note=reader.text("ednote"),
        rights=reader.text("copyrightnotice", "usageterms", "copyrightholder"),
        published_at=published.at if published else None,
        published_at_source="wire" if published else None,
        published_at_precision=published.precision if published else None,
        published_at_zone=published.zone if published else None,
        modified_at=_modified(version_time, published),
        embargoed_until=embargo.at if embargo else None,
        version=reader.text("version"),
        pub_status=status,
        change_hint="kill" if status == "canceled" else _change(reader),
        links=links,
        warnings=warnings,
    )


def _folded(value: Fields) -> Fields:
    return {key.lower().lstrip("$"): item for key, item in value.items()}


def _modified(version: WireTime | None, published: WireTime | None) -> datetime | None:
    return version.at if version and published and version.at != published.at else None


def _headline(reader: _Reader) -> str | None:
    text = reader.text("headline") or reader.role("headlines", "main", "headline", "title") or reader.role("headlines")
    text = text or next((found for key, value in reader.fields.items() if key.startswith("headline_") and (found := as_text(value))), None)
    text = text or reader.text("title") or reader.role("titles")
    if text and "<" in text:
        text = " ".join(html_paragraphs(text))
    return fold_spaces(text) or None if text else None


def _body(reader: _Reader) -> str:
    """The body with the best structure that there is: XHTML or HTML before text."""
    candidates: list[tuple[int, str]] = []
    for key, item in reader.fields.items():
        if key.startswith("body_") and (text := as_text(item)):
            candidates.append((1 if key == "body_text" else 0, text))
    for entry in as_objects(reader.get("bodies")):
        folded = _folded(entry)
        text = as_text(folded.get("value"))
        kind = f"{as_text(folded.get('contenttype')) or ''} {as_text(folded.get('role')) or ''}".lower()
        if text and "json" not in kind:
            rank = 0 if "html" in kind else 1 if "plain" in kind or "text" in kind else 2
            candidates.append((rank, text))
    best: tuple[str, ...] = ()
    for _, text in sorted(candidates, key=lambda pair: pair[0]):
        best = html_paragraphs(text)
        if best:
            break
    return PARAGRAPH_BREAK.join(best)


def _authors(reader: _Reader, byline: str | None) -> tuple[str, ...]:
    named = []
    for entry in as_objects(reader.get("people", "person")):
        relation = (as_text(entry.get("rel")) or "").lower()
        if relation in ("author", "creator", "writer", "byline") and (name := as_text(entry.get("name"))):
            named.append(name)
    for entry in as_objects(reader.get("authors")):
        if name := as_text(entry.get("name")):
            named.append(name)
    return tuple(dict.fromkeys(named)) or authors_of(byline)


def _credit(reader: _Reader) -> str | None:
    text = reader.text("creditline", "source", "provider")
    if text:
        return text
    sources = as_objects(reader.get("infosources", "infosource", "provider", "source"))
    return next((name for entry in sources if (name := as_text(entry.get("name")))), None)


def _dateline(reader: _Reader) -> Dateline | None:
    text = reader.text("dateline", "located")
    if not text:
        return None
    return Dateline(text=text, place=text.split(",")[0].strip() or text)


def _name_of(reader: _Reader, *names: str) -> str | None:
    value = reader.get(*names)
    if isinstance(value, str):
        return as_text(value)
    entries = as_objects(value)
    return next((text for entry in entries if (text := as_text(entry.get("name")) or as_text(entry.get("code")))), None)


def _subjects(reader: _Reader) -> tuple[Subject, ...]:
    subjects = []
    for entry in as_objects(reader.get("subject", "subjects")):
        code = as_text(entry.get("code")) or as_text(entry.get("literal")) or as_text(entry.get("uri")) or as_text(entry.get("qcode"))
        name = as_text(entry.get("name"))
        if code or name:
            scheme, code = subject_scheme(as_text(entry.get("scheme")), code)
            subjects.append(Subject(scheme=scheme, code=code, name=name))
    for key in ("keyword", "keywords"):
        subjects.extend(Subject(scheme="keyword", name=word) for word in as_texts(reader.get(key)))
    return tuple(dict.fromkeys(subjects))


def subject_scheme(scheme: str | None, code: str | None) -> tuple[str, str | None]:
    """The scheme and the bare code of a subject: `medtop:20000350` and IPTC's addresses are `medtop`, `20000350`."""
    address = re.match(r"https?://\S*?/(?:newscodes/)?([\w.-]+)/?#?([\w.-]+)/?\Z", code or "")
    prefix = re.match(r"([A-Za-z][\w.-]*):(?!//)(\S+)\Z", code or "")
    if not scheme and address:
        scheme, code = address[1], address[2]
    elif prefix and (not scheme or prefix[1].lower() in ("medtop", "subj")):
        scheme, code = prefix[1], prefix[2]
    if not scheme:
        return ("subj" if re.fullmatch(r"[01]\d{7}", code or "") else "keyword" if code is None else "unknown"), code
    for pattern, known in _SCHEMES:
        if pattern.search(scheme):
            return known, code
    return scheme, code


def _urgency(reader: _Reader) -> int | None:
    text = reader.text("urgency", "priority")
    return int(text) if text and re.fullmatch(r"[0-9]", text) else None


def _change(reader: _Reader) -> ChangeHint | None:
    for signal in [*as_texts(reader.get("signal", "signals")), *as_texts(reader.get("profile"))]:
        if signal.lower() in _CHANGES:
            return _CHANGES[signal.lower()]
    if reader.text("correction_sequence"):
        return "correction"
    return "update" if reader.text("evolvedfrom", "rewrite_of") else None


def _links(reader: _Reader) -> tuple[Link, ...]:
    links = []
    for key, relation in (("evolvedfrom", "updates"), ("rewrite_of", "updates"), ("corrects", "corrects"), ("translated_from", "translates")):
        if other := reader.text(key):
            links.append(Link(relation=relation, external_id=other))
    associations = reader.get("associations")
    entries = associations.values() if isinstance(associations, dict) else associations if isinstance(associations, list) else []
    for entry in entries:
        if isinstance(entry, dict):
            other = as_text(entry.get("uri")) or as_text(entry.get("guid"))
            if other:
                links.append(Link(relation="related", external_id=other))
    return tuple(dict.fromkeys(links))


def _web_address(reader: _Reader) -> str | None:
    for entry in as_objects(reader.get("renditions")):
        if (as_text(entry.get("name")) or "").lower() == "web":
            return as_text(entry.get("href"))
    address = reader.text("url", "link")
    return address if address and address.startswith("http") else None


def _warnings(reader: _Reader) -> Iterator[str]:
    """What IPTC's schemas would refuse in the fields that are read; reading goes on."""
    if not isinstance(reader.fields.get("uri"), str):
        yield "ninjs: uri is missing"
    for name in ("headline", "version", "language", "byline", "slugline", "pubstatus", "type", "located"):
        value = reader.fields.get(name)
        if value is not None and not isinstance(value, str):
            yield f"ninjs: {name} is no string"
    kind = reader.text("type")
    if kind and kind.lower() not in _KNOWN_TYPES:
        yield f"ninjs: unknown type {kind[:40]!r}"
    status = reader.text("pubstatus")
    if status and status.lower() not in _STATUS:
        yield f"ninjs: unknown pubstatus {status[:40]!r}"
    for name in ("versioncreated", "firstcreated", "embargoed"):
        if (text := reader.text(name)) and parse_time(text) is None:
            yield f"ninjs: {name} is no time: {text[:40]!r}"
