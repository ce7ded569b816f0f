"""What every article gets once its format is read: language, dateline, sign-off, hints and charset."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from transforms.articles.article import Article, Dateline, Provenance
from transforms.articles.charset import Decoded
from transforms.articles.datelines import split_dateline
from transforms.articles.language import detect_language, language_code
from transforms.articles.leadins import LeadIn, read_byline, read_lead_in
from transforms.articles.paragraphs import PARAGRAPH_BREAK, fold_spaces
from transforms.articles.places import Places, fold_name, title_case
from transforms.articles.signoffs import split_sign_off
from transforms.articles.wire.bylines import authors_of
from transforms.documents import Document
from transforms.publishers import Publisher

# How many paragraphs may stand above a dateline: notes, byline, three bullets and a headline.
_LONGEST_LEAD_IN = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a document besides its text."""

    document: Document
    decoded: Decoded
    publisher: Publisher | None = None
    places: Places | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyText:
    """A text taken apart: its paragraphs without dateline, lead-in and sign-off, and these."""

    paragraphs: tuple[str, ...] = ()
    dateline: Dateline | None = None
    byline: str | None = None
    headline: str | None = None
    notes: tuple[str, ...] = ()
    sign_off: str | None = None
    provenance: tuple[Provenance, ...] = ()


def complete(article: Article, context: Context) -> Article:
    """Fill what the format left open. What a document states is never overwritten by what is found in its text."""
    document, publisher = context.document, context.publisher
    published_at, source = article.published_at, article.published_at_source
    precision = article.published_at_precision
    if published_at is None and document.published_hint is not None:
        published_at, source = document.published_hint, document.published_hint_source or "feed"
        precision = "day" if source == "crawl_record" else "second"
    reference = published_at or document.published_hint or document.fetched_at
    body = read_body_text(article, reference.date() if reference else None, context)
    dateline = _merged(article.dateline, body.dateline, reference.date() if reference else None, context.places)
    if published_at is None and dateline is not None and dateline.date is not None:
        day = dateline.date
        published_at, source, precision = datetime(day.year, day.month, day.day, tzinfo=UTC), "dateline", "day"
    text = PARAGRAPH_BREAK.join(body.paragraphs)
    provenance = [*article.provenance, *body.provenance]
    language = language_code(article.language)
    if language is None:
        hint = publisher.language if publisher else None
        language = detect_language(text, hint=hint) or hint
        provenance.append(Provenance(field="language", source="text", detail=language))
    byline = article.byline or body.byline
    return replace(
        article,
        body=text,
        url=article.url or document.url,
        publisher_code=article.publisher_code or document.publisher_code or (publisher.code if publisher else None),
        headline=article.headline or body.headline,
        byline=byline,
        authors=article.authors or authors_of(body.byline),
        ed_note="\n".join(filter(None, (article.ed_note, *body.notes))) or None,
        sign_off="\n".join(filter(None, (body.sign_off, article.sign_off))) or None,
        language=language,
        dateline=dateline,
        published_at=published_at,
        published_at_source=source,
        published_at_precision=precision,
        charset=article.charset or context.decoded.charset,
        charset_source=article.charset_source or context.decoded.source,
        replacement_ratio=context.decoded.replacement_ratio,
        provenance=tuple(provenance),
    )


def read_body_text(article: Article, reference_date: date | None, context: Context) -> BodyText:
    """Part an article's text from the dateline in it and from what stands above and behind it."""
    paragraphs = tuple(article.body.split(PARAGRAPH_BREAK)) if article.body else ()
    if not paragraphs:
        return BodyText()
    agency = context.publisher.agency if context.publisher else None
    if article.format == "html":
        line, rest = _first_dateline(paragraphs, 0, reference_date, context)
        return BodyText(paragraphs=rest, dateline=line)
    folded = fold_spaces(article.headline).casefold() if article.headline else None
    if len(paragraphs) > 1 and folded and paragraphs[0].casefold() == folded:
        paragraphs = paragraphs[1:]
    lead, line, paragraphs, provenance = _lead_in(article, paragraphs, reference_date, context)
    ending = split_sign_off(paragraphs, agency=agency or (line.agency if line else None) or article.credit)
    if ending.text:
        provenance = (*provenance, Provenance(field="sign_off", source="text", detail=", ".join(ending.rules)))
    return BodyText(
        paragraphs=ending.paragraphs,
        dateline=line,
        byline=lead.byline,
        headline=lead.headline,
        notes=lead.notes,
        sign_off=ending.text,
        provenance=provenance,
    )


