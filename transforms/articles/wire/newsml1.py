"""NewsML 1.x: NewsItems of nested NewsComponents, each language or story of its own an article.

Format: IPTC NewsML 1.2 (https://iptc.org/std/NewsML/1.2/).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4.element import Tag

from transforms.articles.article import Article, ChangeHint, Dateline, Item, Link, Outcome, PubStatus, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK, split_paragraphs
from transforms.articles.times import parse_time
from transforms.articles.wire.blocks import block_paragraphs, html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.nitf import NO_BODY, NitfBody, read_nitf_body
from transforms.articles.wire.xml_tree import XmlTree, attribute, child, children, index_by_name, inline_text

_STATUS: dict[str, PubStatus] = {
    "usable": "usable", "embargoed": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled",
    "killed": "canceled",
}  # fmt: skip
_INSTRUCTIONS: dict[str, ChangeHint] = {
    "kill": "kill", "delete": "kill", "correction": "correction", "correct": "correction", "update": "update",
    "rectify": "correction", "advisory": "advisory",
}  # fmt: skip
# Components with these roles are parts of one article, not articles of their own.
_PARTS = frozenset(("title", "lead", "body", "headline", "text", "caption", "abstract", "summary", "subtitle", "label"))
_BODY_PARTS = ("lead", "abstract", "summary", "body", "text")
_MEDIA = frozenset(("photo", "picture", "image", "graphic", "video", "audio", "animation"))
# urn:newsml:provider:date:item, with or without the revision behind it (RFC 3085).
_PARTS_OF_PUBLIC_ID = 4
# Belga leaves the name of the element that stood in a text.
_PLACEHOLDER = re.compile(r"^[ \t]*NewsComponentRef[ \t]*$", re.M)
_SUBJECT_LEVELS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a component inherits from those around it."""

    lines: tuple[Tag, ...] = ()
    administrative: tuple[Tag, ...] = ()
    descriptive: tuple[Tag, ...] = ()
    rights: tuple[Tag, ...] = ()
    language: str | None = None
    component: Tag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text within a NewsItem with what is known of it."""

    known: _Known
    paragraphs: tuple[str, ...]
    nitf: NitfBody
    headline: str | None = None


def read_newsml1(document_id: str, tree: XmlTree, zone: str | None = None) -> Iterator[Outcome]:
    """Every text of every NewsItem in order; a NewsItem without text is an item."""
    index = index_by_name(tree.root)
    envelope = child(tree.root, "NewsEnvelope")
    for item in index.get("NewsItem", [tree.root] if tree.root.name == "NewsItem" else []):
        yield from _read_item(document_id, item, envelope, tree, zone)


def _read_item(document_id: str, item: Tag, envelope: Tag | None, tree: XmlTree, zone: str | None) -> Iterator[Outcome]:
    management = child(item, "NewsManagement")
    identifier = child(item, "Identification", "NewsIdentifier")
    external_id = _external_id(identifier)
    known = _Known(language=attribute(item, "lang"))
    texts = [text for component in children(item, "NewsComponent") for text in _texts(component, known)]
    if len(texts) > 1:
        # A title that stands in a component of its own is no second article.
        texts = [text for text in texts if " ".join(text.paragraphs) != _line(text.known, "HeadLine")] or texts[:1]
    status_text = (attribute(child(management, "Status"), "FormalName") or inline_text(child(management, "Status")) or "usable").lower()
    status = _STATUS.get(status_text, "usable")
    created = parse_time(inline_text(child(management, "FirstCreated")), zone=zone)
    revised = parse_time(inline_text(child(management, "ThisRevisionCreated")), zone=zone)
    sent = parse_time(inline_text(child(envelope, "DateAndTime")), zone=zone)
    published = created or revised or sent
    version = inline_text(child(identifier, "RevisionId"))
    embargo = None
    if status_text == "embargoed":
        embargo = parse_time(inline_text(child(management, "StatusWillChange", "DateAndTime")), zone=zone)
    links = _links(management, item)
    if not texts and status != "canceled":
        yield Item(
            document_id=document_id,
            format="newsml",
            item_type=_media_type(item),
            external_id=external_id,
            headline=_any_headline(item),
            published_at=published.at if published else None,
            version=version,
            pub_status=status,
            links=links,
            warnings=tree.warnings,
        )
        return
    for text in texts or [_Text(known=known, paragraphs=(), nitf=NO_BODY)]:
        mine = text.known
        duid = attribute(mine.component, "Duid")
        article = _article(document_id, text, tree)
        yield replace(
            article,
            external_id=f"{external_id}#{duid}" if len(texts) > 1 and duid else external_id or duid or _any_duid(item),
            urgency=_urgency(management, envelope),
            published_at=published.at if published else None,
            published_at_source="wire" if published else None,
            published_at_precision=published.precision if published else None,
            published_at_zone=published.zone if published else None,
            modified_at=revised.at if revised and published and revised.at != published.at else None,
            embargoed_until=embargo.at if embargo else None,
            version=version,
            pub_status=status,
            change_hint="kill" if status == "canceled" else _change(management),
            links=links,
            credit=article.credit or attribute(child(envelope, "SentFrom", "Party"), "FormalName"),
            slugline=article.slugline or inline_text(child(item, "Identification", "NameLabel")),
        )


def _external_id(identifier: Tag | None) -> str | None:
    """The identifier that all versions of an item share: the public one without its revision.

    Some senders leave the item's own part out of it; then provider, day and item make it up.
    """
    public = inline_text(child(identifier, "PublicIdentifier"))
    item_id = inline_text(child(identifier, "NewsItemId"))
    revision = inline_text(child(identifier, "RevisionId"))
    if public and item_id and item_id not in public and public.count(":") < _PARTS_OF_PUBLIC_ID:
        parts = (inline_text(child(identifier, "ProviderId")), inline_text(child(identifier, "DateId")), item_id)
        return ":".join(("urn:newsml", *(part for part in parts if part)))
    if public and revision:
        return re.sub(rf":{re.escape(revision)}[NUA]?\Z", "", public)
    return public or item_id


def _texts(component: Tag, outer: _Known) -> Iterator[_Text]:
    """The texts below a component: of its own content, of its parts, or of the components in it."""
    known = _Known(
        lines=(*children(component, "NewsLines"), *outer.lines),
        administrative=(*children(component, "AdministrativeMetadata"), *outer.administrative),
        descriptive=(*children(component, "DescriptiveMetadata"), *children(component, "DescriptiveMetada"), *outer.descriptive),
        rights=(*children(component, "RightsMetadata"), *outer.rights),
        language=_language(component) or outer.language,
        component=component,
    )
    inner = children(component, "NewsComponent")
    parts = {role: part for part in inner if (role := _role(part)) in _PARTS}
    if any(role in parts for role in _BODY_PARTS):
        paragraphs: list[str] = []
        for role in _BODY_PARTS:
            if role in parts:
                paragraphs.extend(_contents(parts[role])[0])
        title = next((text for role in ("title", "headline") if role in parts for text in _contents(parts[role])[0]), None)
        if paragraphs:
            yield _Text(known=known, paragraphs=tuple(paragraphs), nitf=NO_BODY, headline=title)
        inner = [part for part in inner if _role(part) not in _PARTS or child(part, "NewsComponent") is not None]
    else:
        own, nitf = _contents(component)
        if own and _role(component) not in ("caption", "thumbnail"):
            yield _Text(known=known, paragraphs=own, nitf=nitf)
    for part in inner:
        yield from _texts(part, known)


def _contents(component: Tag) -> tuple[tuple[str, ...], NitfBody]:
    """The text of a component's own content items."""
    paragraphs: list[str] = []
    nitf = NO_BODY
    for content in children(component, "ContentItem"):
        kind = (attribute(child(content, "MediaType"), "FormalName") or "").lower()
        if kind in _MEDIA:
            continue
        data = child(content, "DataContent")
        if data is None:
            continue
        index = index_by_name(data)
        if "nitf" in index or "body.content" in index:
            nitf = read_nitf_body(index)
            paragraphs.extend(nitf.paragraphs)
        elif len(index) > 1:
            paragraphs.extend(block_paragraphs(index.get("body") or [data]))
        else:
            text = data.get_text()
            text = _PLACEHOLDER.sub("", text)
            paragraphs.extend(html_paragraphs(text) if re.search(r"</?\w+[^<>]*>", text) else split_paragraphs(text))
    return tuple(paragraphs), nitf


