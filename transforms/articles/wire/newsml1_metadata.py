"""What a NewsML 1.x component says of itself and what it inherits: lines, parties, codes, status, links.

Format: IPTC NewsML 1.2 (https://iptc.org/std/NewsML/1.2/).
"""

import re
from dataclasses import dataclass

from bs4.element import Tag

from transforms.articles.article import ChangeHint, Dateline, Link, Subject
from transforms.articles.dateline_days import WEEKDAYS
from transforms.articles.months import month_number
from transforms.articles.times import parse_time
from transforms.articles.wire.nitf import NitfBody
from transforms.articles.wire.xml_tree import attribute, child, children, inline_text

_INSTRUCTIONS: dict[str, ChangeHint] = {
    "kill": "kill", "delete": "kill", "correction": "correction", "correct": "correction", "update": "update",
    "rectify": "correction", "advisory": "advisory",
}  # fmt: skip
_SUBJECT_LEVELS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a component inherits from those around it."""

    lines: tuple[Tag, ...] = ()
    administrative: tuple[Tag, ...] = ()
    descriptive: tuple[Tag, ...] = ()
    rights: tuple[Tag, ...] = ()
    language: str | None = None
    component: Tag | None = None


def line_of(known: Known, name: str) -> str | None:
    """A news line, the innermost component's first."""
    return next((text for lines in known.lines for tag in children(lines, name) if (text := inline_text(tag))), None)


def news_line_of(known: Known, kinds: tuple[str, ...]) -> str | None:
    for lines in known.lines:
        for line in children(lines, "NewsLine"):
            kind = (attribute(child(line, "NewsLineType"), "FormalName") or "").lower()
            if kind in kinds:
                return inline_text(child(line, "NewsLineText"))
    return None


def party_of(known: Known, role: str) -> str | None:
    return next(
        (name for meta in known.administrative if (name := attribute(child(meta, role, "Party"), "FormalName"))), None
    )


def described(known: Known, name: str) -> str | None:
    return next((code for meta in known.descriptive for tag in children(meta, name) if (code := attribute(tag, "FormalName"))), None)


def language_of(component: Tag) -> str | None:
    own = attribute(component, "lang")
    if own:
        return own
    for name in ("DescriptiveMetadata", "DescriptiveMetada"):
        for meta in children(component, name):
            if code := attribute(child(meta, "Language"), "FormalName"):
                return code
    return None


def dateline_of(known: Known, nitf: NitfBody) -> Dateline | None:
    text = line_of(known, "DateLine") or nitf.dateline
    places: dict[str, str] = {}
    for meta in known.descriptive:
        for location in children(meta, "Location"):
            if (attribute(location, "HowPresent") or "Origin").lower() != "origin":
                continue
            for prop in children(location, "Property"):
                name, value = attribute(prop, "FormalName"), attribute(prop, "Value")
                if name and value:
                    places.setdefault(name.lower(), value)
    city = places.get("city") or nitf.place
    # "January 21" alone dates the story and says nothing of a place.
    if text and _is_day(text):
        text = None
    if not text and not city:
        return None
    return Dateline(text=text or city or "", place=city or text, country_code=places.get("country"), region=None)


def _is_day(text: str) -> bool:
    first = text.split(maxsplit=1)[0].strip(",.").casefold()
    is_begun = first[:1].isdigit() or first in WEEKDAYS or month_number(first) is not None
    return is_begun and parse_time(text) is not None


def subjects_of(known: Known) -> tuple[Subject, ...]:
    subjects: list[Subject] = []
    for meta in known.descriptive:
        for group in children(meta, "SubjectCode"):
            for level in _SUBJECT_LEVELS:
                for tag in children(group, level):
                    code = attribute(tag, "FormalName")
                    if not code:
                        continue
                    vocabulary = attribute(tag, "Vocabulary") or attribute(tag, "Scheme")
                    is_iptc = bool(re.fullmatch(r"\d{8}", code))
                    scheme = "subj" if is_iptc else (vocabulary or "unknown").rpartition("/")[2]
                    if vocabulary and "mediatopic" in vocabulary.lower():
                        scheme = "medtop"
                    subjects.append(Subject(scheme=scheme, code=code))
        for prop in children(meta, "Property"):
            if attribute(prop, "FormalName") == "Keyword" and (word := attribute(prop, "Value")):
                subjects.append(Subject(scheme="keyword", name=word))
    for lines in known.lines:
        subjects.extend(Subject(scheme="keyword", name=word) for tag in children(lines, "KeywordLine") if (word := inline_text(tag)))
    return tuple(dict.fromkeys(subjects))


def urgency_of(management: Tag | None, envelope: Tag | None) -> int | None:
    for tag in (child(management, "Urgency"), child(management, "Priority"), child(envelope, "Priority")):
        text = attribute(tag, "FormalName") or inline_text(tag)
        if text and re.fullmatch(r"\d", text):
            return int(text)
    return None


def change_of(management: Tag | None) -> ChangeHint | None:
    for tag in children(management, "Instruction"):
        hint = _INSTRUCTIONS.get((attribute(tag, "FormalName") or "").lower())
        if hint:
            return hint
    return None


def links_of(management: Tag | None, item: Tag) -> tuple[Link, ...]:
    links = []
    for name, relation in (("AssociatedWith", "related"), ("DerivedFrom", "original")):
        for tag in children(management, name):
            if other := attribute(tag, "NewsItem"):
                links.append(Link(relation=relation, external_id=other))
    for reference in item.find_all("NewsItemRef"):
        if other := attribute(reference, "NewsItem"):
            links.append(Link(relation="has_member", external_id=other))
    return tuple(dict.fromkeys(links))


def role_of(component: Tag) -> str:
    return (attribute(child(component, "Role"), "FormalName") or "").lower()


def media_type_of(item: Tag) -> str:
    kinds = [(attribute(tag, "FormalName") or "").lower() for tag in item.find_all("MediaType")]
    return next((kind for kind in kinds if kind), "package" if item.find("NewsItemRef") else "news")


def any_duid(item: Tag) -> str | None:
    return next((duid for tag in item.find_all("NewsComponent") if (duid := attribute(tag, "Duid"))), None)


def any_headline(item: Tag) -> str | None:
    return next((text for tag in item.find_all("HeadLine") if (text := inline_text(tag))), None)