def _lead_in(
    article: Article, paragraphs: tuple[str, ...], reference_date: date | None, context: Context
) -> tuple[LeadIn, Dateline | None, tuple[str, ...], tuple[Provenance, ...]]:
    """Find the dateline in one of the first paragraphs, with nothing but a lead-in above it."""
    for at in range(min(_LONGEST_LEAD_IN, len(paragraphs))):
        line, rest = _first_dateline(paragraphs, at, reference_date, context)
        if line is None or (at and line.agency is None and line.date is None):
            continue
        lead = read_lead_in(paragraphs[:at], may_hold_headline=article.format == "dispatch" and article.headline is None)
        if lead is None:
            break
        found: tuple[Provenance, ...] = (Provenance(field="dateline", source="text", detail=line.text),)
        if lead.headline:
            found = (*found, Provenance(field="headline", source="text", detail="the line above the dateline"))
        return lead, line, (*lead.kept, *rest), found
    byline = read_byline(paragraphs[0]) if len(paragraphs) > 1 else None
    if byline:
        return LeadIn(byline=byline), None, paragraphs[1:], (Provenance(field="byline", source="text", detail="first line"),)
    return LeadIn(), None, paragraphs, ()


def _first_dateline(
    paragraphs: tuple[str, ...], at: int, reference_date: date | None, context: Context
) -> tuple[Dateline | None, tuple[str, ...]]:
    """The dateline of paragraph `at`, and the paragraphs from there on without it."""
    publisher = context.publisher
    line, text = split_dateline(
        paragraphs[at],
        reference_date=reference_date,
        places=context.places,
        agency=publisher.agency if publisher else None,
        country_code=publisher.country_code if publisher else None,
    )
    rest = paragraphs[at + 1 :]
    if line is None or not (text or rest):
        return None, paragraphs[at:]
    # A dateline on a line of its own leaves nothing of its paragraph.
    return line, ((text, *rest) if text else rest)


def _merged(
    stated: Dateline | None, found: Dateline | None, reference_date: date | None, places: Places | None
) -> Dateline | None:
    """The dateline of metadata and text together: the text's where there is one, with the country of the metadata."""
    country = (places.country(stated.country_code) if places else _alpha3(stated.country_code)) if stated else None
    if stated is None:
        return found
    if found is not None and found.place is not None:
        # A document may state the desk that sent it, and print the place that it writes of.
        is_same = found.country_code is None or stated.place is None or fold_name(found.places[0]) == fold_name(stated.place)
        return replace(found, country_code=(country if is_same else None) or found.country_code)
    line, remainder = split_dateline(stated.text.rstrip(" -–—") + " - X", reference_date=reference_date, places=places)
    if remainder != "X":
        line = None
    cities = [part.strip() for part in (stated.place or "").split("/") if part.strip()]
    city = places.city(cities[0], country_code=country) if places and cities else None
    name = line.place if line and line.place else title_case(cities[0]) if cities else None
    return replace(
        stated,
        place=name,
        places=stated.places or (line.places if line else ()) or tuple(map(title_case, cities)),
        country_code=country or (line.country_code if line else None) or (city.country_code if city else None),
        date=stated.date or (line.date if line else None) or (found.date if found else None),
        agency=stated.agency or (line.agency if line else None) or (found.agency if found else None),
        region=stated.region or (line.region if line else None),
    )


def _alpha3(code: str | None) -> str | None:
    return code if code and len(code) == 3 and code.isupper() else None
