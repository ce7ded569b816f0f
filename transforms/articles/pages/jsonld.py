"""JSON-LD as pages write it: arrays, `@graph`, nesting, references by `@id`, and JSON that is not quite JSON."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Node: TypeAlias = dict[str, object]

SIZE_LIMIT = 2_000_000
NODE_LIMIT = 5_000
DEPTH_LIMIT = 6
"""Levels of objects and lists that are searched for the text of one field."""

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review|ClaimReview)$")
_NOT_OF_THE_PAGE = frozenset({"liveBlogUpdate", "comment", "comments", "review", "reviews", "mentions", "citation", "isBasedOn", "relatedLink"})
"""Under these keys stand other articles, or parts of this one."""
_OTHER_THINGS = frozenset({"VideoObject", "AudioObject", "ImageGallery", "MediaGallery", "Recipe", "PodcastEpisode"})
_COMMENT = re.compile(r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]\d])(\s*\n\s*")(?=[A-Za-z@]+"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_PAIR = re.compile(r'"(headline|datePublished|dateModified|description|url|articleSection)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_AUTHOR_NAME = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]*?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')


def read_json_ld(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Every typed node of the `scripts`, outermost first, in the order of the page.

    What is broken is mended where it can be (comments around it, trailing commas, bare line breaks, HTML
    entities); of what cannot be, the plain pairs of one article are salvaged, under the key `@salvaged`.
    """
    nodes: list[Node] = []
    for script in scripts:
        text = script.strip()
        if not text or len(text) > SIZE_LIMIT:
            continue
        loaded = _load(text)
        if loaded is None:
            salvaged = _salvage(text)
            if salvaged:
                nodes.append(salvaged)
            continue
        for value in loaded:
            nodes.extend(_typed_nodes(value))
            if len(nodes) > NODE_LIMIT:
                return tuple(nodes[:NODE_LIMIT])
    return tuple(nodes)


def types_of(node: Node) -> tuple[str, ...]:
    """The node's types, without their address."""
    given = node.get("@type", node.get("type"))
    names = given if isinstance(given, list) else [given]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def is_article(node: Node) -> bool:
    """Whether the node is of schema.org's type Article or one below it."""
    return "@salvaged" in node or any(_ARTICLE.search(name) for name in types_of(node))


def article_node(nodes: tuple[Node, ...], urls: Iterable[str]) -> Node | None:
    """The node that describes this page's article: the one that names one of `urls`, else the fullest."""
    found = [node for node in nodes if is_article(node)]
    if not found:
        return None
    wanted = {_bare(url) for url in urls if url}

    def rank(node: Node) -> tuple[bool, int]:
        named = {_bare(text) for key in ("url", "@id", "mainEntityOfPage") for text in texts(node.get(key), "@id", "url")}
        told = sum(1 for key in ("headline", "datePublished", "author", "articleBody", "dateModified") if node.get(key))
        return bool(named & wanted), told

    best = max(found, key=rank)
    return best if rank(best)[1] else None


def other_thing(nodes: tuple[Node, ...]) -> Node | None:
    """The page's video, audio or gallery node, where it has one."""
    return next((node for node in nodes if _OTHER_THINGS & set(types_of(node))), None)


def with_references(value: object, nodes: tuple[Node, ...]) -> object:
    """`value` with `{"@id": …}` replaced by the node that it points to."""
    if isinstance(value, list):
        # Some pages nest a list in the list.
        flat = [inner for each in value[:100] for inner in (each[:20] if isinstance(each, list) else [each])]
        return [with_references(each, nodes) for each in flat if not isinstance(each, list)]
    if isinstance(value, dict) and "@id" in value and "name" not in value:
        return next((node for node in nodes if node.get("@id") == value["@id"] and "name" in node), value)
    return value


def texts(value: object, *keys: str, depth: int = 0) -> tuple[str, ...]:
    """The strings that `value` holds: itself, those of a list, or under the first of `keys` in an object."""
    if depth > DEPTH_LIMIT:
        return ()
    if isinstance(value, str):
        cleaned = clean(value)
        return (cleaned,) if cleaned else ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, list):
        return tuple(text for each in value[:200] if not isinstance(each, list) for text in texts(each, *keys, depth=depth + 1))
    if isinstance(value, dict):
        for key in (*keys, "@value"):
            if isinstance(value.get(key), str | list):
                found = texts(value[key], *keys, depth=depth + 1)
                if found:
                    return found
    return ()


def first_text(value: object, *keys: str) -> str | None:
    """The first of `texts`, or None."""
    return next(iter(texts(value, *keys)), None)


def clean(text: str) -> str:
    """The string with its HTML entities (often escaped twice) resolved and its tags and ends cut off."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"</?[a-zA-Z][^<>]*>", "", text)
    return text.strip()


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", url).split("#", 1)[0].split("?", 1)[0].rstrip("/")


def _load(text: str) -> list[object] | None:
    for attempt in (_as_given, _unwrapped, _mended, _unescaped):
        try:
            return _decode_all(attempt(text))
        except (ValueError, RecursionError):
            continue
    return None


def _as_given(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    for _ in range(3):
        text = _COMMENT.sub("", text)
    return text.strip().rstrip(";")


def _mended(text: str) -> str:
    text = _BAD_ESCAPE.sub(r"\\\\", _unwrapped(text))
    return _MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", text))


def _unescaped(text: str) -> str:
    return _mended(html.unescape(text))


def _decode_all(text: str) -> list[object]:
    """One value or several behind one another."""
    decoder = json.JSONDecoder(strict=False)
    values: list[object] = []
    position = 0
    while position < len(text):
        value, end = decoder.raw_decode(text, position)
        values.append(value)
        rest = re.compile(r"[\s,;]*").match(text, end)
        position = rest.end() if rest else end
        if len(values) > 100:
            break
    if not values:
        raise ValueError("empty")
    return values


def _salvage(text: str) -> Node | None:
    found: Node = {}
    for match in _PAIR.finditer(text):
        found.setdefault(match[1], _string(match[2]))
    if author := _AUTHOR_NAME.search(text):
        found["author"] = {"@type": "Person", "name": _string(author[1])}
    if not ("headline" in found or "datePublished" in found) or not re.search(r"Article|Posting", text):
        return None
    found["@salvaged"] = True
    return found


def _string(escaped: str) -> str:
    try:
        value = json.loads(f'"{escaped}"', strict=False)
    except ValueError:
        return escaped
    return value if isinstance(value, str) else escaped


def _typed_nodes(value: object) -> Iterator[Node]:
    """All objects with a type, breadth first, so that the page's own node comes before what it holds."""
    queue: list[object] = [value]
    for at in range(NODE_LIMIT * 4):
        if at >= len(queue):
            return
        current = queue[at]
        if isinstance(current, list):
            queue.extend(current[:500])
        elif isinstance(current, dict):
            if "@type" in current or "type" in current:
                yield current
            queue.extend(each for key, each in current.items() if isinstance(each, dict | list) and key not in _NOT_OF_THE_PAGE)