def _article(document_id: str, text: _Text, tree: XmlTree) -> Article:
    known, nitf = text.known, text.nitf
    byline = _line(known, "ByLine") or nitf.byline
    headline = _line(known, "HeadLine") or text.headline or nitf.headline
    sub = _line(known, "SubHeadLine") or nitf.subheadline
    return Article(
        document_id=document_id,
        format="newsml",
        body=PARAGRAPH_BREAK.join(text.paragraphs),
        headline=headline,
        subheadline=sub if sub != headline else None,
        slugline=_line(known, "SlugLine"),
        byline=byline,
        authors=authors_of(byline),
        credit=_line(known, "CreditLine") or _party(known, "Provider") or _party(known, "Source"),
        dateline=_dateline(known, nitf),
        language=known.language or _described(known, "Language"),
        genre=_described(known, "Genre"),
        subjects=_subjects(known),
        ed_note=_news_line(known, ("editorsnote", "advisory", "editorialnote", "noteeditor")),
        sign_off=nitf.tagline,
        rights=_line(known, "CopyrightLine"),
        is_partial=tree.is_partial,
        warnings=tree.warnings,
    )


def _line(known: _Known, name: str) -> str | None:
    """A news line, the innermost component's first."""
    return next((text for lines in known.lines for tag in children(lines, name) if (text := inline_text(tag))), None)


