"""JSON of the web: schema.org NewsArticle, JSON Feed, and the flat records that crawlers write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from transforms.articles.article import Article, Dateline, Item, Link, Outcome, Subject
from transforms.articles.paragraphs import PARAGRAPH_BREAK, fold_spaces
from transforms.articles.times import WireTime, parse_time
from transforms.articles.wire.blocks import html_paragraphs
from transforms.articles.wire.bylines import authors_of
from transforms.articles.wire.json_values import Json, as_objects, as_text, as_texts

Fields = dict[str, Json]

# schema.org/Article and its subtypes that news sites use.
_ARTICLE_TYPES = frozenset(
    (
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
        "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle", "blogposting", "liveblogposting", "socialmediaposting",
        "report", "techarticle", "scholarlyarticle", "satiricalarticle", "webpage", "creativework",
    )
)  # fmt: skip
# Names that crawlers' flat records use, in order of preference (news-please, Common Crawl tools, newspaper, readers' exports).
_TEXT_KEYS = ("maintext", "body", "text", "content", "article_text", "full_text", "cleaned_text", "content_html", "content_text")
_TITLE_KEYS = ("headline", "title", "heading")
_TIME_KEYS = ("published_at", "date_publish", "date_published", "publish_date", "published", "pub_date", "date", "datetime", "timestamp")


def is_schema_org(value: Fields) -> bool:
    """Whether an object is a schema.org article by its type or its body's name."""
    types = {text.rpartition("/")[2].lower() for text in as_texts(value.get("@type"))}
    return bool(types & _ARTICLE_TYPES) or "articleBody" in value


