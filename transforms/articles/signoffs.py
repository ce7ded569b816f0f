"""Text after the dispatch: sign-offs, contacts, end marks and notebooks, each taken off by a named rule."""

import re
from dataclasses import dataclass

from transforms.articles.agencies import is_agency

# From such a paragraph on, nothing is meant for readers.
_NOTEBOOK = re.compile(
    r"#+\s*(?:dpa[ -])?(?:notebook|notizblock|notepad)\b|\*\s\*\s\*(?:\s\*)?(?:\Z|\s)|"
    r"the following information is not (?:intended )?for publication|die folgenden informationen sind nicht zur ver|"
    r"#+\s*(?:(?:dpa )?contacts|editorial contacts|orte\b|internet\b)",
    re.I,
)
_END_MARK = re.compile(
    r"#(?:\s?#){2,}\Z|-?\s?30\s?-?\Z|[-–—=*(\[\s]*(?:ends?|fin|ende|fine|fim|slut|end of (?:story|item|text)|конец)[-–—=*)\]\s.]*\Z|"
    r"[-–—=*(\[\s]*(?:more|mehr|suite|segue|sigue|mf|more to come)[-–—=*)\]\s.]*\Z|={1,3}\s?\w{2,12}\Z|_{3,}\Z|\*{3,}\Z",
    re.I,
)
_CREDITS = re.compile(
    r"[(\[]{1,2}\s*(?:additional\s+|further\s+|with\s+)?(?:reporting|writing|editing|compiled|written|edited|reported|translated|created|produced|"
    r"bericht|redigiert|geschrieben|reportage|édité|rédigé|version française|reporte|reportaje|editado|escrito|información|traducido|reportagem|edição|"
    r"redazione|a cura|репортаж|редактор|haberi|by)\b[^()]{3,}(?:\([^()]*\)[^()]*)*[)\]]{0,2}\.?\Z|"
    r"(?:additional\s+)?(?:reporting|writing|editing|compiled|written)\s+(?:and\s+\w+\s+)?by:?\s+[A-Z][^.!?]{3,200}\.?\Z",
    re.I,
)
_CONTACT = re.compile(
    r"\(\(.{3,}\)\)?\Z|\(?\+?\d[\d\s()/.-]{6,}[)\w]*;|\(?[\w.+-]+@[\w.-]+\w(?:[;,].{0,120})?\)?\Z|(?:tel|phone|fax|contact|contacts|kontakt)\s?[.:].{3,160}\Z|"
    r".{2,80}\bcan be (?:reached|contacted|followed) (?:at|on)\b.{3,}|follow .{3,80}\bon (?:twitter|x|facebook)\b.{0,80}",
    re.I,
)
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)|@)\s?(?:\d{4}|the |thomson|by |reuters|afp|ap\b).{0,300}\Z|all rights reserved.{0,200}\Z|alle rechte vorbehalten.{0,200}\Z|"
    r"this (?:material|article|content) may not be (?:published|reproduced).{0,300}\Z",
    re.I,
)
_INITIALS = re.compile(r"[a-z]{1,5}(?:[/-][a-z]{1,5}){1,6}(?:/?\.{0,3})\Z")
_CODED = re.compile(r"(?:[A-Za-z]{2,6}(?:-[a-z]{2,4})?)(?:[ /][a-z0-9]{1,6}){1,8}\Z")
_ROUTING = re.compile(r"(?:\d{2}\s){2,}[A-Z0-9 ]{6,}\Z")
_TRAILING_AGENCY = re.compile(r"(?<=[.!?\"”»’)…])\s*[-–—=]*\s*[(/\[]?\s*(?P<agency>[A-ZÀ-ÞА-ЯЁ][\w-]{1,11}(?:\s[A-ZА-Я][\w-]{2,9})?)\s*[)/\]]?\.?\Z")
_BRACKETED_AGENCY = re.compile(r"\s+[(/]\s*(?P<agency>[\w.-]{2,12})\s*[)/]\.?\Z")
_TRAILING_CODES = re.compile(r"(?<=[.!?\"”»’)…])\s+(?P<agency>[A-Za-z]{2,6})\s+[a-z]{1,5}(?:[/-][a-z0-9]{1,5}){0,6}\Z")
_TRAILING_CREDITS = re.compile(
    r"(?<=[.!?\"”’])\s+\((?:additional\s+)?(?:reporting|writing|editing|compiled|translated)\s+(?:and\s+\w+\s+)?by:?\s+[A-Z][^()]{3,300}\)\.?\Z", re.I
)
_RULES = (
    ("end_mark", _END_MARK), ("credits", _CREDITS), ("contact", _CONTACT), ("rights", _RIGHTS), ("initials", _INITIALS),
    ("routing", _ROUTING),
)  # fmt: skip
_MAX_TAIL = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A body without what follows it. `rules` names what took each piece off."""

    paragraphs: tuple[str, ...]
    text: str | None = None
    rules: tuple[str, ...] = ()


def split_sign_off(paragraphs: tuple[str, ...], *, agency: str | None = None) -> SignOff:
    """Take the text after the dispatch off its last paragraphs. At least one paragraph stays."""
    kept, tail, rules = list(paragraphs), [], []
    for at, paragraph in enumerate(kept[1:], 1):
        if _NOTEBOOK.match(paragraph):
            tail, kept = kept[at:], kept[:at]
            rules.append("notebook")
            break
    while len(kept) > 1 and len(rules) < _MAX_TAIL:
        rule = _rule(kept[-1], agency)
        if rule is None:
            break
        tail.insert(0, kept.pop())
        rules.append(rule)
    if kept and (found := _TRAILING_CREDITS.search(kept[-1], max(len(kept[-1]) - 400, 0))):
        kept[-1] = kept[-1][: found.start()]
        tail.insert(0, found[0].strip())
        rules.append("credits")
    if kept:
        last, piece = _trailing_agency(kept[-1], agency)
        if piece:
            kept[-1] = last
            tail.insert(0, piece)
            rules.append("agency")
    return SignOff(paragraphs=tuple(kept), text="\n".join(tail) or None, rules=tuple(dict.fromkeys(rules)))


def _rule(paragraph: str, agency: str | None) -> str | None:
    if len(paragraph) > 400:
        return None
    for name, pattern in _RULES:
        if pattern.match(paragraph):
            return name
    first = paragraph.split(maxsplit=1)[0]
    name = paragraph.strip(" =-–—()[]/.*#")
    if len(name) <= 24 and _is_known(name, agency):
        return "agency"
    return "codes" if _is_known(first, agency) and _CODED.match(paragraph) and len(paragraph) <= 48 else None


def _trailing_agency(paragraph: str, agency: str | None) -> tuple[str, str | None]:
    """"… 500 ejemplares. EFE" without its last word."""
    for pattern in (_TRAILING_AGENCY, _TRAILING_CODES):
        found = pattern.search(paragraph)
        if found and _is_known(found["agency"], agency) and found.start() > 20:
            return paragraph[: found.start()].rstrip(), found[0].strip()
    found = _BRACKETED_AGENCY.search(paragraph)
    if found and agency and found["agency"].casefold() == agency.casefold() and found.start() > 0:
        return paragraph[: found.start()].rstrip(), found[0].strip()
    return paragraph, None


def _is_known(name: str, agency: str | None) -> bool:
    return bool(name) and (is_agency(name) or (agency is not None and name.casefold() == agency.casefold()))
