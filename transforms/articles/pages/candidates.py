"""Where the body is: the page is pruned of its furniture, paragraphs vote for the elements around them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from transforms.articles.pages.furniture import DROPPED_TAGS, SHORT_OR_DROPPED_TAGS, class_verdict, is_certain
from transforms.articles.pages.weights import BLOCKS, ELEMENT_LIMIT, PARAGRAPHS, Weight, weigh

NOSCRIPT_PARAGRAPHS = 3
"""Paragraphs from which a `<noscript>` may be the page itself."""
PARTS_SHARE = 0.9
"""Share of the votes around them that elements of one name hold where they are parts of one body."""
CAPTION_LIMIT = 400
"""Characters of text that an element named after a picture may hold as its caption."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The element that holds the body, `votes` of its paragraphs out of the page's `total`, and how it was found."""

    element: etree._Element
    votes: float
    total: float
    reason: str


def strip_furniture(root: etree._Element) -> tuple[etree._Element, ...]:
    """Take scripts, pictures, menus and controls out of the tree. Returns the elements left, in page order.

    The elements are worth holding: while they are held, lxml need not make them anew for every pass.
    """
    for heading in list(islice(root.iter("h1"), 100)):
        # Many sites put the headline into the breadcrumbs.
        menus = list(heading.iterancestors("nav"))
        if menus and menus[-1].getparent() is not None:
            heading.tail = None
            menus[-1].addprevious(heading)
    for signed in list(islice(root.iter("time", "address"), 100)):
        # A portrait of the author may have the byline for its caption.
        for caption in signed.iterancestors("figcaption"):
            caption.tag = "div"
    for main in list(islice(root.iter("main"), 10)):
        # A menu that was never closed holds the page.
        for menu in main.iterancestors("nav", "menu", "fieldset"):
            menu.tag = "div"
    for unscripted in list(islice(root.iter("noscript"), 100)):
        # Never closed, or all that the page shows without its scripts.
        inside = sum(1 for _ in unscripted.iter("p"))
        if inside >= NOSCRIPT_PARAGRAPHS and 2 * inside > sum(1 for _ in root.iter("p")):
            unscripted.tag = "div"
    etree.strip_elements(root, *DROPPED_TAGS, with_tail=False)
    # The target of a jump within the page is no link.
    for anchor in [anchor for anchor in root.iter("a") if anchor.get("href") is None and (anchor.get("name") or anchor.get("id"))]:
        anchor.tag = "span"
    return tuple(islice(root.iter("*"), ELEMENT_LIMIT))


def prune(root: etree._Element, *, is_certain_only: bool = False) -> tuple[dict[etree._Element, Weight], list[str]]:
    """Drop from the tree what is never body text. Returns the weights of what is left, and what was dropped and why.

    With `is_certain_only` what a class, an id or hiding alone makes suspect stays: for pages of which nothing else is left.
    """
    weights = weigh(root)
    suspects = [(element, why) for element in weights if (why := _suspicion(element))]
    total = left = weights[root].votes
    dropped: list[str] = []
    for element, why in suspects:
        weight = weights[element]
        if weight.is_gone or element is root:
            continue
        if is_certain_only and (why == "hidden" or (why.startswith(("class", "picture")) and not is_certain(why))):
            continue
        limit = 0.7 if why == "hidden" else 0.34 if why == "<form>" else 0.45
        rest = left - weight.votes
        # Most of the page's text is no furniture, however its element is named; comments and consent dialogues are.
        is_most = weight.votes > limit * total and (weight.votes > 5 or (rest < 0.5 and why != "hidden"))
        if is_most and not (why.startswith("class") and is_certain(why) and rest > 4):
            continue
        if why == "<figure>" and element.find(".//table") is not None:
            continue
        if why.startswith("picture") and weight.text > CAPTION_LIMIT:
            continue
        dropped.append(f"{why}: {weight.text} characters")
        left -= weight.votes
        _remove(element, weights)
    dropped += drop_teasers(root, weights)
    return weights, dropped


def _suspicion(element: etree._Element) -> str:
    """Why an element may be furniture, or ``."""
    tag = element.tag
    if tag in SHORT_OR_DROPPED_TAGS:
        return f"<{tag!s}>"
    keys = element.keys()
    if not keys or tag in _NEVER_SUSPECT:
        return ""
    if not _TELLING.isdisjoint(keys):
        if "hidden" in keys or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style", "")):
            return "hidden"
        role = element.get("role")
        if role in _ROLES:
            return f"role={role!s}"
    if tag in _INLINE:
        return ""
    name = element.get("class", "")
    if identity := element.get("id"):
        name = f"{name} {identity}"
    verdict = class_verdict(name) if name else ""
    return f"class {name[:60]}" if verdict == "strong" else f"picture {name[:60]}" if verdict == "picture" else ""


