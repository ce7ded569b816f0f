"""A news page: metadata and body of an HTML document, or why it is no article."""

from transforms.articles.article import Article, Item, Provenance, Rejection
from transforms.articles.pages.body import joined, read_body
from transforms.articles.pages.clippings import cut_metadata
from transforms.articles.pages.markup import parse_markup
from transforms.articles.pages.metadata import read_metadata
from transforms.articles.pages.signatures import find_signature
from transforms.documents import Document
from transforms.publishers import Publisher

FORMAT = "html"


def read_page(
    document: Document, markup: str, *, publisher: Publisher | None, use_layouts: bool = True
) -> Article | Item | Rejection:
    """Read the decoded `markup` of `document` into an `Article`, an `Item` (a page that is a video or gallery
    without text) or a `Rejection` with its reason.

    `publisher` supplies the time zone, the order of day and month, and its layouts where `use_layouts`.
    Never raises for what a page holds; time and memory are bounded by the limits of `markup` and `candidates`.
    """
    tree = parse_markup(markup)
    if tree.root is None:
        return Rejection(document_id=document.id, reason="empty", detail="The page holds no element.", format=FORMAT)
    clippings = cut_metadata(tree.root, tree.elements)
    metadata = read_metadata(clippings.soup, document=document, publisher=publisher)
    body = read_body(tree.root, tree.elements, metadata)
    authors, byline, text = metadata.authors, metadata.byline, body.text
    provenance = metadata.provenance
    if not metadata.has_person and (signature := find_signature(body.judged)):
        authors, place = signature
        byline = byline or body.judged[place].block.text
        text = joined(each for at, each in enumerate(body.judged) if at != place)
        provenance = (*(each for each in provenance if each.field != "authors"), Provenance(field="authors", source="text", detail=byline))
    if not text:
        return Rejection(document_id=document.id, reason="no_body", detail="No paragraph was found that could be an article's.", format=FORMAT)
    return Article(
        document_id=document.id, format=FORMAT, body=text, url=document.url,
        canonical_url=metadata.canonical_url, headline=metadata.headline, subheadline=metadata.subheadline,
        authors=authors, byline=byline, credit=metadata.credit, language=metadata.language,
        section=metadata.section, subjects=metadata.subjects, image_url=metadata.image_url,
        published_at=metadata.published_at, published_at_source=metadata.published_at_source,
        published_at_precision=metadata.published_at_precision, published_at_zone=metadata.published_at_zone,
        modified_at=metadata.modified_at, links=metadata.links, is_paywalled=metadata.is_paywalled,
        publisher_code=publisher.code if publisher else document.publisher_code,
        provenance=(*provenance, Provenance(field="body", source="html", detail=body.reason)),
        warnings=(*tree.warnings, *metadata.warnings),
    )  # fmt: skip
