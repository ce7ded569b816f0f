"""A body that the page holds as data for a script to draw: JSON-LD's articleBody, or markup in a JSON string.

Used only where the page's own elements hold no body.
"""

import json
import re
from collections.abc import Iterable

from bs4 import BeautifulSoup

SHORTEST = 300
"""Characters below which embedded text is no body."""
SCRIPT_LIMIT = 3_000_000

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_ELEMENT = re.compile(
    r'"type"\s*:\s*"(?:paragraph|text|p|header|heading)"\s*,(?:[^{}"]|"(?:[^"\\]|\\.)*+"){0,40}?"(?:content|text|html|value)"\s*:\s*"((?:[^"\\]|\\.)*+)"'
)


def embedded_markup(scripts: Iterable[str], article_body: str | None) -> tuple[str, str] | None:
    """(markup, where from) of the longest body that the page holds as data, or None."""
    best: tuple[int, str, str] = (SHORTEST, "", "")
    if article_body and len(article_body) > best[0]:
        if _PARAGRAPH.search(article_body):
            markup = article_body
        else:
            separator = r"\n\s*\n" if re.search(r"\n\s*\n", article_body) else r"\n"
            parts = [part.strip() for part in re.split(separator, article_body)]
            markup = "".join(f"<p>{_escape(part)}</p>" for part in parts if part)
        best = (len(article_body), markup, "jsonld articleBody")
    for script in scripts:
        if not SHORTEST < len(script) <= SCRIPT_LIMIT:
            continue
        for markup in _strings_with_paragraphs(script, depth=0):
            size = _text_size(markup)
            if size > 1.2 * best[0]:
                best = (size, markup, "script data")
        elements = [_decoded(match[1]) for match in _ELEMENT.finditer(script)]
        size = sum(len(text) for text in elements)
        if len(elements) >= 3 and size > 1.2 * best[0]:
            best = (size, "".join(f"<p>{text}</p>" for text in elements), "script data")
    return (best[1], best[2]) if best[1] else None


def _strings_with_paragraphs(text: str, depth: int) -> Iterable[str]:
    if depth > 2 or not re.search(r"<p[\s>]|\\u003[cC]p|<\\/p>", text):
        return
    for match in _STRING.finditer(text):
        if len(match[1]) < SHORTEST:
            continue
        decoded = _decoded(match[1])
        if _PARAGRAPH.search(decoded) and '":' not in decoded[:2000]:
            yield decoded
        elif decoded != match[1]:
            yield from _strings_with_paragraphs(decoded, depth + 1)


def _decoded(escaped: str) -> str:
    try:
        value = json.loads(f'"{escaped}"', strict=False)
    except ValueError:
        return escaped
    return value if isinstance(value, str) else escaped


def _text_size(markup: str) -> int:
    return len(BeautifulSoup(markup[:500_000], "lxml").get_text())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
