"""Recognise a document's format from its bytes. Media type and file name are hints, never the truth."""

import codecs
import re
from typing import Literal, TypeAlias

from transforms.articles.charset_statistics import wide_charset

Format: TypeAlias = Literal[
    "empty", "binary", "dispatch", "html", "nitf", "newsml", "newsml-g2", "xml", "rss", "atom", "sitemap", "wxr",
    "json", "jsonl", "iptc7901", "anpa", "mail", "warc",
]  # fmt: skip

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_BINARY_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an OLE document"),
    (b"ID3", "MP3 audio"),
    (b"OggS", "Ogg media"),
    (b"RIFF", "RIFF media"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
)

# Root elements by local name; what is not listed is `xml`, or HTML where it looks like HTML.
_ROOTS: dict[str, Format] = {
    "nitf": "nitf",
    "newsml": "newsml",
    "newsitem": "newsml-g2",
    "newsmessage": "newsml-g2",
    "packageitem": "newsml-g2",
    "knowledgeitem": "newsml-g2",
    "conceptitem": "newsml-g2",
    "planningitem": "newsml-g2",
    "catalogitem": "newsml-g2",
    "contentset": "newsml-g2",
    "groupset": "newsml-g2",
    "sports-content": "newsml-g2",
    "rdf": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "html": "html",
}
_HTML_TAGS_TEXT = ("head body div p article section main span table title meta link script style h1 h2 h3 h4 ul ol a b i br center "
    "font img header footer nav")
_HTML_TAGS = frozenset(_HTML_TAGS_TEXT.split())
_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+html[^>]*>", re.S | re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]+)", re.I)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t][^\r\n]*\r?\n(?:[ \t]+\S[^\r\n]*\r?\n)*){2,}(?:\r?\n|\Z)")
_MAIL_FIELDS = re.compile(rb"^(?:from|subject|date|message-id|mime-version|received|return-path):", re.I | re.M)
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1e\x7f]")
# Controls that no wire sends: neither of a transmission (SOH, STX, ETX, EOT, SYN) nor of typesetting (DC1 to DC4, RS, US).
_FOREIGN_CONTROLS = b"\x05\x06\x0e\x0f\x10\x15\x17\x18\x19\x1a\x1c\x1d"
_WIRE_START = re.compile(rb"\A[\s\x00\x16\x7f]*\x01")
# The first line of IPTC 7901, where its control characters are lost: service and number, priority, category, words.
_BARE_TELEGRAM = re.compile(rb"[A-Za-z]{2,4}\d{3,5} +[1-9] +[a-z]{1,3} +\d{1,5} [^\r\n]{0,60}\r?\n")


def binary_kind(content: bytes) -> str | None:
    """What binary thing `content` is, in words ("a PDF"), or None where it may be text."""
    for signature, kind in _BINARY_SIGNATURES:
        if content.startswith(signature):
            return kind
    return None


def recognise(content: bytes) -> Format:
    """The format of `content`; `dispatch` is plain text with nothing that says otherwise."""
    head = content[:65536]
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        return "empty"
    if binary_kind(head):
        return "binary"
    wide = wide_charset(content) or next((charset for mark, charset in _WIDE_MARKS if head.startswith(mark)), None)
    if wide:
        head = head.decode(wide, "ignore").encode("ascii", "replace")
    # Random bytes begin like anything, but one in twenty is a foreign control.
    if (len(head) - len(head.translate(None, _FOREIGN_CONTROLS))) * 50 > len(head):
        return "binary"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00\x0b\x0c")
    if _WIRE_START.match(head):
        return _wire_header(head)
    if text[:1] == b"<":
        return _markup(text)
    if text[:1] in (b"{", b"["):
        return _json(text, content)
    if text.startswith((b"WARC/0.", b"WARC/1.")):
        return "warc"
    if _HEADER.match(text) and len(_MAIL_FIELDS.findall(text[:4096])) >= 2:
        return "mail"
    if _BARE_TELEGRAM.match(text):
        return "iptc7901"
    if b"\x02" in head[:400] and b"\x03" in content[-4000:]:
        return _wire_header(head)
    return _dispatch(head)


def _dispatch(head: bytes) -> Format:
    """What nothing else speaks for is a dispatch, unless every twentieth byte is a control character."""
    return "binary" if len(_CONTROLS.findall(head[:4096])) * 20 > len(head[:4096]) else "dispatch"


def _markup(text: bytes) -> Format:
    markup = text.decode("latin-1")
    named = _DOCTYPE.search(markup[:2000])
    if named and named[1].lower() in _ROOTS:
        return _ROOTS[named[1].lower()]
    position = 0
    while skipped := _SKIPPED.match(markup, position):
        position = skipped.end()
    if markup.startswith("<!", position):
        position = markup.find(">", position) + 1
    root = _ROOT.search(markup, position)
    if root is None:
        return _dispatch(text)
    name = root[1].lower()
    if name == "rss":
        return "wxr" if "xmlns:wp=" in markup[position : position + 2000] else "rss"
    if name in _ROOTS:
        return _ROOTS[name]
    if name in _HTML_TAGS:
        return "html"
    # Some senders wrap an item in an envelope of their own: look for a known root further inside.
    for inner in _ROOT.finditer(markup, root.end()):
        found = _ROOTS.get(inner[1].lower())
        if found and found not in ("html", "atom"):
            return found
    if re.search(r"<(?:head|body)\b", markup, re.I):
        return "html"
    return "xml" if re.match(r"\s*<\?xml|<[\w.:-]+(\s+[\w.:-]+\s*=|\s*/?>)", markup) else _dispatch(text)


def _json(text: bytes, content: bytes) -> Format:
    if _is_line_of_json(content):
        return "jsonl"
    if text[:1] == b"{" and b"\n" in text[:-1] and len(content) > len(text) and b"\n{" in text:
        return "jsonl"
    # A bracket may also open a dispatch: "[Editors: ...]".
    return "json" if re.match(rb"\{\s*(?:\"|\}|\Z)|\[\s*(?:[\[{\"\]\d-]|\Z)", text) else "dispatch"


def _is_line_of_json(content: bytes) -> bool:
    """Whether the first line, however long, is a whole object and another begins behind it."""
    end = content.find(b"\n", content.find(b"{"))
    behind = content[end : end + 200].lstrip()
    return end > 0 and behind.startswith(b"{") and content[max(end - 200, 0) : end].rstrip().endswith(b"}")


def _wire_header(head: bytes) -> Format:
    """Tell IPTC 7901 from ANPA 1312: both open with SOH; ANPA's header holds SYN, DC1 to DC4 or US."""
    start = head.find(b"\x01")
    stop = head.find(b"\x02", start)
    header = head[start : stop if stop > 0 else start + 200]
    return "anpa" if re.search(rb"[\x11-\x14\x16\x1e\x1f]", header) else "iptc7901"
