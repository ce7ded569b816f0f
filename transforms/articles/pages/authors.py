"""Who wrote it: names from structured data and bylines, without "By", titles, addresses and repetitions."""

import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup, Tag

from transforms.articles.pages.jsonld import DEPTH_LIMIT, Node, clean, with_references
from transforms.articles.pages.metatags import AUTHORS

AUTHOR_LIMIT = 30
NAME_LIMIT = 90

AGENCIES = frozenset(
    ["ap", "afp", "apa", "dpa", "efe", "ansa", "reuters", "upi", "tass", "itar-tass", "interfax", "xinhua", "kyodo", "jiji", "yonhap", "bta", "mti", "ctk", "čtk", "pap", "sid", "lusa", "anp", "belga", "ntb", "tt", "stt", "ritzau", "sda", "keystone-sda", "keystone/sda", "apd", "kna", "epd", "dapd", "cna", "pti", "ani", "ians", "antara", "bernama", "irna", "isna", "mehr", "wam", "spa", "kuna", "petra", "mena", "aap", "cp", "pa", "ria", "azertac", "trend", "kazinform", "ukrinform", "unian", "agerpres", "tanjug", "hina", "sta", "aa", "ap/dpa"]
) | {
    "associated press", "the associated press", "agence france-presse", "agence france presse", "deutsche presse-agentur",
    "press association", "pa media", "europa press", "thomson reuters", "anadolu agency", "anadolu ajansı", "ria novosti",
    "the canadian press", "australian associated press", "press trust of india", "agencia efe", "agenzia ansa", "keystone sda",
    "prensa latina", "agencia brasil", "agência brasil", "bloomberg", "bloomberg news", "ap news", "austria presse agentur",
}  # fmt: skip

_PREFIX = re.compile(
    r"^(?:(?:written|posted|reported|published|story|words|text|compiled|edited|updated|analysis|opinion|review|article|"
    r"an?\s+article|report|reporting|interview|commentary|column|essay|guest\s+post|photographs?)\s+by|by|von|vom|por|par|di|da|av|af|"
    r"door|autore?n?|autor[ae]s?|auteurs?|authors?|redakteur(?:in)?|text[eo]?|texto|reporter|texto\s+de|testo\s+di|"
    r"oleh|penulis|yazan|автор[ыи]?|текст|pengarang|scritto\s+da|escrito\s+por|propos\s+recueillis\s+par|ein\s+\w+\s+von|"
    r"(?:ein|eine)\s+(?:analyse|kommentar|interview|gastbeitrag|essay)\s+von|бір|тәуелсіз|εκ|του|문|글|文|記者|由|撰文|作者|بقلم|كتب|כתב)"
    r"(?:\s*[:：]\s*|\s+|$)",
    re.IGNORECASE,
)  # fmt: skip
_PREFIX_GLUED = re.compile(r"^(?:作者|記者|文/|文／|文｜|撰文|글|By:|Von:)\s*[:：／/]?\s*")
_SPLIT = re.compile(
    r"\s*[,;，、；|•·\n\t]\s*|\s+(?:and|und|y|e|et|och|og|ja|i|и|та|ve|dan|en|és|și|oraz|&|και|with|mit|và|וְ|و)\s+|\s+/\s+|/(?=[^\W\d_])"
)
_TITLE = re.compile(
    r"(?i)\b(?:reporters?|correspondents?|editors?|editor-in-chief|journalists?|writers?|columnists?|contributors?|producers?|"
    r"redakteur(?:in)?|redaktion(?:sleiter)?|chefredakteur|korrespondent(?:in)?|volontär(?:in)?|autorin|journalist|reporterin|"
    r"redactor[a]?|periodista|corresponsal|enviad[oa]|giornalista|inviat[oa]|journaliste|correspondante?|rédact\w+|"
    r"staff|newsroom|news\s+desk|bureau|desk|photographer|fotograf\w*|chief|director|ressortleit\w+|leiter(?:in)?|head\s+of|"
    r"professor|muhabir\w*|корреспондент|журналист\w*|редактор|обозреватель|specialist|analyst|freelance\w*|author|lead|"
    r"team\s+lead|deputy|senior|junior|assistant|associate\s+editor|gastautor\w*|experten?|expertin|stand|update\w*|published|"
    r"aktualisiert|updated|min(?:ute)?s?\s+read|uhr|am|pm)\b"
)
_JUNK = re.compile(
    r"(?i)^(?:admin|administrator|editor|editorial|webmaster|author|authors|by|staff|none|null|undefined|unknown|anonymous|"
    r"guest|follow|share|email|twitter|facebook|view\s+profile|see\s+more|more|https?:.*|www\..*|@\w+|\d+|photo|image|user|root|"
    r"print|comments?|bio|view\s+all|profile|read\s+more|autor|autoren|redakcja|about|contact|гость|админ|редакция|redacción|redaction|rédaction|redazione)$"
)
_DATE = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{4,}")
_MAIL = re.compile(r"\(?\s*\S+@\S+\.\w+\s*\)?")
_HANDLE = re.compile(r"\s*\(?@\w+\)?\s*$")
_ROLE_IN_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]{0,60}[)）\]]\s*$")
_KOREAN = re.compile(r"\s*(?:인턴\s?|수습\s?|선임\s?)?(?:기자|특파원|논설위원|칼럼니스트|에디터)$")
_AFTER_NAME = re.compile(r"(?i)\s+(?:for|of|in|at|from|aus|reports?|berichtet|special\s+to|para|pour)\s+.*$|\s+[-–—|]\s+.*$|\s*\|.*$")