def is_json_feed(value: Fields) -> bool:
    """Whether an object is a JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    return "jsonfeed.org" in str(value.get("version", "")) and isinstance(value.get("items"), list)


def is_flat_record(value: Fields) -> bool:
    """Whether an object is one article as crawlers write them: a text beside a title, a time or an address."""
    has_text = any(isinstance(value.get(key), str) for key in _TEXT_KEYS)
    return has_text and any(isinstance(value.get(key), str) for key in (*_TITLE_KEYS, *_TIME_KEYS, "url", "link", "dateline", "language"))


def read_schema_org(document_id: str, value: Fields, zone: str | None = None) -> Outcome:
    """A schema.org article; one without text is an item."""
    published = _time(value, ("datePublished", "dateCreated", "uploadDate"), zone)
    modified = _time(value, ("dateModified",), zone)
    body = PARAGRAPH_BREAK.join(html_paragraphs(as_text(value.get("articleBody")) or as_text(value.get("text")) or ""))
    address = _address(value.get("url")) or _address(value.get("mainEntityOfPage")) or _address(value.get("@id"))
    headline = as_text(value.get("headline")) or as_text(value.get("name"))
    identifier = _identifier(value.get("identifier"))
    if not body:
        return Item(
            document_id=document_id, format="schema.org", item_type="article", external_id=identifier or address,
            headline=headline, published_at=published.at if published else None,
        )  # fmt: skip
    names = _names(value.get("author")) or _names(value.get("creator"))
    dateline = as_text(value.get("dateline"))
    is_free = value.get("isAccessibleForFree")
    article = Article(
        document_id=document_id,
        format="schema.org",
        body=body,
        url=address,
        external_id=identifier,
        headline=fold_spaces(headline) if headline else None,
        subheadline=as_text(value.get("alternativeHeadline")),
        authors=tuple(person for name in names for person in (authors_of(name) or (name,))),
        byline=", ".join(names) or None,
        credit=next(iter(_names(value.get("publisher")) or _names(value.get("sourceOrganization"))), None),
        dateline=Dateline(text=dateline, place=dateline) if dateline else None,
        language=as_text(value.get("inLanguage")) or next(iter(_names(value.get("inLanguage"))), None),
        section=next(iter(as_texts(value.get("articleSection"))), None),
        genre=next(iter(as_texts(value.get("genre"))), None),
        subjects=_keywords(value.get("keywords")),
        rights=as_text(value.get("copyrightNotice")) or next(iter(_names(value.get("copyrightHolder"))), None),
        image_url=_address(value.get("image")) or _address(value.get("thumbnailUrl")),
        is_paywalled=(not is_free if isinstance(is_free, bool) else str(is_free).lower() == "false") if is_free is not None else None,
    )
    return _timed(article, published, modified, "jsonld")


def read_json_feed(document_id: str, value: Fields, zone: str | None = None) -> Iterator[Outcome]:
    """The items of a JSON Feed in order."""
    language = as_text(value.get("language"))
    for entry in as_objects(value.get("items")):
        body = PARAGRAPH_BREAK.join(
            html_paragraphs(as_text(entry.get("content_html")) or as_text(entry.get("content_text")) or as_text(entry.get("summary")) or "")
        )
        published = _time(entry, ("date_published",), zone)
        address, identifier, title = _address(entry.get("url")), as_text(entry.get("id")), as_text(entry.get("title"))
        if not body:
            yield Item(
                document_id=document_id, format="json-feed", item_type="link", external_id=identifier or address, headline=title,
                published_at=published.at if published else None, links=(Link(relation="related", url=address),) if address else (),
            )  # fmt: skip
            continue
        names = _names(entry.get("authors")) or _names(entry.get("author"))
        article = Article(
            document_id=document_id,
            format="json-feed",
            body=body,
            url=address,
            external_id=identifier,
            headline=fold_spaces(title) if title else None,
            authors=tuple(person for name in names for person in (authors_of(name) or (name,))),
            byline=", ".join(names) or None,
            language=as_text(entry.get("language")) or language,
            subjects=_keywords(entry.get("tags")),
            image_url=_address(entry.get("image")),
        )
        yield _timed(article, published, _time(entry, ("date_modified",), zone), "feed")


def read_flat_record(document_id: str, value: Fields, zone: str | None = None) -> Outcome:
    """One article as a crawler wrote it. Its time may be a text or the seconds since 1970."""
    body = PARAGRAPH_BREAK.join(html_paragraphs(next((text for key in _TEXT_KEYS if (text := as_text(value.get(key)))), "")))
    title = next((text for key in _TITLE_KEYS if (text := as_text(value.get(key)))), None)
    published = _time(value, _TIME_KEYS, zone)
    modified = _time(value, ("modified_at", "date_modify", "date_modified", "updated_at", "updated"), zone)
    names = _names(value.get("authors")) or _names(value.get("author")) or _names(value.get("byline"))
    dateline = as_text(value.get("dateline"))
    address = _address(value.get("url")) or _address(value.get("link")) or _address(value.get("canonical_url"))
    identifier = _identifier(value.get("id")) or _identifier(value.get("guid")) or _identifier(value.get("external_id"))
    if not body:
        return Item(document_id=document_id, format="json", item_type="record", external_id=identifier or address, headline=title)
    article = Article(
        document_id=document_id,
        format="json",
        body=body,
        url=address,
        external_id=identifier,
        headline=fold_spaces(title) if title else None,
        authors=tuple(person for name in names for person in (authors_of(name) or (name,))),
        byline=", ".join(names) or None,
        credit=as_text(value.get("source")) or as_text(value.get("publisher")),
        dateline=Dateline(text=dateline, place=dateline) if dateline else None,
        language=as_text(value.get("language")) or as_text(value.get("lang")),
        section=as_text(value.get("section")),
        subjects=_keywords(value.get("keywords")) or _keywords(value.get("tags")),
        image_url=_address(value.get("image_url")),
    )
    return _timed(article, published, modified, "feed")


def _timed(article: Article, published: WireTime | None, modified: WireTime | None, source: str) -> Article:
    """The article with its times; a last change alone stands for the publication."""
    first = published or modified
    if first is None:
        return article
    return replace(
        article,
        published_at=first.at,
        published_at_source=source,
        published_at_precision=first.precision,
        published_at_zone=first.zone,
        modified_at=modified.at if modified and modified.at != first.at else None,
    )


def _time(value: Fields, names: tuple[str, ...], zone: str | None) -> WireTime | None:
    for name in names:
        found = value.get(name)
        if isinstance(found, int | float) and not isinstance(found, bool) and 0 < found < 1e14:
            seconds = found / 1000 if found > 1e11 else found
            return WireTime(at=datetime.fromtimestamp(seconds, UTC), precision="second")
        time = parse_time(as_text(found), zone=zone)
        if time:
            return time
    return None


def _names(value: Json) -> list[str]:
    """Names of people or organisations given as strings, objects with a name, or lists of both."""
    found = []
    for entry in value if isinstance(value, list) else [value]:
        name = as_text(entry.get("name")) if isinstance(entry, dict) else as_text(entry)
        if name and not name.startswith("http"):
            found.append(fold_spaces(name))
    return list(dict.fromkeys(found))


def _address(value: Json) -> str | None:
    if isinstance(value, list):
        return next((address for entry in value if (address := _address(entry))), None)
    if isinstance(value, dict):
        return _address(value.get("url")) or _address(value.get("@id"))
    text = as_text(value)
    return text if text and text.startswith(("http://", "https://")) else None


def _identifier(value: Json) -> str | None:
    if isinstance(value, dict):
        return as_text(value.get("value")) or as_text(value.get("@id"))
    if isinstance(value, list):
        return next((found for entry in value if (found := _identifier(entry))), None)
    return as_text(value)


def _keywords(value: Json) -> tuple[Subject, ...]:
    words: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        text = (as_text(entry.get("name")) if isinstance(entry, dict) else as_text(entry)) or ""
        words.extend(word.strip() for word in text.split(",") if word.strip())
    return tuple(Subject(scheme="keyword", name=word) for word in dict.fromkeys(words))