def _news_line(known: _Known, kinds: tuple[str, ...]) -> str | None:
    for lines in known.lines:
        for line in children(lines, "NewsLine"):
            kind = (attribute(child(line, "NewsLineType"), "FormalName") or "").lower()
            if kind in kinds:
                return inline_text(child(line, "NewsLineText"))
    return None


def _party(known: _Known, role: str) -> str | None:
    return next(
        (name for meta in known.administrative if (name := attribute(child(meta, role, "Party"), "FormalName"))), None
    )


def _described(known: _Known, name: str) -> str | None:
    return next((code for meta in known.descriptive for tag in children(meta, name) if (code := attribute(tag, "FormalName"))), None)


def _language(component: Tag) -> str | None:
    own = attribute(component, "lang")
    if own:
        return own
    for name in ("DescriptiveMetadata", "DescriptiveMetada"):
        for meta in children(component, name):
            if code := attribute(child(meta, "Language"), "FormalName"):
                return code
    return None


def _dateline(known: _Known, nitf: NitfBody) -> Dateline | None:
    text = _line(known, "DateLine") or nitf.dateline
    places: dict[str, str] = {}
    for meta in known.descriptive:
        for location in children(meta, "Location"):
            if (attribute(location, "HowPresent") or "Origin").lower() != "origin":
                continue
            for prop in children(location, "Property"):
                name, value = attribute(prop, "FormalName"), attribute(prop, "Value")
                if name and value:
                    places.setdefault(name.lower(), value)
    city = places.get("city") or nitf.place
    # "January 21" alone dates the story and says nothing of a place.
    if text and parse_time(text):
        text = None
    if not text and not city:
        return None
    return Dateline(text=text or city or "", place=city or text, country_code=places.get("country"), region=None)


def _subjects(known: _Known) -> tuple[Subject, ...]:
    subjects: list[Subject] = []
    for meta in known.descriptive:
        for group in children(meta, "SubjectCode"):
            for level in _SUBJECT_LEVELS:
                for tag in children(group, level):
                    code = attribute(tag, "FormalName")
                    if not code:
                        continue
                    vocabulary = attribute(tag, "Vocabulary") or attribute(tag, "Scheme")
                    is_iptc = bool(re.fullmatch(r"\d{8}", code))
                    scheme = "subj" if is_iptc else (vocabulary or "unknown").rpartition("/")[2]
                    if vocabulary and "mediatopic" in vocabulary.lower():
                        scheme = "medtop"
                    subjects.append(Subject(scheme=scheme, code=code))
        for prop in children(meta, "Property"):
            if attribute(prop, "FormalName") == "Keyword" and (word := attribute(prop, "Value")):
                subjects.append(Subject(scheme="keyword", name=word))
    for lines in known.lines:
        subjects.extend(Subject(scheme="keyword", name=word) for tag in children(lines, "KeywordLine") if (word := inline_text(tag)))
    return tuple(dict.fromkeys(subjects))


def _urgency(management: Tag | None, envelope: Tag | None) -> int | None:
    for tag in (child(management, "Urgency"), child(management, "Priority"), child(envelope, "Priority")):
        text = attribute(tag, "FormalName") or inline_text(tag)
        if text and re.fullmatch(r"\d", text):
            return int(text)
    return None


def _change(management: Tag | None) -> ChangeHint | None:
    for tag in children(management, "Instruction"):
        hint = _INSTRUCTIONS.get((attribute(tag, "FormalName") or "").lower())
        if hint:
            return hint
    return None


def _links(management: Tag | None, item: Tag) -> tuple[Link, ...]:
    links = []
    for name, relation in (("AssociatedWith", "related"), ("DerivedFrom", "original")):
        for tag in children(management, name):
            if other := attribute(tag, "NewsItem"):
                links.append(Link(relation=relation, external_id=other))
    for reference in item.find_all("NewsItemRef"):
        if other := attribute(reference, "NewsItem"):
            links.append(Link(relation="has_member", external_id=other))
    return tuple(dict.fromkeys(links))


def _role(component: Tag) -> str:
    return (attribute(child(component, "Role"), "FormalName") or "").lower()


def _media_type(item: Tag) -> str:
    kinds = [(attribute(tag, "FormalName") or "").lower() for tag in item.find_all("MediaType")]
    return next((kind for kind in kinds if kind), "package" if item.find("NewsItemRef") else "news")


def _any_duid(item: Tag) -> str | None:
    return next((duid for tag in item.find_all("NewsComponent") if (duid := attribute(tag, "Duid"))), None)


def _any_headline(item: Tag) -> str | None:
    return next((text for tag in item.find_all("HeadLine") if (text := inline_text(tag))), None)
