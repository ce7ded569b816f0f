"""IPTC 7901 and ANPA 1312: text between control characters, as teleprinters took it.

Both open a message with SOH, its text with STX, and close it with ETX and EOT. Sources: IPTC 7901 "The IPTC
recommended message format" (5th revision), ANPA bulletin 1312 "High-speed wire service transmission guidelines".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from transforms.articles.agencies import AGENCY_ZONES
from transforms.articles.article import Article, ChangeHint, Outcome, Precision, Rejection, Subject
from transforms.articles.months import month_number
from transforms.articles.paragraphs import PARAGRAPH_BREAK, fold_spaces, split_paragraphs
from transforms.articles.times import WireTime, century, parse_time, zone_offset
from transforms.articles.wire.bylines import authors_of

# ANPA 1312, table of category codes.
ANPA_CATEGORIES = {
    "a": "domestic, non-Washington, general news", "b": "special events", "c": "feature copy", "d": "food, diet",
    "e": "entertainment and culture", "f": "financial", "g": "state and regional, general", "h": "lifestyle features",
    "i": "international", "j": "lottery numbers", "k": "commentary", "l": "lifestyle", "m": "farm", "n": "state and regional",
    "o": "weather", "p": "national political", "q": "sports scores", "r": "racing results", "s": "sports", "t": "travel",
    "v": "advisories", "w": "Washington-datelined", "x": "special information", "y": "routing codes", "z": "internal",
}  # fmt: skip
# ANPA 1312, priorities, as the urgency (1 highest) that IPTC 7901 gives in digits.
_ANPA_PRIORITIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "a": 6, "s": 6, "h": 6, "w": 6, "x": 8}

# As long as a plain dispatch may be; a transmission holds many messages.
MAX_MESSAGE_CHARACTERS = 1_000_000

_MESSAGE = re.compile(r"\x01(?P<header>[^\x01\x02]{0,1000})\x02(?P<text>[^\x03\x04]*)(?:\x03(?P<after>[^\x01\x04]{0,200}))?", re.S)
# What is left of a message when a file system or a mail has taken its control characters.
_BARE_MESSAGE = re.compile(
    r"(?P<header>\s*[A-Za-z]{2,4}\d{3,5}\s+[1-9]\s+[a-z]{1,3}\s+\d{1,5}\s[^\n]*\n(?:\s*\n)?(?P<slug>[^\n]*/\s*\n)?)"
)
_BARE_TIME = re.compile(r"\n[ \t]*\d{6}[ \t]+[A-Z]{1,5}[ \t]+[^\W\d_]{3,9}\.?[ \t]+\d{2,4}\s*\Z")
_IPTC_HEADER = re.compile(
    r"\s*(?P<source>[A-Za-z]{2,4}?)\s?(?P<number>\d{3,5})\s+(?P<priority>[1-9])\s+(?P<category>[A-Za-z]{1,3})\s+(?P<words>\d{1,5})\s*(?P<rest>[^\n]*)"
)
_ANPA_FIRST = re.compile(r"(?P<service>[A-Za-z])(?P<number>\d{3,4})(?P<source>[A-Za-z]{0,12})")
_ANPA_SECOND = re.compile(
    r"\s*(?P<priority>[a-z])\s*(?P<category>[a-z])(?:[\s\x11-\x14]+|(?=[A-Z]))(?P<keyword>.+?)\s+(?P<first>\d{1,2})-(?P<second>\d{1,2})(?:-(?P<year>\d\d))?\s+(?P<words>\d{1,5})"
)
_IPTC_TIME = re.compile(r"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Z]{1,5})?\s+(?P<month>[^\W\d_]{3,9})\.?\s+(?P<year>\d{2,4})")
_KYODO_TIME = re.compile(r"(?P<hour>\d\d):(?P<minute>\d\d)-(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d\d)")
_ANPA_TIME = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d\d)\s+(?P<hour>\d\d)(?P<minute>\d\d)\s*(?P<zone>[A-Z]{2,4})?"
)
# German summer and winter time, and the zones that RFC 822 does not name.
_MORE_ZONES = {"MESZ": timedelta(hours=2), "MEZ": timedelta(hours=1)}
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Door)\s+\S.{2,120}\Z")
_MARK = re.compile(r"(?:(?:\d(?:ST|ND|RD|TH)\s+)?(?:LEAD|LD|NET|TAKE|ADD|SUB|WRITETHRU|UPDATE|EXTRA|URGENT|ADVISORY|CORRECTION|KILL)\b.*)\Z")
_TYPOGRAPHY = str.maketrans({"\x1f": " ", "\x1e": " ", "\x1d": " ", "\x1c": " ", "\x0e": "", "\x0f": "", "\x7f": "", "\x16": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """What a message says of itself before its text."""

    identifier: str | None = None
    source: str | None = None
    urgency: int | None = None
    category: str | None = None
    slugline: str | None = None


def read_telegrams(document_id: str, text: str, format_name: str, zone: str | None = None) -> Iterator[Outcome]:
    """The messages of an IPTC 7901 (`iptc7901`) or ANPA 1312 (`anpa`) transmission in order."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = False
    for message in _MESSAGE.finditer(text):
        found = True
        yield _read_message(document_id, (message["header"], message["text"], message["after"] or ""), format_name, zone)
    bare = None if found else _BARE_MESSAGE.match(text)
    if bare:
        found = True
        time = _BARE_TIME.search(text, max(bare.end(), len(text) - 100))
        end = time.start() if time else len(text)
        yield _read_message(document_id, (bare["header"], text[bare.end() : end], text[end:]), format_name, zone)
    if not found:
        yield Rejection(
            document_id=document_id,
            format=format_name,
            reason="malformed",
            detail="a message header without the start of its text",
            offset=max(text.find("\x01"), 0),
        )


