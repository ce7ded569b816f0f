"""Bytes into text by evidence: BOM, what was declared, UTF-8's own shape, statistics."""

import codecs
import re
from dataclasses import dataclass

from transforms.articles.charset_statistics import best_reading, text_fit, wide_charset

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})", re.I)
_HTML_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.I)
# The web reads these labels as their Windows supersets (WHATWG Encoding Standard, section 4.2).
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
_UTF7_WORD = re.compile(rb"\+[A-Za-z0-9/]{3,}-?")
_EBCDIC = ("cp037", "cp500", "cp273", "cp1140", "cp1026", "cp424")
# Noncharacters of text: what PostgreSQL cannot store and what no reader can see.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with the charset used and how it was decided: `bom`, `declared`, `shape` or `statistics`.

    `replacement_ratio` is the share of characters (0 to 1) that could not be decoded.
    """

    text: str
    charset: str
    source: str
    replacement_ratio: float = 0.0


def scrub(text: str) -> str:
    """`text` without NUL and lone surrogates, which no database column takes."""
    try:
        # Encoding tells of surrogates many times faster than the pattern finds none.
        text.encode()
    except UnicodeEncodeError:
        return _UNSTORABLE.sub("", text)
    return text.replace("\x00", "")


def declared_charset(content: bytes) -> str | None:
    """The charset that an XML declaration or an HTML meta element names, as printed, or None."""
    head = content[:4096]
    found = _XML_DECLARATION.search(head) or _HTML_META.search(head)
    return found[1].decode("ascii") if found else None


def codec_name(label: str | None) -> str | None:
    """The name of Python's codec for a label as declared, or None where there is no such codec for text."""
    if not label:
        return None
    try:
        found = codecs.lookup(label.strip().strip("\"'").lower())
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    """Decode `content`. `declared` is what the transport said; what the document says itself comes after it.

    Evidence counts in this order: a BOM, escape sequences and zero bytes, valid UTF-8, what was declared as
    long as its reading is about as good as any other, statistics.
    """
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return _with(content[len(mark) :], charset, "bom")
    labels = [codec for label in (declared, declared_charset(content)) if (codec := codec_name(label))]
    wide = wide_charset(content)
    if wide:
        return _with(content, next((label for label in labels if label == wide), wide), "shape")
    seven_bit = _seven_bit_charset(content, labels)
    if seven_bit:
        return _with(content, seven_bit, "declared" if seven_bit in labels else "shape")
    for label in labels:
        if label in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be") and _reads_well(content, label):
            return _with(content, label, "declared")
    if content.isascii():
        return Decoded(text=content.decode("ascii").replace("\x00", ""), charset="ascii", source="shape")
    if not any(label.startswith(_EBCDIC) for label in labels):
        try:
            # Valid UTF-8 and ASCII hold no surrogates.
            return Decoded(text=content.decode("utf-8").replace("\x00", ""), charset="utf-8", source="shape")
        except UnicodeDecodeError as error:
            nearly = content.decode("utf-8", "replace")
            beyond_ascii = sum(char > "\x7f" for char in nearly)
            if nearly.count("\ufffd") * 20 < beyond_ascii or (error.end >= len(content) - 3 and beyond_ascii > 2):
                return _with(content, "utf-8", "shape")
    stated = next((_SUPERSETS.get(label, label) for label in labels if not label.startswith(("utf", "ascii"))), None)
    found = best_reading(content, declared=stated)
    if found is None:
        return _with(content, stated or "cp1252", "declared" if stated else "statistics")
    return _with(content, found.charset, "declared" if found.charset == stated else "statistics")


def _with(content: bytes, charset: str, source: str) -> Decoded:
    text = content.decode(charset, "replace")
    ratio = text.count("\ufffd") / len(text) if text else 0.0
    return Decoded(text=scrub(text), charset=charset, source=source, replacement_ratio=ratio)


def _seven_bit_charset(content: bytes, labels: list[str]) -> str | None:
    """Charsets that write other scripts in ASCII bytes: ISO 2022 by its escapes, HZ by its braces, UTF-7 if declared."""
    head = content[:20000]
    if not head.isascii():
        return None
    if re.search(rb"\x1b\$\)C", head):
        return "iso2022_kr"
    if re.search(rb"\x1b\$(?:\(?[@BD]|A)|\x1b\(J", head):
        return next((label for label in labels if label.startswith("iso2022_jp")), "iso2022_jp_2")
    if re.search(rb"~\{(?:[\x21-\x7d][\x21-\x7e]){1,2000}~\}", head) and ("hz" in labels or len(re.findall(rb"~\{", head)) > 1):
        return "hz"
    if "utf-7" in labels or len(_UTF7_WORD.findall(head)) >= 4:
        try:
            text = content.decode("utf-7")
        except UnicodeDecodeError:
            return None
        return "utf-7" if "utf-7" in labels or (not text.isascii() and text_fit(text) > 0.5) else None
    return None


def _reads_well(content: bytes, charset: str) -> bool:
    try:
        text = content[: 4000 - len(content[:4000]) % 4].decode(charset)
    except UnicodeDecodeError:
        return False
    return text_fit(text) > 0.2
