"""RSS 0.9x to 2.0, RDF, Atom, news sitemaps and WXR as documents: each entry is an article, or an item."""

import re
from collections.abc import Iterator
from itertools import chain

from bs4.element import Tag

from transforms.articles.article import Article, Item, Link, Outcome, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK
from transforms.articles.times import parse_time
from transforms.articles.wire.blocks import html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.xml_tree import (
    MAX_TAGS,
    XmlTree,
    attribute,
    child,
    children,
    index_by_name,
    inline_text,
    parse_xml,
)

_ENTRY = re.compile(r"<(item|entry|url)\b[^>]*>.*?</\1\s*>", re.S)
_HEAD_LANGUAGE = re.compile(r"<language>[^<]{1,20}</language>")
_ENTRIES_AT_ONCE = 100
_WXR_STATUS = {"draft": "withheld", "pending": "withheld", "private": "withheld", "trash": "canceled"}


def parse_feed(text: str) -> Iterator[XmlTree]:
    """A feed as one tree, or a long one (an export of thousands of posts) as a tree for every hundred entries."""
    if text.count("<") <= MAX_TAGS:
        yield parse_xml(text)
        return
    entries = _ENTRY.finditer(text)
    first = next(entries, None)
    if first is None:
        yield parse_xml(text)
        return
    name, head = first[1], _HEAD_LANGUAGE.search(text[: first.start()])
    chunk: list[str] = []
    for entry in chain((first,), entries):
        chunk.append(entry[0])
        if len(chunk) == _ENTRIES_AT_ONCE:
            yield _tree_of(chunk, name, head[0] if head else "")
            chunk = []
    if chunk:
        yield _tree_of(chunk, name, head[0] if head else "")


def _tree_of(entries: list[str], name: str, head: str) -> XmlTree:
    root = {"entry": "feed", "url": "urlset"}.get(name, "rss")
    return parse_xml(f"<{root}>{head}{''.join(entries)}</{root}>")


def read_feed(document_id: str, tree: XmlTree, format_name: str, zone: str | None = None) -> Iterator[Outcome]:
    """The entries of a feed or an export in order. A feed's language holds for its entries."""
    root = tree.root
    channel = child(root, "channel") or root
    language = inline_text(child(channel, "language")) or attribute(root, "lang")
    entries = index_by_name(root).get("entry" if root.name in ("feed", "entry") else "item", [])
    if root.name == "urlset":
        entries = children(root, "url")
    for entry in entries:
        yield _read_entry(document_id, entry, format_name, language, zone, tree)


def _read_entry(
    document_id: str, entry: Tag, format_name: str, language: str | None, zone: str | None, tree: XmlTree
) -> Outcome:
    found = index_by_name(entry)

    def text(*names: str) -> str | None:
        return next((value for name in names for tag in found.get(name, ()) if (value := inline_text(tag))), None)

    published = next(
        (time for name in ("pubDate", "published", "publication_date", "date", "post_date_gmt", "issued", "updated")
         if (time := parse_time(text(name), zone=zone))),
        None,
    )  # fmt: skip
    modified = parse_time(text("updated", "modified", "post_modified_gmt", "lastmod"), zone=zone)
    body = _body(found)
    address = _link(found)
    identifier = text("guid", "id", "post_id")
    headline = text("title")
    categories = [
        Subject(scheme=attribute(tag, "domain") or attribute(tag, "scheme") or "keyword", name=name, code=attribute(tag, "nicename"))
        for tag in found.get("category", ())
        if (name := inline_text(tag) or attribute(tag, "term"))
    ]
    keywords = [Subject(scheme="keyword", name=word.strip()) for word in (text("keywords") or "").split(",") if word.strip()]
    names = [inline_text(child(tag, "name")) or inline_text(tag) for tag in (*found.get("creator", ()), *found.get("author", ()))]
    authors = tuple(dict.fromkeys(name for name in names if name and "@" not in name))
    if not body:
        return Item(
            document_id=document_id,
            format=format_name,
            item_type=text("post_type") or ("link" if address else "entry"),
            external_id=identifier or address,
            headline=headline,
            published_at=published.at if published else None,
            links=(Link(relation="related", url=address),) if address else (),
            warnings=tree.warnings,
        )
    status = _WXR_STATUS.get(text("status") or "", "usable")
    return Article(
        document_id=document_id,
        format=format_name,
        body=body,
        url=address,
        external_id=identifier,
        headline=headline,
        byline=", ".join(authors) or None,
        authors=tuple(name for author in authors for name in (authors_of(author) or (author,))),
        credit=text("source", "publisher"),
        language=text("language") or attribute(entry, "lang") or language,
        subjects=tuple(dict.fromkeys((*categories, *keywords))),
        rights=text("rights", "copyright"),
        published_at=published.at if published else None,
        published_at_source="feed" if published else None,
        published_at_precision=published.precision if published else None,
        published_at_zone=published.zone if published else None,
        modified_at=modified.at if modified and published and modified.at != published.at else None,
        pub_status="withheld" if status == "withheld" else "canceled" if status == "canceled" else "usable",
        is_partial=tree.is_partial,
        warnings=tree.warnings,
    )


def _body(found: dict[str, list[Tag]]) -> str:
    """`content:encoded`, Atom's content, else the description or summary: the longest text that there is."""
    texts = []
    for name in ("encoded", "content", "description", "summary"):
        for tag in found.get(name, ()):
            if tag.get("type") in ("image/jpeg", "image/png") or tag.get("medium"):
                continue
            markup = tag.decode_contents(formatter="minimal") if tag.find(True) else tag.get_text()
            paragraphs = html_paragraphs(markup.strip())
            if paragraphs:
                texts.append(PARAGRAPH_BREAK.join(paragraphs))
        if texts and name in ("encoded", "content"):
            break
    return max(texts, key=len, default="")


def _link(found: dict[str, list[Tag]]) -> str | None:
    for tag in (*found.get("link", ()), *found.get("loc", ())):
        if attribute(tag, "rel") in (None, "alternate"):
            address = attribute(tag, "href") or inline_text(tag)
            if address and address.startswith("http"):
                return address
    return next((value for tag in found.get("guid", ()) if (value := inline_text(tag)) and value.startswith("http")), None)