def _read_message(document_id: str, message: tuple[str, str, str], format_name: str, zone: str | None) -> Outcome:
    """One message: its header, its text, and what stands behind the text."""
    header_text, text, after = message
    if len(text) > MAX_MESSAGE_CHARACTERS:
        detail = f"a message of {len(text)} characters, more than {MAX_MESSAGE_CHARACTERS}"
        return Rejection(document_id=document_id, format=format_name, reason="too_large", detail=detail)
    header = _anpa_header(header_text) if format_name == "anpa" else _iptc_header(header_text)
    when = _time(after, zone, header.source)
    lines, body = _split_head(re.sub(r"[\x11-\x15]", "", text.translate(_TYPOGRAPHY)))
    headline, byline, slugline, notes = _sort_head(lines, header.slugline)
    paragraphs = split_paragraphs(body)
    if not paragraphs:
        return Rejection(document_id=document_id, format=format_name, reason="empty", detail="the message holds no text")
    identifier = header.identifier
    if identifier and when:
        identifier = f"{(header.source or '').lower() or format_name}:{when.at:%Y%m%d}:{identifier}"
    scheme = "anpa" if format_name == "anpa" else "iptc7901"
    subjects = (
        (Subject(scheme=scheme, code=header.category, name=ANPA_CATEGORIES.get(header.category) if scheme == "anpa" else None),)
        if header.category
        else ()
    )
    note = "; ".join(notes) or None
    return Article(
        document_id=document_id,
        format=format_name,
        body=PARAGRAPH_BREAK.join(paragraphs),
        external_id=identifier,
        headline=headline,
        slugline=slugline,
        byline=byline,
        authors=authors_of(byline),
        credit=header.source,
        subjects=subjects,
        urgency=header.urgency,
        ed_note=note,
        change_hint=_change(note),
        published_at=when.at if when else None,
        published_at_source="wire" if when else None,
        published_at_precision=when.precision if when else None,
        published_at_zone=when.zone if when else None,
    )


def _iptc_header(text: str) -> _Header:
    found = _IPTC_HEADER.match(text)
    if not found:
        return _Header(slugline=fold_spaces(text.partition("\n")[2]).strip("/ ") or None)
    sources = [word for word in found["rest"].split() if re.fullmatch(r"[A-Za-z][A-Za-z-]{1,11}", word)]
    return _Header(
        identifier=f"{found['source']}{found['number']}",
        source=sources[-1] if sources else None,
        urgency=int(found["priority"]),
        category=found["category"],
        slugline=fold_spaces(text[found.end() :]).strip("/ ") or None,
    )