def drop_teasers(root: etree._Element, weights: Mapping[etree._Element, Weight]) -> list[str]:
    """Drop rows of teasers: elements of one shape, each with one linked heading and little else."""
    groups: dict[tuple[str, str], list[etree._Element]] = {}
    for heading in root.iter("h2", "h3", "h4", "h5"):
        whole = _text_length(heading)
        if not 8 <= whole <= 250:
            continue
        linked = sum(_text_length(link) for link in heading.iter("a"))
        if linked < 0.8 * whole and next(heading.iterancestors("a"), None) is None:
            continue
        card = heading
        parent = card.getparent()
        while parent is not None and parent.tag not in ("body", "main", "html") and _text_length(parent) <= whole + 420:
            if sum(1 for _ in parent.iter("h2", "h3", "h4", "h5")) > 1:
                break
            card, parent = parent, parent.getparent()
        if card is not heading:
            groups.setdefault((str(card.tag), card.get("class", "")[:80]), []).append(card)
    dropped = []
    for (tag, name), cards in groups.items():
        if len(cards) >= 2:
            for card in cards:
                dropped.append(f"teaser <{tag}> {name[:40]}: {_text_length(card)} characters")
                _remove(card, weights)
    return dropped


def _text_length(element: etree._Element) -> int:
    return sum(map(len, map(str.strip, element.itertext())))


_NEVER_SUSPECT = frozenset({"html", "body", "article", "main", "h1"})
_INLINE = frozenset({"a", "b", "strong", "em", "i"})
_TELLING = frozenset({"hidden", "aria-hidden", "style", "role"})
"""Attributes that few elements have; to ask for each of them costs."""
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "search", "menu", "menubar", "toolbar", "alert", "banner", "alertdialog", "tablist", "form"})


def choose(root: etree._Element, weights: Mapping[etree._Element, Weight]) -> Candidate | None:
    """The element that holds the body, in a pruned tree; None where no element holds a paragraph.

    From the root down to the smallest element that still holds nearly all votes; a named body container or
    `<article>` on the way takes over where it holds most of them.
    """
    total = weights[root].votes
    if total <= 0:
        return None
    named = _named(root, weights, total)
    if named is not None:
        element, reason = named
    else:
        element, reason = root, "most paragraphs"
    while True:
        share = weights[element].votes
        below = None
        for child in element:
            weight = weights.get(child)
            if weight is not None and weight.votes >= 0.92 * share and child.tag not in PARAGRAPHS | {"ul", "ol", "tr", "tbody"}:
                below = child
        if below is None:
            break
        element = below
    return Candidate(element=element, votes=weights[element].votes, total=total, reason=reason)


def _named(root: etree._Element, weights: Mapping[etree._Element, Weight], total: float) -> tuple[etree._Element, str] | None:
    found: list[tuple[float, int, etree._Element, str]] = []
    for order, element in enumerate(weights):
        weight = weights[element]
        if weight.is_gone:
            continue
        if weight.votes < 0.25 * total or weight.votes <= 1:
            continue
        attributes = element.attrib
        prior = 0.0
        reason = ""
        if "articleBody" in (attributes.get("itemprop") or attributes.get("property") or ""):
            prior, reason = 0.75, "itemprop=articleBody"
        elif element.tag in ("div", "section", "article", "main"):
            name = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            verdict = class_verdict(name) if name != " " else ""
            if verdict == "container":
                prior, reason = 0.6, f"class {name.strip()[:60]}"
            elif verdict == "body":
                prior, reason = 0.25, f"class {name.strip()[:60]}"
            elif element.tag == "article" or attributes.get("role") == "article":
                prior, reason = 0.28, "<article>"
            elif element.tag == "main" or attributes.get("role") == "main":
                prior, reason = 0.1, "<main>"
        if prior:
            found.append((weight.votes / total + prior, order, element, reason))
    if not found:
        return None
    _, _, element, reason = max(found, key=lambda each: (each[0], each[1]))
    return _with_its_like(element, weights), reason


def _with_its_like(element: etree._Element, weights: Mapping[etree._Element, Weight]) -> etree._Element:
    """The element, or the one around it where nearly all the rest stands beside it in elements of its name: "story-body 2"."""
    around = element.getparent()
    words = set((element.get("class") or "").split())
    if around is None or not words or around.tag in ("body", "html"):
        return element
    parts = [
        weight.votes for beside in around
        if beside.tag == element.tag and (weight := weights.get(beside)) is not None and words.intersection((beside.get("class") or "").split())
    ]  # fmt: skip
    is_parted = sum(1 for votes in parts if votes > 1) > 1 and sum(parts) >= PARTS_SHARE * weights[around].votes
    return around if is_parted else element


def _remove(element: etree._Element, weights: Mapping[etree._Element, Weight]) -> None:
    """Take an element out of the tree, and its weight off the elements around it; its tail stays."""
    parent = element.getparent()
    if parent is None:
        return
    own = weights.get(element)
    if own is not None:
        for below in element.iter():
            if (weight := weights.get(below)) is not None:
                weight.is_gone = True
        for above in element.iterancestors():
            weight = weights.get(above)
            if weight is not None:
                weight.text -= own.text
                weight.link -= own.link
                weight.votes = max(weight.votes - own.votes, 0.0)
    if element.tail:
        gap = " " if element.tag in BLOCKS else ""
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + gap + element.tail
        else:
            parent.text = (parent.text or "") + gap + element.tail
    parent.remove(element)
