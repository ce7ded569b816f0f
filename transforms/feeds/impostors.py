"""Pages that answer 200 and are not what was asked for: soft 404s, consent walls, challenges to robots."""

import html
import re
from urllib.parse import urlsplit

MISSING_TITLE = re.compile(
    r"^\W*(?:(?:error|ошибка|erreur|fehler|hata|қате)?\s*[-:#]?\s*404\b|(?:page|article|file|content|story)\s+(?:was\s+)?"
    r"not\s+found|not\s+found|page\s+(?:does\s?n.t|does\s+not)\s+exist|страница\s+не\s+найдена|бет\s+табылмады|"
    r"page\s+(?:introuvable|non\s+trouvée)|seite\s+nicht\s+gefunden|página\s+no\s+encontrada|página\s+não\s+encontrada|"
    r"pagina\s+non\s+trovata|sayfa\s+bulunamadı|halaman\s+tidak\s+ditemukan)|\b404\s*[-|:–—]|[-|:–—]\s*404\W*$|"
    r"\b(?:page|article)\s+not\s+found\b", re.I)
MISSING_PATH = re.compile(r"/(?:404|not[-_]?found|error[-_]?404|page[-_]not[-_]found|errors?)(?:\.\w+)?/?$", re.I)
CONSENT_HOST = re.compile(r"^(?:consent|cmp|privacy|datenschutz|myprivacy|zustimmung|choices)\.", re.I)
CONSENT_PATH = re.compile(r"/(?:consent|cookie-?(?:wall|consent|notice)|privacy-?(?:gate|wall)|zustimmung|gdpr)\b", re.I)
CONSENT_TITLE = re.compile(
    r"^\W*(?:before\s+you\s+continue|your\s+privacy(?:\s+(?:choices|matters))?\W*$|we\s+value\s+your\s+privacy|"
    r"cookie\s+(?:consent|settings|wall)|privacy\s+(?:settings|gate)|bevor\s+sie\s+fortfahren)", re.I)
CHALLENGE_TITLE = re.compile(
    r"^\W*(?:just a moment|attention required|access denied|are you a robot|robot check|ddos-guard|"
    r"checking your browser|security check|one more step|verifying you are human)", re.I)
CHALLENGE_MARKS = (b"cf-browser-verification", b"window._cf_chl_opt", b"/_Incapsula_Resource?", b"captcha-delivery.com")
TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,400}?)</title", re.I | re.S)
HEAD_BYTES = 32_768
PARAGRAPHS_OF_AN_ARTICLE = 10


def impostor_kind(content: bytes, *, asked_url: str, final_url: str) -> str | None:
    """`soft_404`, `consent` or `challenge` when the page is one of these, None when it may be an article.

    Judged by what is certain: the title, the address that redirects ended at (a front page for an article,
    a consent host), and the marks of the known gatekeepers. A page of ten paragraphs or more is an article
    that talks about such things.
    """
    head = content[:HEAD_BYTES]
    found = TITLE.search(head)
    title = html.unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    if CHALLENGE_TITLE.match(title) or any(mark in head for mark in CHALLENGE_MARKS):
        return "challenge"
    asked, final = urlsplit(asked_url), urlsplit(final_url)
    if CONSENT_HOST.match(final.hostname or "") and final.hostname != asked.hostname:
        return "consent"
    if CONSENT_PATH.search(final.path) and final.path != asked.path:
        return "consent"
    is_moved = (final.path, final.query) != (asked.path, asked.query)
    if is_moved and MISSING_PATH.search(final.path):
        return "soft_404"
    if is_moved and final.path in ("", "/") and not final.query and len(asked.path) > 12:
        return "soft_404"
    if content.count(b"<p>") + content.count(b"<p ") + content.count(b"<P>") >= PARAGRAPHS_OF_AN_ARTICLE:
        return None
    if MISSING_TITLE.search(title):
        return "soft_404"
    return "consent" if CONSENT_TITLE.search(title) else None
