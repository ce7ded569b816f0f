"""XML as a BeautifulSoup tree, safely: no DTD, no entities of its own, bounded size and depth.

The tree is built by a builder made for wires: names without their prefix, no white space between
elements, and an index by name, because a search from the root for each field costs more than the parse.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import NavigableString, Tag
from lxml import etree

# About what a node packet of a day may hold; a document beyond it is refused, for a tree costs 1 KB an element.
MAX_MARKUP_CHARACTERS = 8_000_000
MAX_TAGS = 15_000
_MAX_ATTRIBUTES = 60_000
_MAX_REFERENCES = 50_000
_MAX_EXPANSION = 10_000

_PROLOG = re.compile(r"\A(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.S | re.I)
_ENTITY = re.compile(r"<!ENTITY\s+(?P<name>[\w.:-]+)\s+(?:(?P<external>SYSTEM|PUBLIC)\b|(?P<quote>[\"'])(?P<value>.*?)(?P=quote))", re.S)
_REFERENCE = re.compile(r"&([A-Za-z_][\w.:-]*);")
_PREDEFINED = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I)
# Within these, white space between two inline elements parts two words.
_RUNNING_WORDS = ("p hl1 hl2 title li td th a em strong b i u span lang q pre headline byline by dateline person org location "
    "event chron money num object.title virtloc function copyrite alt-code HeadLine")
_RUNNING_TEXT = frozenset(_RUNNING_WORDS.split())


class UnreadableMarkup(Exception):
    """Markup that is refused. `reason` is a stable code, `offset` a character offset where one is known."""

    def __init__(self, reason: str, detail: str, offset: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.offset = offset


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlTree:
    """A parsed document. `is_partial` says that the markup was broken and what came before it was recovered."""

    root: Tag
    is_partial: bool = False
    warnings: tuple[str, ...] = ()


class _WireTreeBuilder(TreeBuilder):
    """Builds BeautifulSoup trees from lxml's parser events."""

    NAME = "wire-xml"
    is_xml = True
    features = (NAME,)

    def __init__(self) -> None:
        super().__init__(
            multi_valued_attributes={}, preserve_whitespace_tags=set(), store_line_numbers=False, string_containers={}
        )
        self.errors: tuple[str, ...] = ()

    def prepare_markup(self, markup: Any, *args: Any, **kwargs: Any) -> Iterable[tuple[Any, None, None, bool]]:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        target: Any = self  # lxml's stubs know a narrower protocol than its documentation.
        parser = etree.XMLParser(
            target=target, recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
        )
        try:
            parser.feed(markup)
            parser.close()
        except etree.XMLSyntaxError as error:
            self.errors = (f"line {error.lineno}: {error.msg}",)
            return
        # Undeclared prefixes and entities of a DTD that is not read are no damage.
        self.errors = tuple(
            f"line {entry.line}: {entry.message}" for entry in parser.feed_error_log if entry.type_name not in _HARMLESS
        )[:3]

    def start(self, name: str, attributes: dict[str, str], _namespaces: object = None) -> None:
        self.soup.handle_starttag(_local(name), None, None, {_local(key): value for key, value in attributes.items()})  # type: ignore[union-attr]

    def end(self, name: str) -> None:
        self.soup.handle_endtag(_local(name))  # type: ignore[union-attr]

    def data(self, text: str) -> None:
        soup = self.soup
        assert soup is not None
        if not text.isspace() or "\n" not in text or soup.currentTag.name in _RUNNING_TEXT:  # type: ignore[union-attr]
            soup.current_data.append(text)

    def close(self) -> None:
        """lxml asks a target for its result; the soup holds it."""

    def comment(self, _text: str) -> None:
        """Comments are no content."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Processing instructions are no content."""

    def can_be_empty_element(self, _name: str) -> bool:
        return True

    def set_up_substitutions(self, _tag: Tag) -> bool:
        return False


_HARMLESS = frozenset(("NS_ERR_UNDEFINED_NAMESPACE", "WAR_UNDECLARED_ENTITY", "WAR_NS_URI", "WAR_NS_URI_RELATIVE"))


def _local(name: str) -> str:
    """The local part of `{uri}name` and of an undeclared `prefix:name`."""
    if name[0] == "{":
        return name[name.index("}") + 1 :]
    return name.rpartition(":")[2] or name


