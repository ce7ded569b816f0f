"""HTML and SVG by construction: a page is a tree of elements and texts, and there is no way to put markup into a text.

What an element may be named and have for attributes is decided here: no script, no event handler, no inline style,
and no link but to http, https or a place on the page. Such a thing is a bug of ours and raises ValueError; what a
headline or an address holds never is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-z][a-z0-9]*\Z")
_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*\Z")
_FORBIDDEN = {"script", "style", "iframe", "object", "embed", "base", "form", "template", "noscript", "foreignobject"}
_VOID = {"meta", "link", "br", "hr", "col", "wbr"}
# SVG shapes may be closed at once, and there are many of them.
_EMPTY = {"path", "line", "rect", "circle", "polyline"}
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
# Controls, lone surrogates and what is no character at all have no place in a page.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_INNER_LINK = re.compile(r"#[a-z0-9-]+\Z")
_LONGEST_LINK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with its attributes and what is in it. Made by `el`."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple["Node", ...] = ()


Node: TypeAlias = Element | str
Content: TypeAlias = "Node | Iterable[Content] | None"


def el(name: str, /, *content: Content, **attributes: str | int | float | None) -> Element:
    """An element. Attributes are named as in Python: `class_`, `aria_label`; None leaves one out.

    Content may be texts, elements, None (nothing) or iterables of these.
    """
    if not _NAME.match(name.lower()) or name.lower() in _FORBIDDEN:
        raise ValueError(f"no element of a page: {name!r}")
    given = tuple(
        (_attribute(key), _plain(value)) for key, value in attributes.items() if value is not None
    )
    for key, value in given:
        if key in ("href", "src") and not (is_web_address(value) or _INNER_LINK.match(value)):
            raise ValueError(f"no link of a page: {value!r}")
    return Element(name=name, attributes=given, children=tuple(_flat(content)))


def is_web_address(url: str) -> bool:
    """Whether `url` is an absolute http or https address that a browser reads as one, whatever it holds."""
    if len(url) > _LONGEST_LINK or _SPACES.search(url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 -- raises ValueError for a port that is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def link(url: str | None, *content: Content, **attributes: str | int | None) -> Element:
    """A link to a page of the web; where `url` is not an address of one, its content alone."""
    if url is None or not is_web_address(url):
        return el("span", *content, **attributes)
    return el("a", *content, href=url, rel="noopener noreferrer nofollow", **attributes)


def foreign(text: str | None, *, language: str | None = None, limit: int = 300) -> Element:
    """A text of somebody else's: cut at `limit` characters, kept from turning the words around it backwards."""
    cut = " ".join((text or "").split())
    cut = cut if len(cut) <= limit else cut[: limit - 1].rstrip() + "…"
    is_code = language is not None and re.fullmatch(r"[a-z]{2,3}", language) and language != "en"
    return el("bdi", cut, lang=language if is_code else None)


def rendered(node: Node) -> str:
    """The text of a node, everything in it escaped."""
    return "".join(_parts(node))


def _parts(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield _escaped(node)
        return
    attributes = "".join(f' {key}="{_escaped(value)}"' for key, value in node.attributes)
    if node.name in _EMPTY and not node.children:
        yield f"<{node.name}{attributes}/>"
        return
    yield f"<{node.name}{attributes}>"
    if node.name not in _VOID:
        for child in node.children:
            yield from _parts(child)
        yield f"</{node.name}>"


def _escaped(text: str) -> str:
    return _UNPRINTABLE.sub("", text).translate(_ESCAPES)


def _flat(content: Iterable[Content]) -> Iterator[Node]:
    for one in content:
        if isinstance(one, str | Element):
            yield one
        elif one is not None:
            yield from _flat(one)


def _attribute(key: str) -> str:
    name = key.rstrip("_").replace("_", "-")
    if not _ATTRIBUTE.match(name) or name.lower().startswith("on") or name.lower() in ("style", "srcdoc", "action"):
        raise ValueError(f"no attribute of a page: {name!r}")
    return name


def _plain(value: str | int | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
