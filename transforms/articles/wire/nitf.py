"""NITF 3.x: a document of its own, or the body within NewsML. Format: IPTC NITF 3.6 (https://iptc.org/std/NITF/)."""

import re
from dataclasses import dataclass

from bs4.element import Tag

from transforms.articles.article import Article, ChangeHint, Dateline, Link, PubStatus, Rejection, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK
from transforms.articles.times import parse_time
from transforms.articles.wire.blocks import block_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.xml_tree import XmlTree, attribute, child, index_by_name, inline_text

Index = dict[str, list[Tag]]

# docdata/@management-status of NITF; `embargoed` copy is usable once its time has come.
_STATUS: dict[str, PubStatus] = {"usable": "usable", "embargoed": "usable", "withheld": "withheld", "canceled": "canceled"}
_FIXTURE_HINTS: tuple[tuple[str, ChangeHint], ...] = (
    ("kill", "kill"), ("correct", "correction"), ("advis", "advisory"), ("update", "update"), ("lead", "update"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NitfBody:
    """What body.head and body.content hold, for NITF alone and within NewsML."""

    headline: str | None = None
    subheadline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    place: str | None = None
    distributor: str | None = None
    abstract: str | None = None
    credit: str | None = None
    tagline: str | None = None
    story_date: str | None = None
    paragraphs: tuple[str, ...] = ()


NO_BODY = NitfBody()


def first(index: Index, name: str) -> Tag | None:
    """The first element of that name."""
    found = index.get(name)
    return found[0] if found else None


def read_nitf_body(index: Index) -> NitfBody:
    """The texts of an indexed `nitf` or `body` element."""
    head = first(index, "body.head")
    head_index = index_by_name(head) if head is not None else {}
    dateline = first(head_index, "dateline") or first(index, "dateline")
    content = index.get("body.content", [])
    paragraphs = block_paragraphs(content)
    if not content and (body := first(index, "body")) is not None:
        paragraphs = block_paragraphs([body])
    end = first(index, "body.end")
    tagline = first(index_by_name(end), "tagline") if end is not None else None
    headline = first(head_index, "hl1") or first(head_index, "hedline")
    return NitfBody(
        headline=inline_text(headline),
        subheadline=inline_text(first(head_index, "hl2")),
        byline=inline_text(first(head_index, "byline")),
        dateline=inline_text(dateline),
        place=inline_text(child(dateline, "location")),
        distributor=inline_text(first(head_index, "distributor")),
        abstract=inline_text(first(head_index, "abstract")),
        tagline=inline_text(tagline),
        story_date=attribute(child(dateline, "story.date"), "norm"),
        paragraphs=paragraphs,
    )


def read_nitf(document_id: str, tree: XmlTree, zone: str | None = None) -> Article | Rejection:
    """A NITF document as an article. `zone` is assumed for times that print none."""
    index = index_by_name(tree.root)
    body = read_nitf_body(index)
    docdata = first(index, "docdata")
    issued = parse_time(attribute(first(index, "date.issue"), "norm"), zone=zone)
    published = issued or next(
        (
            time
            for value in (
                attribute(first(index, "date.release"), "norm"),
                body.story_date,
                attribute(first(index, "pubdata"), "date.publication"),
                _meta(index, "timestamp", "date", "published"),
                attribute(tree.root, "change.date"),
            )
            if (time := parse_time(value, zone=zone))
        ),
        None,
    )
    released = parse_time(attribute(first(index, "date.release"), "norm"), zone=zone)
    is_embargoed = released is not None and published is not None and released.at > published.at
    title = inline_text(first(index, "title"))
    status = _STATUS.get((attribute(docdata, "management-status") or "usable").lower(), "usable")
    ed_message = attribute(first(index, "ed-msg"), "info")
    fixture = (attribute(first(index, "fixture"), "fix-id") or "").lower()
    change = next((hint for word, hint in _FIXTURE_HINTS if word in fixture), None)
    if status == "canceled":
        change = "kill"
    urgency = attribute(first(index, "urgency"), "ed-urg") or _meta(index, "priority", "anpa-priority")
    keywords = _keywords(index)
    return Article(
        document_id=document_id,
        format="nitf",
        headline=body.headline or title,
        subheadline=body.subheadline if body.subheadline != body.headline else None,
        slugline=_meta(index, "slug", "slugline", "anpa-keyword", "keyword") or (keywords[0] if keywords else None),
        byline=body.byline,
        authors=authors_of(body.byline),
        credit=body.distributor or attribute(first(index, "doc-id"), "regsrc"),
        dateline=_dateline(body),
        body=PARAGRAPH_BREAK.join(body.paragraphs),
        language=attribute(tree.root, "lang") or attribute(tree.root, "baselang") or attribute(first(index, "body"), "lang"),
        genre=attribute(first(index, "tobject.property"), "tobject.property.type"),
        section=_meta(index, "category", "anpa-category"),
        subjects=(*_subjects(index), *(Subject(scheme="keyword", name=word) for word in keywords)),
        urgency=int(urgency) if urgency and re.fullmatch(r"[0-9]", urgency) else None,
        ed_note=ed_message or inline_text(first(index, "ed-msg")),
        sign_off=body.tagline,
        rights=attribute(first(index, "doc.copyright"), "holder"),
        external_id=attribute(first(index, "doc-id"), "id-string"),
        published_at=published.at if published else None,
        published_at_source="wire" if published else None,
        published_at_precision=published.precision if published else None,
        published_at_zone=published.zone if published else None,
        embargoed_until=released.at if released and is_embargoed else None,
        version=attribute(first(index, "du-key"), "version"),
        pub_status=status,
        change_hint=change,
        links=_links(index),
        is_partial=tree.is_partial,
        warnings=tree.warnings,
    )


def _dateline(body: NitfBody) -> Dateline | None:
    if not body.dateline:
        return None
    return Dateline(text=body.dateline, place=body.place or body.dateline)


def _meta(index: Index, *names: str) -> str | None:
    metas = {(attribute(tag, "name") or "").lower(): attribute(tag, "content") for tag in index.get("meta", ())}
    return next((value for name in names if (value := metas.get(name))), None)


def _keywords(index: Index) -> list[str]:
    return [key for tag in index.get("keyword", ()) if (key := attribute(tag, "key"))]


def _subjects(index: Index) -> tuple[Subject, ...]:
    """tobject.subject elements: IPTC's own eight digits are `subj`, other providers keep their name as scheme."""
    subjects = []
    for tag in index.get("tobject.subject", ()):
        code = attribute(tag, "tobject.subject.refnum") or attribute(tag, "tobject.subject.code")
        provider = (attribute(tag, "tobject.subject.ipr") or "IPTC").upper()
        names = [
            attribute(tag, f"tobject.subject.{level}") for level in ("detail", "matter", "type")
        ]
        name = next((name for name in names if name), None)
        if code or name:
            scheme = "subj" if provider == "IPTC" and code and code.isdigit() else provider.lower()
            subjects.append(Subject(scheme=scheme, code=code, name=name))
    return tuple(dict.fromkeys(subjects))


def _links(index: Index) -> tuple[Link, ...]:
    """doc-id@regsrc aside, NITF relates items by du-key (the same story) and by del-list."""
    key = attribute(first(index, "du-key"), "key")
    return (Link(relation="related", external_id=key),) if key else ()
