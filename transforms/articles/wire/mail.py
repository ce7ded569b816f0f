"""RFC 822 mail: a story sent as a message, its subject the headline."""

import email
import email.policy
import re
from datetime import UTC
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from transforms.articles.article import Article, Rejection
from transforms.articles.charset import decode, scrub
from transforms.articles.paragraphs import PARAGRAPH_BREAK, fold_spaces, split_paragraphs
from transforms.articles.times import WireTime
from transforms.articles.wire.blocks import html_paragraphs
from transforms.articles.wire.bylines import authors_of

# RFC 3676 section 4.3: what follows is the sender's signature.
_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.S)
_REPLY = re.compile(r"\A\s*(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.I)
_MAX_PARTS = 500
_MAX_DEPTH = 50


def read_mail(document_id: str, content: bytes) -> Article | Rejection:
    """A message as an article. Of several parts the plain text counts, else the HTML; attachments are left out."""
    if content.count(b"\n--") > _MAX_PARTS or content.lower().count(b"multipart/") > _MAX_DEPTH:
        detail = f"more than {_MAX_PARTS} parts, or parts within parts beyond {_MAX_DEPTH}"
        return Rejection(document_id=document_id, format="mail", reason="too_deep", detail=detail)
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    paragraphs, charset = _paragraphs(message)
    if not paragraphs:
        return Rejection(document_id=document_id, format="mail", reason="empty", detail="the message holds no text")
    subject = fold_spaces(scrub(_header(message, "subject") or ""))
    name, _address = parseaddr(_header(message, "from") or "")
    when = _date(message)
    identifier = (_header(message, "message-id") or "").strip("<> \t\r\n")
    return Article(
        document_id=document_id,
        format="mail",
        body=PARAGRAPH_BREAK.join(paragraphs),
        headline=_REPLY.sub("", subject) or None,
        external_id=scrub(identifier) or None,
        byline=scrub(name) or None,
        authors=authors_of(scrub(name)),
        language=_header(message, "content-language"),
        published_at=when.at if when else None,
        published_at_source="wire" if when else None,
        published_at_precision=when.precision if when else None,
        published_at_zone=when.zone if when else None,
        charset=charset,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's text; a header that the parser chokes on counts as none."""
    try:
        value = message.get(name)
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        # The standard library's header parser raises each of these for some broken header.
        return None
    return str(value) if value is not None else None


def _date(message: EmailMessage) -> WireTime | None:
    try:
        at = parsedate_to_datetime(_header(message, "date") or "")
        if at.tzinfo is None:
            return WireTime(at=at.replace(tzinfo=UTC), precision="second", zone="UTC")
        return WireTime(at=at.astimezone(UTC), precision="second")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _paragraphs(message: EmailMessage) -> tuple[tuple[str, ...], str | None]:
    plain: tuple[tuple[str, ...], str | None] = ((), None)
    marked: tuple[tuple[str, ...], str | None] = ((), None)
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        decoded = decode(payload, declared=part.get_content_charset())
        if kind == "text/plain" and not plain[0]:
            text = _SIGNATURE.sub("", decoded.text.replace("\r\n", "\n"))
            plain = (split_paragraphs(text), decoded.charset)
        elif kind == "text/html" and not marked[0]:
            marked = (html_paragraphs(decoded.text), decoded.charset)
    return plain if plain[0] else marked