def parse_xml(markup: str) -> XmlTree:
    """Parse XML into a tree. Raises UnreadableMarkup for what is refused: bombs, external entities, no element."""
    if len(markup) > MAX_MARKUP_CHARACTERS:
        raise UnreadableMarkup("too_large", f"{len(markup)} characters of markup, more than {MAX_MARKUP_CHARACTERS}")
    if markup.count("&") > _MAX_REFERENCES:
        raise UnreadableMarkup("too_large", f"more than {_MAX_REFERENCES} references in one document")
    if markup.count("<") - markup.count("</") > MAX_TAGS:
        raise UnreadableMarkup("too_large", f"more than {MAX_TAGS} elements in one document")
    if markup.count("=") > _MAX_ATTRIBUTES:
        raise UnreadableMarkup("too_large", f"more than {_MAX_ATTRIBUTES} attributes in one document")
    prepared = _without_doctype(markup)
    builder = _WireTreeBuilder()
    soup = BeautifulSoup(prepared.encode("utf-8"), builder=builder)
    root = next((child for child in soup.children if isinstance(child, Tag)), None)
    if root is None:
        raise UnreadableMarkup("malformed", "; ".join(builder.errors) or "no element in the document")
    if any("Excessive depth" in error for error in builder.errors):
        raise UnreadableMarkup("too_deep", builder.errors[0])
    return XmlTree(
        root=root, is_partial=bool(builder.errors), warnings=tuple(f"broken XML, {error}" for error in builder.errors[:1])
    )


def _without_doctype(markup: str) -> str:
    """The document without prolog and DTD, entities replaced; characters that XML forbids are dropped."""
    position = _PROLOG.match(markup).end()  # type: ignore[union-attr]
    doctype = _DOCTYPE.match(markup, position)
    entities: dict[str, str] = {}
    if doctype:
        entities = _entities(doctype["subset"] or "", markup, doctype.end())
        position = doctype.end()
    text = _ILLEGAL.sub("", markup[position:])
    if "&" in text:
        text = _ILLEGAL_REFERENCE.sub("", text)
        text = _REFERENCE.sub(lambda found: _replacement(found[1], entities), text)
    return text


def _entities(subset: str, markup: str, body_start: int) -> dict[str, str]:
    """The document's own entities, if they are harmless: plain text, short, and not many times over."""
    entities: dict[str, str] = {}
    for found in _ENTITY.finditer(subset):
        name = found["name"]
        uses = markup.count(f"&{name};", body_start)
        if found["external"]:
            if uses:
                raise UnreadableMarkup("external_entity", f"the document refers to the external entity &{name};", found.start())
            continue
        value = found["value"]
        if "&" in value or "<" in value or "%" in value:
            if uses or "&" in value:
                raise UnreadableMarkup("entity_bomb", f"the entity &{name}; refers to others", found.start())
            continue
        if uses * len(value) > _MAX_EXPANSION:
            raise UnreadableMarkup("entity_bomb", f"the entity &{name}; would expand to {uses * len(value)} characters", found.start())
        entities.setdefault(name, value)
    return entities


def _replacement(name: str, entities: dict[str, str]) -> str:
    if name in _PREDEFINED:
        return f"&{name};"
    if name in entities:
        return html.escape(html.unescape(entities[name]))
    known = html.entities.html5.get(f"{name};")
    # An unknown entity is kept as it was printed: dropping it would lose text without a sign.
    return html.escape(known) if known else f"&amp;{name};"


def index_by_name(root: Tag) -> dict[str, list[Tag]]:
    """All elements below and including `root` by name, each list in document order."""
    found: dict[str, list[Tag]] = {root.name: [root]}
    for node in root.descendants:
        if isinstance(node, Tag):
            found.setdefault(node.name, []).append(node)
    return found


def inline_text(tag: Tag | None) -> str | None:
    """The text of an element on one line, inline markup flattened; None where there is none."""
    if tag is None:
        return None
    text = " ".join("".join(_strings(tag)).split())
    return text or None


def _strings(tag: Tag) -> Iterator[str]:
    for node in tag.descendants:
        if isinstance(node, Tag):
            if node.name in ("br", "byttl", "p", "hl2"):
                yield " "
        elif type(node) is NavigableString:
            yield node


def child(tag: Tag | None, *path: str) -> Tag | None:
    """The first child element along a path of names, or None."""
    for name in path:
        if tag is None:
            return None
        tag = next((node for node in tag.children if isinstance(node, Tag) and node.name == name), None)
    return tag


def children(tag: Tag | None, name: str) -> list[Tag]:
    """All child elements of that name."""
    return [node for node in tag.children if isinstance(node, Tag) and node.name == name] if tag is not None else []


def attribute(tag: Tag | None, name: str) -> str | None:
    """An attribute's value, stripped; None for none or an empty one."""
    value = tag.get(name) if tag is not None else None
    return (value.strip() or None) if isinstance(value, str) else None
