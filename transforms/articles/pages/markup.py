"""From markup to an element tree in bounded time, whatever the page does.

libxml2 is quick but has three traps: below 256 nested elements it stops and returns the page as if it were
empty; an element with many attributes costs time quadratic in their number (200,000 take a minute and a half);
and a page of many megabytes becomes many times its size in memory. Each is met before or right after parsing.
"""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

MARKUP_LIMIT = 6_000_000
"""Characters parsed; what scripts and styles leave beyond that is cut off and said so."""
PARSED_ELEMENT_LIMIT = 250_000
"""Elements parsed: each needs a quarter of a kilobyte."""
DEPTH_LIMIT = 200
TAG_LENGTH_LIMIT = 20_000
ATTRIBUTE_LIMIT = 400
UNWRAPPED_LIMIT = 10_000
"""Tags unwrapped one by one below `DEPTH_LIMIT`; a page with more of them is a bomb, whose rest is text alone."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])

# A quotation mark that no equals sign stands before opens no value: <h1 class="a" "id="b">.
_INSIDE_TAG = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+"""
_TAG_START = re.compile(
    rf"""<(script|style|textarea|title)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)|<[a-zA-Z]{_INSIDE_TAG}""",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_OPENING = re.compile(r"<[a-zA-Z]")
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)")
_ANY_TAG = re.compile(rf"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*)({_INSIDE_TAG})>?""")
_SCRIPT_OR_STYLE = re.compile(r"<(script|style|svg)\b([^>]*+)>", re.IGNORECASE)
_DATA_ADDRESS = re.compile(r"data:[a-z]++/[a-z+.-]++;base64,[A-Za-z0-9+/=]{500,}+")
_CONTROL = bytes((*range(9), 11, 12, *range(14, 32), 127))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed page. `root` is None where the markup holds no element at all."""

    root: etree._Element | None
    warnings: tuple[str, ...] = ()


def parse_markup(markup: str) -> Tree:
    """Parse decoded `markup` into a tree of at most 256 levels; warnings name what had to be cut."""
    warnings: list[str] = []
    if len(markup) > MARKUP_LIMIT or _element_count(markup) > PARSED_ELEMENT_LIMIT:
        whole = _without_scripts(markup)
        markup = first_elements(whole[:MARKUP_LIMIT], PARSED_ELEMENT_LIMIT)
        if len(markup) < len(whole):
            warnings.append("page_truncated")
    if len(markup) > 100_000 and _may_be_flooded(markup):
        markup, flooded = _without_attribute_floods(markup)
        if flooded:
            warnings.append("attributes_dropped")
    root, gave_up = _parse(markup, huge=False)
    if gave_up:
        warnings.append("nesting_flattened")
        root, _ = _parse(flatten(markup), huge=True)
    return Tree(root=root, warnings=tuple(warnings))


def first_elements(markup: str, limit: int) -> str:
    """The markup up to the end of its first `limit` elements."""
    if _element_count(markup) <= limit:
        return markup
    beyond = next(islice(_OPENING.finditer(markup), limit, None), None)
    return markup if beyond is None else markup[: beyond.start()]


def _element_count(markup: str) -> int:
    """How many elements the markup has at most."""
    return markup.count("<") - markup.count("</")


def _parse(markup: str, *, huge: bool) -> tuple[etree._Element | None, bool]:
    if not markup.strip():
        return None, False
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=huge)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace").translate(None, _CONTROL), parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    return root, last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _without_scripts(markup: str) -> str:
    """The markup without scripts (but JSON-LD), styles, drawings and inlined pictures."""
    kept: list[str] = []
    position = 0
    lowered = markup.lower()
    if len(lowered) != len(markup):  # a few capitals change their length
        lowered = markup
    for match in _SCRIPT_OR_STYLE.finditer(markup):
        if match.start() < position or "ld+json" in match[2]:
            continue
        end = lowered.find(f"</{match[1].lower()}", match.end())
        if end < 0:
            continue
        kept.append(markup[position : match.start()])
        position = end
    kept.append(markup[position:])
    return _DATA_ADDRESS.sub("", "".join(kept))


def _may_be_flooded(markup: str) -> bool:
    """A quick look: whether some tag seems long, or there are equals signs for very many attributes."""
    end = 0
    # What is longer than the limit holds one of these places.
    for place in range(TAG_LENGTH_LIMIT, len(markup), TAG_LENGTH_LIMIT):
        if place <= end:
            continue
        start = markup.rfind("<", end, place)
        end = markup.find("<", place)
        if end < 0:
            end = len(markup)
        is_long = end - start > TAG_LENGTH_LIMIT and start >= 0 and markup[start + 1].isalpha()
        if is_long and not start < markup.find(">", start, end) <= start + TAG_LENGTH_LIMIT:
            return True
    return markup.count("=") > 20_000


def _without_attribute_floods(markup: str) -> tuple[str, bool]:
    kept: list[str] = []
    position = 0
    for match in _TAG_START.finditer(markup):
        if match.end() - match.start() > TAG_LENGTH_LIMIT and not match[1] and not match[0].startswith("<!"):
            names = _QUOTED.sub("", match[0])
            if max(len(names.split()), names.count("=")) > ATTRIBUTE_LIMIT:
                name = _NAME.match(match[0])
                kept.append(markup[position : match.start()])
                kept.append(name[0] if name else "<div")
                position = match.end()
    if not kept:
        return markup, False
    kept.append(markup[position:])
    return "".join(kept), True


def flatten(markup: str) -> str:
    """The markup with every element that opens below `DEPTH_LIMIT` levels unwrapped; its text stays."""
    kept: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    depth = 0
    position = 0
    for match in _ANY_TAG.finditer(markup):
        name = match[2].lower()
        if name in VOID or match[3].endswith("/"):
            continue
        if not match[1]:
            keep = depth < DEPTH_LIMIT
            open_tags.append((name, keep))
            depth += keep
        else:
            # A closing tag without its opening one near by is noise.
            for back in range(1, min(len(open_tags), 8) + 1):
                if open_tags[-back][0] == name:
                    break
            else:
                back = 0
            if not back:
                keep = depth < DEPTH_LIMIT
            else:
                keep = open_tags[-back][1]
                for _, was_kept in open_tags[-back:]:
                    depth -= was_kept
                del open_tags[-back:]
        if not keep:
            kept.append(markup[position : match.start()])
            kept.append(" ")
            position = match.end()
            if len(kept) > 2 * UNWRAPPED_LIMIT:
                kept.append(_ANY_TAG.sub(" ", markup[position:]))
                return "".join(kept)
    kept.append(markup[position:])
    return "".join(kept)
