"""NewsML 1.x: NewsItems of nested NewsComponents, each language or story of its own an article.

Format: IPTC NewsML 1.2 (https://iptc.org/std/NewsML/1.2/).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bs4.element import Tag

from transforms.articles.article import Article, Item, Outcome, PubStatus
from transforms.articles.paragraphs import PARAGRAPH_BREAK, split_paragraphs
from transforms.articles.times import parse_time
from transforms.articles.wire.blocks import block_paragraphs, html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.newsml1_metadata import (
    Known,
    any_duid,
    any_headline,
    change_of,
    dateline_of,
    described,
    language_of,
    line_of,
    links_of,
    media_type_of,
    news_line_of,
    party_of,
    role_of,
    subjects_of,
    urgency_of,
)
from transforms.articles.wire.nitf import NO_BODY, NitfBody, read_nitf_body
from transforms.articles.wire.xml_tree import XmlTree, attribute, child, children, index_by_name, inline_text

_STATUS: dict[str, PubStatus] = {
    "usable": "usable", "embargoed": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled",
    "killed": "canceled",
}  # fmt: skip
# Components with these roles are parts of one article, not articles of their own.
_PARTS = frozenset(("title", "lead", "body", "headline", "text", "caption", "abstract", "summary", "subtitle", "label"))
_BODY_PARTS = ("lead", "abstract", "summary", "body", "text")
_MEDIA = frozenset(("photo", "picture", "image", "graphic", "video", "audio", "animation"))
# urn:newsml:provider:date:item, with or without the revision behind it (RFC 3085).
_PARTS_OF_PUBLIC_ID = 4
# Belga leaves the name of the element that stood in a text.
_PLACEHOLDER = re.compile(r"^[ \t]*NewsComponentRef[ \t]*$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text within a NewsItem with what is known of it."""

    known: Known
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
    known = Known(language=attribute(item, "lang"))
    texts = [text for component in children(item, "NewsComponent") for text in _texts(component, known)]
    if len(texts) > 1:
        # A title that stands in a component of its own is no second article.
        texts = [text for text in texts if " ".join(text.paragraphs) != line_of(text.known, "HeadLine")] or texts[:1]
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
    links = links_of(management, item)
    if not texts and status != "canceled":
        yield Item(
            document_id=document_id,
            format="newsml",
            item_type=media_type_of(item),
            external_id=external_id,
            headline=any_headline(item),
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
            external_id=f"{external_id}#{duid}" if len(texts) > 1 and duid else external_id or duid or any_duid(item),
            urgency=urgency_of(management, envelope),
            published_at=published.at if published else None,
            published_at_source="wire" if published else None,
            published_at_precision=published.precision if published else None,
            published_at_zone=published.zone if published else None,
            modified_at=revised.at if revised and published and revised.at != published.at else None,
            embargoed_until=embargo.at if embargo else None,
            version=version,
            pub_status=status,
            change_hint="kill" if status == "canceled" else change_of(management),
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


def _texts(component: Tag, outer: Known) -> Iterator[_Text]:
    """The texts below a component: of its own content, of its parts, or of the components in it."""
    known = Known(
        lines=(*children(component, "NewsLines"), *outer.lines),
        administrative=(*children(component, "AdministrativeMetadata"), *outer.administrative),
        descriptive=(*children(component, "DescriptiveMetadata"), *children(component, "DescriptiveMetada"), *outer.descriptive),
        rights=(*children(component, "RightsMetadata"), *outer.rights),
        language=language_of(component) or outer.language,
        component=component,
    )
    inner = children(component, "NewsComponent")
    parts = {role: part for part in inner if (role := role_of(part)) in _PARTS}
    if any(role in parts for role in _BODY_PARTS):
        paragraphs: list[str] = []
        for role in _BODY_PARTS:
            if role in parts:
                paragraphs.extend(_contents(parts[role])[0])
        title = next((text for role in ("title", "headline") if role in parts for text in _contents(parts[role])[0]), None)
        if paragraphs:
            yield _Text(known=known, paragraphs=tuple(paragraphs), nitf=NO_BODY, headline=title)
        inner = [part for part in inner if role_of(part) not in _PARTS or child(part, "NewsComponent") is not None]
    else:
        own, nitf = _contents(component)
        if own and role_of(component) not in ("caption", "thumbnail"):
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
    byline = line_of(known, "ByLine") or nitf.byline
    headline = line_of(known, "HeadLine") or text.headline or nitf.headline
    sub = line_of(known, "SubHeadLine") or nitf.subheadline
    return Article(
        document_id=document_id,
        format="newsml",
        body=PARAGRAPH_BREAK.join(text.paragraphs),
        headline=headline,
        subheadline=sub if sub != headline else None,
        slugline=line_of(known, "SlugLine"),
        byline=byline,
        authors=authors_of(byline),
        credit=line_of(known, "CreditLine") or party_of(known, "Provider") or party_of(known, "Source"),
        dateline=dateline_of(known, nitf),
        language=known.language or described(known, "Language"),
        genre=described(known, "Genre"),
        subjects=subjects_of(known),
        ed_note=news_line_of(known, ("editorsnote", "advisory", "editorialnote", "noteeditor")),
        sign_off=nitf.tagline,
        rights=line_of(known, "CopyrightLine"),
        is_partial=tree.is_partial,
        warnings=tree.warnings,
    )
