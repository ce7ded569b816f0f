"""Datelines of Chinese, Japanese and Korean wires, where no dash or bracket of the Western kind stands."""

import re
from dataclasses import dataclass, replace
from datetime import date

from transforms.articles.article import Dateline
from transforms.articles.dateline_days import PrintedDay, resolve_day
from transforms.articles.places import Places

_CHINESE_AGENCY = r"(?P<agency>新华社|中新社|中新网|中央社|共同社|法新社|路透社|美联社|新華社|[Cc]GTN)"
_CHINESE = re.compile(
    _CHINESE_AGENCY + r"(?P<place>[\u4e00-\u9fff·/]{2,12}?)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|電|讯|訊)\s*"
    r"(?:[（(][^（）()]{1,40}[）)])?\s*"
)
# 中央社 puts all in brackets, who wrote it with a name of two or three characters before the place.
_TAIWANESE = re.compile(
    r"[（(](?P<agency>中央社)(?:記者[\u4e00-\u9fff]{2,3}?)?(?P<place>[\u4e00-\u9fff]{2,4})(?P<day>\d{1,2})日(?:[\u4e00-\u9fff]{0,8})電[）)]\s*"
)
_JAPANESE = re.compile(
    r"[【（［](?P<place>[\u4e00-\u9fff\u30a0-\u30ffー]{2,12})(?:[＝=・](?P<by>[^】）］]{1,20}))?"
    r"(?:[ \u3000]*[\d０-９]{1,2}日)?[ \u3000]*(?P<agency>共同|時事|AFP(?:＝時事)?|ロイター)?[】］）]\s*(?:[＝=-]\s*)?"
)
_KOREAN = re.compile(r"[(\[](?P<place>[가-힣]{2,8})=(?P<agency>[가-힣A-Za-z0-9]{2,10})[)\]]\s*(?:[가-힣 ]{2,20}(?:기자|특파원)\s*=\s*)?")
_NAMES_OF_AGENCIES = {
    "共同": "Kyodo", "時事": "Jiji", "ロイター": "Reuters", "AFP": "AFP", "AFP＝時事": "AFP",
    "연합뉴스": "Yonhap", "뉴시스": "Newsis", "뉴스1": "News1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    end: int
    place: str | None
    agency: str | None
    day: date | None = None


def read_eastern(head: str, reference_date: date | None, places: Places) -> tuple[Dateline, int] | None:
    """The dateline that `head` begins with and where its text begins, or None."""
    found = _korean(head) or _chinese(head, reference_date) or _japanese(head, places)
    if found is None:
        return None
    names = tuple(re.split(r"[/·]", found.place)) if found.place else ()
    city = places.city(names[0]) if names else None
    region = places.region(names[0]) if names and city is None else None
    line = Dateline(
        text=head[: found.end].strip(" =＝-"), place=names[0] if names else None, places=names, date=found.day, agency=found.agency
    )
    resolved = city or region
    return replace(line, country_code=resolved.country_code) if resolved else line, found.end


def _korean(head: str) -> _Found | None:
    found = _KOREAN.match(head)
    return _Found(found.end(), found["place"], _NAMES_OF_AGENCIES.get(found["agency"], found["agency"])) if found else None


def _chinese(head: str, reference_date: date | None) -> _Found | None:
    found = _CHINESE.match(head) or _TAIWANESE.match(head)
    if not found:
        return None
    month = found.groupdict().get("month")
    if month is None:
        # The day of a month that is not named: the last such day.
        if reference_date is None:
            return _Found(found.end(), found["place"], found["agency"])
        shift = int(found["day"]) > reference_date.day
        month = str((reference_date.month - 2) % 12 + 1 if shift else reference_date.month)
    printed = PrintedDay(0, int(month), int(found["day"]), None)
    return _Found(found.end(), found["place"], found["agency"], resolve_day(printed, reference_date))


def _japanese(head: str, places: Places) -> _Found | None:
    found = _JAPANESE.match(head)
    if not found:
        return None
    place, agency = found["place"], found["agency"] or ""
    for known in _NAMES_OF_AGENCIES:
        if not agency and place.endswith(known):
            agency, place = known, place.removesuffix(known)
    if not agency and not places.city(place):
        return None
    return _Found(found.end(), place, _NAMES_OF_AGENCIES.get(agency) or _NAMES_OF_AGENCIES.get(found["by"] or ""))
