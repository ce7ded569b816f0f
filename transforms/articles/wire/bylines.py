"""Names of people in a byline as printed: "By JANE ROE and John Doe, Associated Press"."""

import re

from transforms.articles.places import title_case

_BY = re.compile(
    r"\A(?:by|von|de|par|por|di|da|door|av|af|yazan|автор|reporting by|written by|story by|texte|text)\s*:?\s+", re.I
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bи\b|\bve\b)\s*", re.I)
_NOT_PEOPLE = re.compile(
    r"\b(?:press|agency|agence|news|reuters|afp|ap|dpa|writer|reporter|editor|correspondent|staff|contributor|bureau|service|union-"
    r"tribune|times|post|herald|journal|tribune|chief|special|business|sports?|network|kazinform|tass|kyodo|efe|ansa|desk|redaction|"
    r"photographer|columnist|analyst|wire|media|online)\b",
    re.I,
)
_IN_PLACE = re.compile(r"\s+(?:in|at|from|à|in der|aus)\s+[A-ZÀ-Þ].*\Z")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,4}\Z")


def authors_of(byline: str | None) -> tuple[str, ...]:
    """The people that a byline names, in order; names in capitals as they are written in text. Agencies, titles and places are left out."""
    if not byline:
        return ()
    text = " ".join(byline.split())
    had_by = bool(_BY.match(text))
    text = _IN_PLACE.sub("", _BY.sub("", text))
    people = []
    for part in _BETWEEN.split(text):
        name = _IN_PLACE.sub("", part.strip(" .|-–—"))
        if name.lower().startswith("the "):
            continue
        if not name or not _NAME.match(name):
            continue
        words = name.split()
        if _NOT_PEOPLE.search(name):
            # "BERNARD CONDON AP Business Writer": the name stands before the title.
            cut = next((at for at, word in enumerate(words) if _NOT_PEOPLE.fullmatch(word)), 0)
            if not had_by or cut < 2:
                continue
            name, words = " ".join(words[:cut]), words[:cut]
        if all(word[:1].isupper() or word[:1] in "dvabe" for word in words):
            people.append(title_case(name))
    return tuple(dict.fromkeys(people))
