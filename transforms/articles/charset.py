"""Bytes into text by evidence: BOM, what was declared, UTF-8's own shape, statistics."""

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

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
    return _UNSTORABLE.sub("", text)


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
    """Decode `content`. `declared` is what the transport said; what the document says itself comes after it."""
    for mark, charset in _BOMS:
        if content.startswith(mark):
            return _with(content[len(mark) :], charset, "bom")
    wide = _wide_charset(content)
    if wide:
        return _with(content, wide, "shape")
    if content.isascii() and b"\x1b" not in content:
        return Decoded(text=scrub(content.decode("ascii")), charset="ascii", source="shape")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Decoded(text=scrub(text), charset="utf-8", source="shape")
    for label in (declared, declared_charset(content)):
        codec = codec_name(label)
        if codec is None or codec.startswith(("utf-16", "utf-32")):
            continue
        charset = _SUPERSETS.get(codec, codec)
        try:
            return Decoded(text=scrub(content.decode(charset)), charset=charset, source="declared")
        except UnicodeDecodeError:
            continue
    return _by_statistics(content)


def _with(content: bytes, charset: str, source: str) -> Decoded:
    text = content.decode(charset, "replace")
    ratio = text.count("\ufffd") / len(text) if text else 0.0
    return Decoded(text=scrub(text), charset=charset, source=source, replacement_ratio=ratio)


def _wide_charset(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM, told by where the zero bytes stand."""
    sample = content[:2000]
    if len(sample) < 8 or sample.count(0) * 5 < len(sample):
        return None
    zeros = [sample[offset::4].count(0) for offset in range(4)]
    quarter = len(sample) // 4
    if zeros[0] > 0.9 * quarter and zeros[1] > 0.9 * quarter and zeros[3] < 0.1 * quarter:
        return "utf-32-be"
    if zeros[2] > 0.9 * quarter and zeros[3] > 0.9 * quarter and zeros[0] < 0.1 * quarter:
        return "utf-32-le"
    return "utf-16-be" if zeros[0] + zeros[2] > zeros[1] + zeros[3] else "utf-16-le"


def _by_statistics(content: bytes) -> Decoded:
    best = charset_normalizer.from_bytes(content[:20000]).best()
    return _with(content, best.encoding if best else "cp1252", "statistics")