def authors_of_node(node: Node | None, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The names of a JSON-LD node's `author` (else `creator`), references followed."""
    if node is None:
        return ()
    for key in ("author", "creator"):
        if names := clean_names(_names(with_references(node.get(key), nodes))):
            return names
    return ()


def authors_of_meta(meta: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """Names of the first meta element that gives any, and the element's name."""
    for key in AUTHORS:
        if names := clean_names(meta.get(key, ())):
            return names, key
    return (), ""


def authors_of_page(soup: BeautifulSoup, headline: str | None) -> tuple[tuple[str, ...], str | None]:
    """Names of the page's byline elements and the byline as printed; `rel=author` and microdata before classes."""
    byline: str | None = None
    body = soup.body
    if body is None:
        return (), None
    # The soup's body holds clippings side by side: those next to one another stand together on the page.
    by_trust: dict[int, list[tuple[int, str]]] = {}
    for place, clipping in enumerate(body.find_all(True, recursive=False)):
        for element in (clipping, *(below for below in clipping.descendants if isinstance(below, Tag))):
            if element.name in ("h1", "h2", "time", "meta"):
                continue
            trust = _trust(element)
            text = element.get_text(" ", strip=True) if trust is not None else ""
            if trust is None or not text or len(text) > 200 or text == headline:
                continue
            if byline is None and trust >= 1:
                byline = " ".join(text.split())
            by_trust.setdefault(trust, []).append((place, text))
    for trust in sorted(by_trust):
        found: tuple[str, ...] = ()
        last = -1
        for place, text in by_trust[trust]:
            if found and place > last + 1:
                break
            names = clean_names([text], strict=trust >= 2)
            if names and (not found or trust < 2):
                found = clean_names((*found, *names))
                last = place
        if found:
            return found, byline
    return (), byline


def clean_names(values: Iterable[str], *, strict: bool = False) -> tuple[str, ...]:
    """Names out of byline-like strings, in order and once each; `strict` wants them to look like a person's."""
    names: list[str] = []
    seen: set[str] = set()
    for value in values:
        for place, name in enumerate(_split(value)):
            if place and _TITLE.search(name):
                continue
            cleaned = _clean_name(name)
            if not cleaned or (strict and not is_person_like(cleaned)):
                continue
            folded = cleaned.casefold()
            if folded not in seen:
                seen.add(folded)
                names.append(cleaned)
    return tuple(names[:AUTHOR_LIMIT])


def is_agency(name: str) -> bool:
    """Whether the name is a news agency's, alone or in a row such as `dpa/AFP`."""
    folded = name.casefold().strip(" .")
    return folded in AGENCIES or all(part.strip() in AGENCIES for part in re.split(r"[/,&]| and | und ", folded))


def is_site(name: str, site_names: Iterable[str]) -> bool:
    """Whether an author's name is the publisher's or the site's own."""
    folded = _letters(name)
    for site in site_names:
        own = _letters(site)
        if not own or not folded:
            continue
        if folded == own or (len(own) >= 5 and own in folded and len(folded) - len(own) <= 8) or (len(folded) >= 5 and folded in own):
            return True
    return False


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _names(value: object, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [clean(value)]
    if depth > DEPTH_LIMIT:
        return []
    if isinstance(value, list):
        return [name for each in value[:AUTHOR_LIMIT] for name in _names(each, depth + 1)]
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, str | list):
            return _names(name, depth + 1)
        given, family = value.get("givenName"), value.get("familyName")
        if isinstance(given, str) and isinstance(family, str):
            return [clean(f"{given} {family}")]
    return []


def _split(value: str) -> list[str]:
    value = " ".join(value.replace("\xa0", " ").split(" ")).strip()
    if not value or len(value) > 400 or value.startswith(("http://", "https://", "/")):
        return []
    value = _MAIL.sub(" ", value)
    return [part for part in _SPLIT.split(value) if part and part.strip()]


def _clean_name(name: str) -> str | None:
    name = _ROLE_IN_BRACKETS.sub("", " ".join(name.split())).strip(" -–—:•*\"'“”|.,()")
    for _ in range(2):
        name = _PREFIX_GLUED.sub("", _PREFIX.sub("", name)).strip(" -–—:")
    name = _HANDLE.sub("", _ROLE_IN_BRACKETS.sub("", name))
    name = _KOREAN.sub("", name)
    name = _AFTER_NAME.sub("", name).strip(" -–—:•,")
    if not 2 <= len(name) <= NAME_LIMIT or _JUNK.match(name) or _DATE.search(name) or "http" in name:
        return None
    if len(name.split()) > 8 or not any(letter.isalpha() for letter in name):
        return None
    if _TITLE.search(name) and not _is_capitalised_name(name):
        return None
    return name


def _is_capitalised_name(name: str) -> bool:
    """Whether enough is left of the name without its title: "MDR Redaktion" is one, "Senior editor" is not."""
    return bool(_TITLE.sub("", name).strip(" ,.-"))


def is_person_like(name: str) -> bool:
    """Whether the name is built like a person's: two to five words, the first with a capital where the script has them."""
    words = name.split()
    if not words[0][:1].isupper() and words[0][:1].lower() != words[0][:1].upper():
        return False
    has_case = any(letter.isupper() or letter.islower() for letter in name)
    return (not has_case or 2 <= len(words) <= 5) and not _TITLE.search(name)


def _trust(element: Tag) -> int | None:
    """0 for marked author names, 1 for author elements, 2 for bylines and the rest that looks like one."""
    itemprop = str(element.get("itemprop") or element.get("property") or "")
    rel = element.get("rel")
    if itemprop == "author" and element.find(itemprop="name") is None:
        return 0
    if itemprop == "name":
        return 0 if element.find_parent(attrs={"itemprop": "author"}) is not None else None
    if rel and "author" in str(rel).split():
        return 0
    names = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
    if re.search(r"bio|avatar|descr|social|contact|comment|related|teaser|img|image|count|card|follow|list-?view|recommend", names):
        return None
    if re.search(r"author[-_]?name|byline[-_]?name|name[-_]?author|author__name|byline__name|byline-author", names):
        return 1
    if re.search(r"author|byline|autor|auteur", names):
        return 2
    return None
