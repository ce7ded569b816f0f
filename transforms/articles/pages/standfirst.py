"""The standfirst: the sentence or list between headline and body that sums the article up, wherever it stands."""

import re
from itertools import islice

from lxml import etree

from transforms.articles.pages.furniture import class_verdict, kebab
from transforms.articles.pages.titles import fold

SHORTEST, LONGEST = 25, 900
ELEMENTS = frozenset({"p", "h2", "h3", "h4", "div", "ul", "ol", "section", "strong", "span", "header", "blockquote"})

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?(?:title|titles|head|headline|headlines|heading|hed)|dek|deck|leads?|lead-?(?:text|in|paragraph|para)|lede|"
    r"intro|introduction|intro-?text|summary|abstract|vorspann|teaser-?text|chapo|chapeau|sapo|sottotitolo|sommario|occhiello|catenaccio|"
    r"teaser|entradilla|bajada|copete|ingress|ingres|manchet|anrisstext|anleser|excerpt|synopsis|key-?points?|highlights|bullet-?points?|spot|"
    r"description|strapline|preamble|perex|zajawka|linhafina|gravata|antetitulo|destacado|ozet|aciklama|preamble|einleitung|unterzeile)(?:$|[\s_-])"
)
_NAMES: dict[str, bool] = {}


def find_standfirsts(root: etree._Element, headline: str | None, description: str | None) -> list[tuple[int, etree._Element]]:
    """Elements that may be the standfirst with their places in page order, outermost first; from an unpruned tree.

    One counts when it is named like one and stands behind the headline's `<h1>`, or when its text is the
    page's own description.
    """
    found: list[tuple[int, etree._Element]] = []
    by_name: dict[str, int] = {}
    wanted = fold(description)[:60] if description else ""
    first = wanted[:1]
    headline_folded = fold(headline) if headline else ""
    is_behind = False
    header: etree._Element | None = None
    above: etree._Element | None = None
    distance = 0
    for place, element in enumerate(root.iter()):
        tag = element.tag
        if tag == "h1":
            if not headline_folded or not is_behind:
                heading = fold("".join(element.itertext()))
                if heading and (heading in headline_folded or headline_folded in heading or not is_behind):
                    is_behind, distance = True, 0
                    header = next(element.iterancestors("header"), None)
                    above = _outermost_heading(element)
            continue
        if tag == "h2" and is_behind and headline_folded and fold("".join(element.itertext())[: 2 * len(headline_folded) + 200]) == headline_folded:
            above = _outermost_heading(element)
            continue
        if tag not in ELEMENTS:
            continue
        if is_behind:
            distance += 1
            if distance > 150 and not wanted:
                break
        named = is_behind and distance <= 150 and (_is_named(element) or _follows_in_header(element, header) or _follows_headline(element, above))
        text = element.text
        starts = bool(wanted) and text is not None and len(text) > 10 and _begins(text, first) and fold(text[:100])[:20] == wanted[:20]
        if not named and not starts:
            continue
        if any("caption" in (near.get("class") or "").casefold() for near in (*element.iter("*"), *_near(element))):
            continue
        if not starts and class_verdict(element.get("class", "")) == "picture":
            continue
        if not starts and next(element.iter("figure", "picture", "video", "iframe"), None) is not None:
            continue
        if any(outer is element.getparent() or _is_above(outer, element) for _, outer in found):
            continue
        whole = " ".join("".join(element.itertext()).split())
        if not SHORTEST <= len(whole) <= LONGEST:
            continue
        if starts and not named and fold(whole)[: len(wanted)] != wanted:
            continue
        if sum(len("".join(link.itertext())) for link in element.iter("a")) > 0.5 * len(whole):
            continue
        name = element.get("class") or str(tag)
        by_name[name] = by_name.get(name, 0) + 1
        found.append((place, element))
        if len(found) >= 12:
            break
    # What is there three times over is a list of teasers.
    return [each for each in found if by_name[each[1].get("class") or str(each[1].tag)] < 3]


def _begins(text: str, first: str) -> bool:
    for letter in text.lstrip():
        if letter.isalnum():
            return letter.casefold()[:1] == first
    return False


def _is_named(element: etree._Element) -> bool:
    attributes = element.attrib
    if "caption" in attributes.get("class", "").casefold():
        return False
    if "description" in (attributes.get("itemprop") or "") or "alternativeHeadline" in (attributes.get("itemprop") or ""):
        return True
    name = f"{attributes.get('class', '')} {attributes.get('data-testid', '')} {attributes.get('id', '')}"
    if len(name) < 4 or len(name) > 400:
        return False
    verdict = _NAMES.get(name)
    if verdict is None:
        if len(_NAMES) > 50_000:
            _NAMES.clear()
        verdict = _NAMES[name] = _NAMED.search(kebab(name)) is not None
    return verdict


def _follows_in_header(element: etree._Element, header: etree._Element | None) -> bool:
    """Whether the element is a paragraph of whole sentences in the `<header>` of the headline."""
    if header is None or element.tag != "p" or not _is_above(header, element):
        return False
    return _is_whole(element)


def _follows_headline(element: etree._Element, above: etree._Element | None) -> bool:
    """Whether the element comes right behind the heading that is the headline, and is whole sentences and nothing else."""
    return (
        above is not None and element.tag in ("p", "div") and element.getprevious() is above and _is_whole(element)
        and all(below is element for below in element.iter("p", "div", "ul", "a", "time"))
    )  # fmt: skip


def _is_whole(element: etree._Element) -> bool:
    text = "".join(element.itertext()).strip()
    return len(text) >= 50 and text[-1] in ".!?…»”\"。"


def _outermost_heading(heading: etree._Element) -> etree._Element:
    """The heading, or the `<hgroup>` around it."""
    parent = heading.getparent()
    return parent if parent is not None and parent.tag == "hgroup" else heading


def _near(element: etree._Element) -> list[etree._Element]:
    return list(islice(element.iterancestors(), 4))


def _is_above(above: etree._Element, element: etree._Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent is above:
            return True
        parent = parent.getparent()
    return False
