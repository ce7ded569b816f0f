"""NewsML-G2: newsItem, packageItem and the other items, alone or in a newsMessage.

Format: IPTC NewsML-G2 (https://iptc.org/std/NewsML-G2/); scheme aliases as IPTC's standard catalog resolves them.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bs4.element import Tag

from transforms.articles.article import Article, ChangeHint, Dateline, Item, Link, Outcome, PubStatus, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK, split_paragraphs
from transforms.articles.times import WireTime, parse_time
from transforms.articles.wire.blocks import SKIPPED, block_paragraphs, html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.nitf import NO_BODY, NitfBody, read_nitf_body
from transforms.articles.wire.xml_tree import XmlTree, attribute, child, children, index_by_name, inline_text

_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_STATUS: dict[str, PubStatus] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled"}
# IPTC's `sig` scheme, and `edStat` as Reuters uses it.
_SIGNALS: dict[str, ChangeHint] = {
    "update": "update", "correction": "correction", "kill": "kill", "cancel": "kill", "advisory": "advisory",
    "edstat:u": "update", "edstat:c": "correction", "edstat:k": "kill", "edstat:w": "kill",
}  # fmt: skip
# IPTC's item relations (`irel`, http://cv.iptc.org/newscodes/itemrelation/).
_RELATIONS = {
    "previousversion": "updates", "evolvedfrom": "updates", "translatedfrom": "translates", "derivedfrom": "original",
    "derivedfromitem": "original", "corrects": "corrects", "correctionto": "corrects", "supersedes": "updates",
}  # fmt: skip
_NO_PLACE = frozenset(("no data available", "n a", "none", "unknown", "null", ""))
_DOUBLE_ESCAPED = re.compile(r"&(?:quot|amp|apos|lt|gt|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """The text of an item: its paragraphs, and what NITF within it says."""

    paragraphs: tuple[str, ...] = ()
    nitf: NitfBody = NO_BODY


def read_newsml_g2(document_id: str, tree: XmlTree, zone: str | None = None) -> Iterator[Outcome]:
    """Every item of the document in order. Items of a package within the message know their package."""
    index = index_by_name(tree.root)
    items = [tag for name in _ITEMS for tag in index.get(name, ())]
    packages = _memberships(items)
    if not items:
        yield _read_item(document_id, tree.root, tree, zone, {})
        return
    order = {id(tag): place for place, tag in enumerate(_in_order(tree.root))}
    for item in sorted(items, key=lambda tag: order.get(id(tag), 0)):
        yield _read_item(document_id, item, tree, zone, packages)


def _in_order(root: Tag) -> Iterator[Tag]:
    if root.name in _ITEMS:
        yield root
    yield from (node for node in root.descendants if isinstance(node, Tag) and node.name in _ITEMS)


def _memberships(items: list[Tag]) -> dict[str, str]:
    """Which package of the message holds which item, by their guids."""
    found: dict[str, str] = {}
    for item in items:
        package = attribute(item, "guid")
        if item.name == "packageItem" and package:
            for reference in item.find_all("itemRef"):
                member = attribute(reference, "residref") or attribute(reference, "guidref")
                if member:
                    found.setdefault(member, package)
    return found


def _read_item(document_id: str, item: Tag, tree: XmlTree, zone: str | None, packages: dict[str, str]) -> Outcome:
    meta, about = child(item, "itemMeta"), child(item, "contentMeta")
    rights = child(item, "rightsInfo")
    version_time = parse_time(inline_text(child(meta, "versionCreated")), zone=zone)
    created = parse_time(inline_text(child(meta, "firstCreated")), zone=zone) or parse_time(
        inline_text(child(about, "contentCreated")), zone=zone
    )
    published = created or version_time
    content = _content(item) if item.name not in ("packageItem", "conceptItem", "planningItem") else _Content()
    status = _STATUS.get(_last(_code(child(meta, "pubStatus"))) or "usable", "usable")
    kind = _last(_code(child(meta, "itemClass"))) or item.name.removesuffix("Item").lower()
    guid = attribute(item, "guid")
    links = (*_links(meta, item), *((Link(relation="member_of", external_id=packages[guid]),) if guid in packages else ()))
    headline = _headline(about) or content.nitf.headline or inline_text(child(meta, "title"))
    has_text = bool(content.paragraphs) and kind in ("text", "composite", "news", "contentset", "newsitem")
    if not has_text and not (status == "canceled" and kind == "text"):
        return Item(
            document_id=document_id,
            format="newsml-g2",
            item_type=kind,
            external_id=guid,
            headline=headline,
            published_at=published.at if published else None,
            version=attribute(item, "version"),
            pub_status=status,
            links=links,
            warnings=tree.warnings,
        )
    byline = inline_text(child(about, "by")) or content.nitf.byline
    embargo = parse_time(inline_text(child(meta, "embargoed")), zone=zone)
    return Article(
        document_id=document_id,
        format="newsml-g2",
        body=PARAGRAPH_BREAK.join(content.paragraphs),
        external_id=guid,
        headline=headline,
        subheadline=_sub_headline(about) or content.nitf.subheadline,
        slugline=inline_text(child(about, "slugline")),
        byline=byline,
        authors=authors_of(byline) or _creators(about),
        credit=inline_text(child(about, "creditline")) or _named(child(about, "infoSource")) or _named(child(meta, "provider")),
        dateline=_dateline(about, meta, content),
        language=attribute(child(about, "language"), "tag") or attribute(item, "lang"),
        section=_named(child(meta, "service")),
        genre=_named(child(about, "genre")),
        subjects=_subjects(about),
        urgency=_urgency(about),
        ed_note=_ed_note(meta),
        sign_off=content.nitf.tagline,
        rights=inline_text(child(rights, "copyrightNotice")) or _named(child(rights, "copyrightHolder")),
        published_at=published.at if published else None,
        published_at_source="wire" if published else None,
        published_at_precision=published.precision if published else None,
        published_at_zone=published.zone if published else None,
        modified_at=_modified(version_time, published),
        embargoed_until=embargo.at if embargo else None,
        version=attribute(item, "version"),
        pub_status=status,
        change_hint="kill" if status == "canceled" else _change(meta),
        links=links,
        is_partial=tree.is_partial,
        warnings=tree.warnings,
    )


def _content(item: Tag) -> _Content:
    """The text of `contentSet`: NITF, XHTML or plain text, inline. The longest of several renditions counts."""
    best = _Content()
    index = index_by_name(item)
    for inline in (*index.get("inlineXML", ()), *index.get("inlineData", ())):
        found = _inline_content(inline)
        if sum(map(len, found.paragraphs)) > sum(map(len, best.paragraphs)):
            best = found
    return best


def _inline_content(inline: Tag) -> _Content:
    index = index_by_name(inline)
    if inline.name == "inlineData":
        text = inline.get_text()
        is_markup = "html" in (attribute(inline, "contenttype") or "") or "<p" in text
        if attribute(inline, "encoding"):
            return _Content()
        return _Content(paragraphs=html_paragraphs(text) if is_markup else split_paragraphs(text))
    if "nitf" in index or "body.content" in index:
        nitf = read_nitf_body(index)
        return _Content(paragraphs=tuple(map(_unescaped, nitf.paragraphs)), nitf=nitf)
    if "html" in index or "body" in index or "p" in index:
        roots = index.get("body") or index.get("html") or [inline]
        paragraphs = block_paragraphs(roots[:1], skipped=SKIPPED | {"header", "footer"}) or block_paragraphs(roots[:1])
        return _Content(paragraphs=tuple(map(_unescaped, paragraphs)))
    if len(index) == 1:
        return _Content(paragraphs=split_paragraphs(inline.get_text()))
    return _Content()


def _unescaped(paragraph: str) -> str:
    """Some senders escape their text twice."""
    return " ".join(html.unescape(paragraph).split()) if _DOUBLE_ESCAPED.search(paragraph) else paragraph


def _code(tag: Tag | None) -> str | None:
    return attribute(tag, "qcode") or attribute(tag, "literal") or attribute(tag, "uri") or inline_text(tag)


def _last(code: str | None) -> str | None:
    """The code behind a scheme alias or at the end of an address, in small letters."""
    return re.split(r"[:/#]", code.strip())[-1].lower() if code else None


def _named(tag: Tag | None) -> str | None:
    """The name of a concept, else its literal or code."""
    if tag is None:
        return None
    return inline_text(child(tag, "name")) or attribute(tag, "literal") or _last_printed(attribute(tag, "qcode")) or attribute(tag, "uri")


def _last_printed(code: str | None) -> str | None:
    return code.rpartition(":")[2] or None if code else None


def _headline(about: Tag | None) -> str | None:
    heads = children(about, "headline")
    main = [tag for tag in heads if "sub" not in (attribute(tag, "role") or "").lower()]
    return next((text for tag in main or heads if (text := inline_text(tag))), None)


def _sub_headline(about: Tag | None) -> str | None:
    heads = children(about, "headline")
    return next((inline_text(tag) for tag in heads if "sub" in (attribute(tag, "role") or "").lower()), None)


def _creators(about: Tag | None) -> tuple[str, ...]:
    names = [_named(tag) for tag in (*children(about, "creator"), *children(about, "contributor"))]
    return tuple(dict.fromkeys(author for name in names for author in authors_of(name)))


def _dateline(about: Tag | None, meta: Tag | None, content: _Content) -> Dateline | None:
    located = child(about, "located") or child(meta, "located")
    country: str | None = None
    region: str | None = None
    for broader in children(located, "broader"):
        kind, code = (attribute(broader, "type") or "").lower(), attribute(broader, "qcode") or ""
        if "country" in kind or "iso3166" in code.lower() or "cntry" in code.lower():
            country = _last_printed(code) or inline_text(child(broader, "name"))
        elif "stat" in kind or "reg" in kind:
            region = inline_text(child(broader, "name"))
    place = inline_text(child(located, "name")) or attribute(located, "literal")
    text = inline_text(child(about, "dateline")) or content.nitf.dateline or place
    if place and re.sub(r"[\W_]+", " ", place).strip().lower() in _NO_PLACE:
        place = None
    # Some senders put a time where the dateline belongs.
    if text and (parse_time(re.sub(r"GMT\+00:00\Z", "GMT", text)) or re.fullmatch(r"[^\W\d_]+\s+\d{1,2},\s+\d{4}", text)):
        text = place
    if not text:
        return None
    return Dateline(text=text, place=place or content.nitf.place or text, region=region, country_code=country)


def _subjects(about: Tag | None) -> tuple[Subject, ...]:
    subjects = []
    for tag in children(about, "subject"):
        code, name = attribute(tag, "qcode"), inline_text(child(tag, "name"))
        address = attribute(tag, "uri")
        if code and ":" in code:
            scheme, _, code = code.partition(":")
        elif address:
            scheme, code = _scheme_of_address(address)
        else:
            scheme, code = "keyword", code or attribute(tag, "literal")
            if name is None:
                name, code = code, None
        if code or name:
            subjects.append(Subject(scheme=scheme, code=code, name=name))
    subjects.extend(Subject(scheme="keyword", name=word) for tag in children(about, "keyword") if (word := inline_text(tag)))
    return tuple(dict.fromkeys(subjects))


def _scheme_of_address(address: str) -> tuple[str, str]:
    found = re.match(r"https?://cv\.iptc\.org/newscodes/(\w+)/([\w.-]+)", address)
    if found:
        return {"mediatopic": "medtop", "subjectcode": "subj"}.get(found[1], found[1]), found[2]
    return "uri", address


def _urgency(about: Tag | None) -> int | None:
    text = inline_text(child(about, "urgency"))
    return int(text) if text and re.fullmatch(r"\d", text) else None


def _ed_note(meta: Tag | None) -> str | None:
    notes = [
        text
        for tag in children(meta, "edNote")
        if tag.find("section") is None and "nonpublic" not in (attribute(tag, "pubconstraint") or "") and (text := inline_text(tag))
    ]
    return "\n".join(dict.fromkeys(notes)) or None


def _change(meta: Tag | None) -> ChangeHint | None:
    for tag in children(meta, "signal"):
        code = (attribute(tag, "qcode") or "").lower()
        hint = _SIGNALS.get(code) or (_SIGNALS.get(_last(code) or "") if not code.startswith("edstat") else None)
        if hint:
            return hint
    return None


def _links(meta: Tag | None, item: Tag) -> tuple[Link, ...]:
    links = []
    for tag in children(meta, "link"):
        relation = _RELATIONS.get(_last(attribute(tag, "rel")) or "", "related")
        other = attribute(tag, "residref") or attribute(tag, "guidref")
        address = attribute(tag, "href")
        if other or address:
            links.append(Link(relation=relation, external_id=other, url=address))
    group_set = child(item, "groupSet")
    for reference in group_set.find_all("itemRef") if group_set is not None else ():
        other, address = attribute(reference, "residref") or attribute(reference, "guidref"), attribute(reference, "href")
        if other or address:
            links.append(Link(relation="has_member", external_id=other, url=address))
    return tuple(dict.fromkeys(links))


def _modified(version: WireTime | None, published: WireTime | None) -> datetime | None:
    """The time of this version where it is later than the first: some senders lack or mix up one of the two."""
    return version.at if version and published and version.at > published.at else None
