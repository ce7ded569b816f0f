"""Titles and summaries: markup out, white space folded, length bounded."""

import html
import re

TAGS = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,2000}|!--.{0,5000}?--)>", re.S)
BLOCKS = re.compile(r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|td|blockquote)|br)\b[^<>]{0,2000}>", re.I)
SILENT = re.compile(r"<(script|style)\b.{0,20000}?</\1\s*>", re.I | re.S)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def plain_text(markup: str | None, limit: int) -> str | None:
    """The text of a piece of HTML or text, at most `limit` characters; None where nothing is left."""
    if not markup:
        return None
    text = markup[: limit * 8]
    if "<" in text:
        text = TAGS.sub("", BLOCKS.sub(" ", SILENT.sub(" ", text)))
    if "&" in text:
        text = html.unescape(text)
    text = re.sub(r"\s+", " ", CONTROLS.sub("", text)).strip()
    return text[:limit] or None