def _anpa_header(text: str) -> _Header:
    first_line, _, rest = text.strip("\x16\x7f\n ").partition("\n")
    first = _ANPA_FIRST.match(first_line.strip())
    second = _ANPA_SECOND.match(rest)
    keyword = re.sub(r"[\x00-\x1f]", "", second["keyword"]).strip(" ,<") if second else None
    return _Header(
        identifier=f"{first['service']}{first['number']}" if first else None,
        source=first["source"] or None if first else None,
        urgency=_ANPA_PRIORITIES.get(second["priority"]) if second else None,
        category=second["category"] if second else None,
        slugline=keyword or None,
    )


def _split_head(text: str) -> tuple[list[str], str]:
    """The lines above the text proper: up to a closing `=`, else to a blank or an indented line."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:8]):
        if line.rstrip().endswith("=") and not line.rstrip().endswith("=="):
            head = [*lines[:at], line.rstrip().rstrip("=")]
            return [part for part in map(str.strip, head) if part], "\n".join(lines[at + 1 :])
    head = []
    for at, line in enumerate(lines[:8]):
        is_indented = bool(re.match(r"[ \t]{2,}\S", line))
        if head and (not line.strip() or is_indented):
            return head, "\n".join(lines[at:])
        if line.strip():
            if is_indented or len(line) > 120:
                break
            head.append(line.strip())
    return [], text


def _sort_head(lines: list[str], slugline: str | None) -> tuple[str | None, str | None, str | None, list[str]]:
    """Headline, byline, slugline and marks ("1ST LEAD") of the lines above the text."""
    headline: list[str] = []
    notes: list[str] = []
    byline: str | None = None
    for line in lines:
        text = line.strip(" <+")
        if slugline and text.casefold().startswith(slugline.casefold()) and " " not in text.strip("/"):
            continue
        if re.match(r"(?:BC|AM|PM)-\S+", text) and not headline:
            slugline = slugline or text
        elif _BYLINE.match(text):
            byline = text
        elif (_MARK.match(text) and len(text) <= 60) or re.match(r"Eds?(?:itors)?:", text):
            notes.append(text)
        else:
            headline.append(text)
    return fold_spaces(" ".join(headline)) or None, byline, slugline, notes


def _change(note: str | None) -> ChangeHint | None:
    folded = (note or "").lower()
    if "kill" in folded or "eliminat" in folded:
        return "kill"
    if "correct" in folded:
        return "correction"
    if "advisory" in folded:
        return "advisory"
    return "update" if re.search(r"\b(?:lead|ld|update|writethru|add|sub)\b", folded) else None


def _time(text: str, zone: str | None, source: str | None) -> WireTime | None:
    """The time behind ETX: IPTC 7901's DDHHMM, ANPA's MM-DD-YY HHMM, and the forms that agencies made of them."""
    for pattern in (_IPTC_TIME, _KYODO_TIME, _ANPA_TIME):
        found = pattern.search(text)
        if not found:
            continue
        part = found.groupdict()
        month = int(part["month"]) if part["month"].isdigit() else month_number(part["month"])
        if month is None:
            continue
        year = int(part["year"])
        stamp = f"{year if year > 99 else century(year)}-{month:02d}-{part['day']}T{part['hour']}:{part['minute']}"
        printed = part.get("zone")
        offset = zone_offset(printed) if printed else None
        if offset is None and printed:
            offset = _MORE_ZONES.get(printed)
        if offset is not None:
            local = parse_time(stamp + "Z")
            precision: Precision = "minute"
            return WireTime(at=_minus(local.at, offset), precision=precision) if local else None
        return parse_time(stamp, zone=zone or AGENCY_ZONES.get((source or "").lower()))
    return None


def _minus(at: datetime, offset: timedelta) -> datetime:
    return at - offset
