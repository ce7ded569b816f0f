"""A news page: metadata and body of an HTML document, or why it is no article."""

from dataclasses import dataclass, replace

from transforms.articles.article import Article, Item, Provenance, Rejection
from transforms.articles.pages.body import Body, joined, read_body, read_misnamed, read_selected
from transforms.articles.pages.candidates import strip_furniture
from transforms.articles.pages.cleaning import CUT_OFF
from transforms.articles.pages.clippings import cut_metadata
from transforms.articles.pages.dates import read_moment
from transforms.articles.pages.heads import cut_head
from transforms.articles.pages.layouts import layout_for, read_layout, with_layout
from transforms.articles.pages.markup import parse_markup
from transforms.articles.pages.metadata import Metadata, read_metadata
from transforms.articles.pages.rejections import SHORTEST_ARTICLE, Refusal, refusal_of
from transforms.articles.pages.signatures import find_date_line, find_signature
from transforms.articles.pages.zones import zone_of
from transforms.documents import Document
from transforms.publishers import Publisher

FORMAT = "html"
_PICTURED = frozenset({"video", "gallery", "audio"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An outcome with what led to it, for `explain_page`."""

    outcome: Article | Item | Rejection
    metadata: Metadata | None = None
    body: Body | None = None


def read_page(
    document: Document, markup: str, *, publisher: Publisher | None, use_layouts: bool = True
) -> Article | Item | Rejection:
    """Read the decoded `markup` of `document` into an `Article`, an `Item` (a page that is a video or gallery
    without text) or a `Rejection` with its reason.

    `publisher` supplies the time zone, the order of day and month, and its layouts where `use_layouts`.
    Never raises for what a page holds; time and memory are bounded by the limits of `markup` and `candidates`.
    """
    return read_closely(document, markup, publisher=publisher, use_layouts=use_layouts).outcome


def read_closely(document: Document, markup: str, *, publisher: Publisher | None, use_layouts: bool = True) -> Reading:
    """As `read_page`, with all that led to the outcome."""
    tree = parse_markup(markup)
    if tree.root is None:
        return Reading(outcome=_rejected(document, Refusal(reason="empty", detail="The page holds no element.")))
    root = tree.root
    is_framed = next(root.iter("frameset", "frame"), None) is not None
    layout = layout_for(publisher, document.fetched_at) if use_layouts else None
    fields = read_layout(root, layout) if layout is not None else None
    head = cut_head(root)
    scripts = list(root.iter("script"))
    elements = strip_furniture(root)
    clippings = cut_metadata(root, head, elements)
    metadata = read_metadata(clippings.soup, document=document, publisher=publisher)
    clippings.soup.decompose()
    if fields is not None and publisher is not None:
        metadata = with_layout(metadata, fields, publisher)
    body = read_body(root, elements, scripts, metadata)
    if fields is not None and fields.body is not None:
        body = read_selected(fields.body, f"layout {fields.body_selector}", metadata) or body
    if len(body.text) < SHORTEST_ARTICLE and body.dropped:
        body = read_misnamed(markup, metadata) or body
    authors, byline, text = metadata.authors, metadata.byline, body.text
    provenance = metadata.provenance
    if not metadata.has_person and (signature := find_signature(body.judged)):
        authors, place = signature
        byline = byline or body.judged[place].block.text
        text = joined(each for at, each in enumerate(body.judged) if at != place)
        provenance = (
            *(each for each in provenance if each.field != "authors"),
            Provenance(field="authors", source="text", detail=byline),
        )
    if metadata.published_at is None or metadata.published_at_source == "url":
        metadata = _dated_by_text(metadata, body, document, publisher)
        provenance = (*(each for each in provenance if each.field != "published_at"), *(each for each in metadata.provenance if each.field == "published_at"))
    refusal = refusal_of(metadata, body, text, metadata.canonical_url or document.url)
    if refusal is not None and not text and is_framed:
        refusal = Refusal(reason="frames", detail="The page is a set of frames; its text is elsewhere.")
    if refusal is not None and refusal.reason in ("no_body", "too_short") and (metadata.genre in _PICTURED or metadata.thing_type):
        item = Item(
            document_id=document.id, format=FORMAT, item_type=metadata.genre or "video", headline=metadata.headline,
            published_at=metadata.published_at, external_id=metadata.canonical_url,
        )  # fmt: skip
        return Reading(outcome=item, metadata=metadata, body=body)
    if refusal is not None:
        return Reading(outcome=_rejected(document, refusal), metadata=metadata, body=body)
    is_cut_off = any(each.reason == CUT_OFF for each in body.judged)
    is_partial = is_cut_off or body.is_partial or "page_truncated" in tree.warnings or bool(metadata.word_count and len(text.split()) < 0.4 * metadata.word_count)
    article = Article(
        document_id=document.id, format=FORMAT, body=text, url=document.url,
        canonical_url=metadata.canonical_url, headline=metadata.headline, subheadline=metadata.subheadline or body.lead,
        authors=authors, byline=byline, credit=metadata.credit, language=metadata.language,
        section=metadata.section, genre=metadata.genre, subjects=metadata.subjects, image_url=metadata.image_url,
        published_at=metadata.published_at, published_at_source=metadata.published_at_source,
        published_at_precision=metadata.published_at_precision, published_at_zone=metadata.published_at_zone,
        modified_at=metadata.modified_at, links=metadata.links, is_paywalled=metadata.is_paywalled, is_partial=is_partial,
        publisher_code=publisher.code if publisher else document.publisher_code,
        provenance=(*provenance, Provenance(field="body", source=body.source, detail=body.reason)),
        warnings=(*tree.warnings, *metadata.warnings),
    )  # fmt: skip
    return Reading(outcome=article, metadata=metadata, body=body)


def _dated_by_text(metadata: Metadata, body: Body, document: Document, publisher: Publisher | None) -> Metadata:
    """The metadata with the time that a line near the top of the text prints, where it prints one."""
    zone = (publisher.time_zone if publisher else None) or zone_of(metadata.canonical_url or document.url, metadata.language)
    line = find_date_line(
        body.judged,
        lambda text: read_moment(text, language=metadata.language, zone=zone, is_day_first=publisher.is_day_first if publisher else None),
    )
    if line is None:
        return metadata
    moment, text = line
    return replace(
        metadata, published_at=moment.at, published_at_source="text", published_at_precision=moment.precision, published_at_zone=moment.zone,
        provenance=(*metadata.provenance, Provenance(field="published_at", source="text", detail=text)),
    )  # fmt: skip


def _rejected(document: Document, refusal: Refusal) -> Rejection:
    return Rejection(document_id=document.id, reason=refusal.reason, detail=refusal.detail, format=FORMAT)


