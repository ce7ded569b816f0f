"""What pages call their titles: as words to compare, and without the names of sites and sections."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from transforms.articles.pages.jsonld import clean
from transforms.articles.pages.metatags import SITE_NAMES

LENGTH_LIMIT = 500
REMEMBERED_LENGTH = 1_000
"""Characters of a text whose words are remembered: the memory for them stays below some megabytes."""
CUT_LIMIT = 12
"""Separators in a title; what has more is no title with a site's name."""
SITE_NAME_WORDS = 6
"""Words of the longest site's name."""
_SEPARATOR = re.compile(r"\s+[-–—|·•»«:*/\\‹›⋆]{1,2}\s+|\s*[|｜│┃ㅣ：]\s*|\s*[-–—]\s+(?=\S+\.\S+$)")
_ANY_SEPARATOR = re.compile(_SEPARATOR.pattern + r"|[-–—]")
_WORD = re.compile(r"\w+")
_MEASURE = re.compile(r"[\u3040-\u9fff]{2}|\w+")
"""A word, or two characters of a script that sets no spaces."""


def site_names_of(meta: Mapping[str, tuple[str, ...]], url: str | None, publisher_name: str | None) -> tuple[str, ...]:
    """What the site may be called: its meta names, its host, the publisher's name."""
    # Some pages give the article's title as the name of the application.
    title = fold((meta.get("og:title") or ("",))[0])
    names = [value for key in SITE_NAMES for value in meta.get(key, ())[:1] if fold(value) != title]
    if publisher_name:
        names.append(publisher_name)
    if url:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        names.append(host)
        parts = host.split(".")
        if len(parts) >= 2:
            short_suffix = len(parts) >= 3 and len(parts[-2]) <= 3
            names.append(parts[-3] if short_suffix else parts[-2])
            names += [label for label in parts[:-2] if len(label) >= 6]
    return tuple(name.lstrip("@") for name in names if 0 < len(name.split()) <= SITE_NAME_WORDS)


def without_site_name(title: str, site_names: tuple[str, ...], *references: str) -> str:
    """`title` without the site's name (and a section before it) at its end or start.

    `references` are the page's other titles: a tail is also cut where what remains equals one of them.
    """
    known = {fold(name).replace(" ", "") for name in site_names} - {""}
    others = {fold(text) for text in references}
    title = title[: 2 * LENGTH_LIMIT]
    for match in islice(_ANY_SEPARATOR.finditer(title), CUT_LIMIT):
        head, tail = title[: match.start()].strip(), title[match.end() :].strip()
        if fold(head) in others and (len(head.split()) >= 2 or _names_site(fold(tail), known)):
            return head
        if tail and fold(tail) in others and fold(title) not in others and len(head) < len(tail):
            return tail
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or len(cuts) > CUT_LIMIT:
            return title
        first, last = cuts[0], cuts[-1]
        tail, head = fold(title[last.end() :]), fold(title[: first.start()])
        if tail and _names_site(tail, known) and is_telling(title[: last.start()]):
            title = title[: last.start()].strip()
            # A section before the site's name: "Ferry sails again | Politics | The Harbour Courier".
            if "|" in last[0] and (bars := [cut for cut in cuts[:-1] if "|" in cut[0]]) and len(title[bars[-1].end() :].split()) <= 3:
                title = title[: bars[-1].start()].strip()
        elif head and _names_site(head, known) and is_telling(title[first.end() :]):
            title = title[first.end() :].strip()
        else:
            return title


def fold(text: str) -> str:
    """The words of a text in lower case, one space between them."""
    return _remembered(text) if len(text) <= REMEMBERED_LENGTH else _folded(text)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace("\xad", "")))


# A page's texts are compared again and again.
_remembered = lru_cache(maxsize=2_000)(_folded)


def tidy(text: str) -> str:
    """One line without soft hyphens and invisible marks."""
    text = text[:10_000]
    text = re.sub("[\xad\u200b\u2060\ufeff]", "", clean(text))
    return " ".join(text.split())


def is_telling(text: str) -> bool:
    """Whether a text has two words or more, as the name of a section seldom has."""
    return len(_MEASURE.findall(text)) >= 2


def without_section(title: str, sections: Collection[str]) -> str:
    """`title` without the name of one of the folded `sections` before or behind it."""
    cuts = list(islice(_SEPARATOR.finditer(title), CUT_LIMIT))
    for head, tail in ((title[: cut.start()], title[cut.end() :]) for cut in (*cuts[:1], *cuts[-1:])):
        if fold(tail) in sections and len(head.split()) >= 3:
            return head.strip()
        if fold(head) in sections and len(tail.split()) >= 3:
            return tail.strip()
    return title


def _names_site(words: str, known: set[str]) -> bool:
    """Whether the folded `words` are one of the `known` names, nearly one, or a few around one."""
    text = words.replace(" ", "")
    if text in known:
        return True
    if len(words.split()) <= SITE_NAME_WORDS - 1 and any(len(word) >= 8 and word in known for word in words.split()):
        return True
    return any(
        len(name) >= 4 and len(text) >= 4 and (text.startswith(name) or name.startswith(text) or text.endswith(name))
        and abs(len(text) - len(name)) <= 12
        for name in known
    )  # fmt: skip
