"""What every article gets once its format is read: language, dateline, sign-off, hints and charset."""

from dataclasses import dataclass, replace
from datetime import datetime

from transforms.articles.article import Article, Dateline, Provenance
from transforms.articles.charset import Decoded
from transforms.articles.datelines import split_dateline
from transforms.articles.language import detect_language, language_code
from transforms.articles.paragraphs import PARAGRAPH_BREAK
from transforms.articles.places import Places
from transforms.documents import Document
from transforms.publishers import Publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a document besides its text."""

    document: Document
    decoded: Decoded
    publisher: Publisher | None = None
    places: Places | None = None


def complete(article: Article, context: Context) -> Article:
    """Fill what the format left open. What a document states is never overwritten by what is found in its text."""
    document, publisher = context.document, context.publisher
    provenance = list(article.provenance)
    published_at, source = article.published_at, article.published_at_source
    precision = article.published_at_precision
    if published_at is None and document.published_hint is not None:
        published_at, source = document.published_hint, document.published_hint_source or "feed"
        precision = "day" if source == "crawl_record" else "second"
    reference = published_at or document.published_hint or document.fetched_at
    dateline, body = _dateline(article, reference, context)
    if dateline is not None and published_at is None and dateline.date is not None:
        day = dateline.date
        published_at = datetime(day.year, day.month, day.day, tzinfo=reference.tzinfo if reference else None)
        source, precision = "dateline", "day"
    language = language_code(article.language)
    if language is None:
        hint = publisher.language if publisher else None
        language = detect_language(body, hint=hint) or hint
        provenance.append(Provenance(field="language", source="text", detail=language))
    return replace(
        article,
        url=article.url or document.url,
        publisher_code=article.publisher_code or document.publisher_code or (publisher.code if publisher else None),
        language=language,
        dateline=dateline,
        body=body,
        published_at=published_at,
        published_at_source=source,
        published_at_precision=precision,
        charset=context.decoded.charset,
        charset_source=context.decoded.source,
        replacement_ratio=context.decoded.replacement_ratio,
        provenance=tuple(provenance),
    )


def _dateline(article: Article, reference: datetime | None, context: Context) -> tuple[Dateline | None, str]:
    """The dateline of metadata and text together, and the body without it."""
    first, mark, rest = article.body.partition(PARAGRAPH_BREAK)
    found, text = split_dateline(
        first,
        reference_date=reference.date() if reference else None,
        places=context.places,
        agency=context.publisher.agency if context.publisher else None,
    )
    body = article.body
    if found is not None:
        # A dateline on a line of its own leaves nothing of its paragraph.
        body = (text + mark + rest) if text else rest
        if not body:
            found, body = None, article.body
    stated = article.dateline
    if stated is None:
        return found, body
    if found is None:
        line, remainder = split_dateline(
            stated.text.rstrip(" -–—") + " - x",
            reference_date=reference.date() if reference else None,
            places=context.places,
        )
        if line is None or remainder != "x":
            line = None
        place = context.places.city(stated.place) if context.places and stated.place else None
        return (
            replace(
                stated,
                place=line.place if line and line.place else stated.place,
                places=stated.places or (line.places if line else ()) or ((stated.place,) if stated.place else ()),
                country_code=stated.country_code or (line.country_code if line else None) or (place.country_code if place else None),
                date=stated.date or (line.date if line else None),
                agency=stated.agency or (line.agency if line else None),
                region=stated.region or (line.region if line else None),
            ),
            body,
        )
    return replace(found, country_code=stated.country_code or found.country_code), body
