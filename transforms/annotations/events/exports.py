"""Coded events in the columns of POLECAT and of GDELT 2, for those who have code for these.

Column orders: POLECAT's yearly tab-separated files on Dataverse (40 columns); "The GDELT Event Database Data Format
Codebook V2.0" (61 columns). What Dateline does not know stays empty; an article's own counts take the place of
GDELT's frozen ones. GDELT codes actors by CAMEO: a country code, then the sector where it is one of CAMEO's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from transforms.annotations.annotation import Event, Participant

POLECAT_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
GDELT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{name}" for side in (1, 2) for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code")),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in (
        "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
QUAD_NAMES = {
    1: "VERBAL COOPERATION",
    2: "MATERIAL COOPERATION",
    3: "VERBAL CONFLICT",
    4: "MATERIAL CONFLICT",
}
# PLOVER's sectors under CAMEO's names; MED is media in CAMEO, medicine in PLOVER.
CAMEO_SECTORS = {"JRN": "MED", "MED": "HLH", "PTY": "OPP", "PRM": "MIL", "SOC": "NGO", "ISM": "NGM"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Where an event was told, and how often its cluster was: what an export needs besides the event."""

    event_id: str
    publisher: str
    url: str | None = None
    published_at: datetime | None = None
    captured_at: datetime | None = None
    language: str | None = None
    mention_count: int = 1
    source_count: int = 1
    article_count: int = 1
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()


def to_polecat(event: Event, told: Told) -> tuple[str, ...]:
    """One row in POLECAT_COLUMNS. Several sides are joined by "; "."""
    day = event.event_date or (told.published_at.date() if told.published_at else None)
    place = event.place
    entity = place.entity if place else None
    row: dict[str, object] = {
        "Event ID": told.event_id,
        "Event Date": day,
        "Event Type": event.event_type,
        "Event Mode": "; ".join(event.modes),
        "Intensity": event.plover_score,
        "Quad Code": QUAD_NAMES[event.quad_class],
        "Contexts": "; ".join(event.contexts),
        "Placename": entity.name if entity else place.text if place else None,
        "City": entity.name if entity and entity.kind == "city" else None,
        "Province": entity.name if entity and entity.kind == "region" else None,
        "Country": place.country_code if place else None,
        "Latitude": entity.latitude if entity else None,
        "Longitude": entity.longitude if entity else None,
        "GeoNames ID": entity.geonames_id if entity else None,
        "Raw Placename": place.text if place else None,
        "Source": told.publisher,
        "Publication Date": told.published_at.date() if told.published_at else None,
        "Story People": "; ".join(told.people),
        "Story Organizations": "; ".join(told.organizations),
        "Story Locations": "; ".join(told.locations),
        "Language": told.language,
        "Version": event.coder,
    }
    for side, participants in (("Actor", event.actors), ("Recipient", event.recipients)):
        row |= polecat_side(side, participants)
    return tuple(cell(row.get(column)) for column in POLECAT_COLUMNS)


def polecat_side(side: str, participants: Sequence[Participant]) -> dict[str, object]:
    def joined(values: Sequence[str | None]) -> str:
        return "; ".join(dict.fromkeys(value for value in values if value))

    sectors = [participant.sector for participant in participants]
    return {
        f"{side} Name": joined([p.entity.name if p.entity else p.text for p in participants]),
        f"{side} Country": joined([p.country_code for p in participants]),
        f"Primary {side} Sector": next((sector for sector in sectors if sector), None),
        f"{side} Sectors": joined(sectors),
        f"{side} Title": joined([p.entity.office if p.entity else None for p in participants]),
        f"{side} Name Raw": joined([p.text for p in participants]),
        f"Wikipedia {side} ID": joined([p.entity.wikidata_id if p.entity else None for p in participants]),
    }


def to_gdelt(event: Event, told: Told) -> tuple[str, ...]:
    """One row in GDELT_COLUMNS; the first participant of each side is Actor1 and Actor2, as GDELT has pairs."""
    day = event.event_date or (told.published_at.date() if told.published_at else None)
    code = event.cameo_code or ""
    row: dict[str, object] = {
        "GLOBALEVENTID": told.event_id,
        "IsRootEvent": int(event.sentence == 0),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": event.quad_class,
        "GoldsteinScale": event.goldstein,
        "NumMentions": told.mention_count,
        "NumSources": told.source_count,
        "NumArticles": told.article_count,
        "DATEADDED": told.captured_at.strftime("%Y%m%d%H%M%S") if told.captured_at else None,
        "SOURCEURL": told.url,
    }
    if day is not None:
        row |= gdelt_date(day)
    for number, participants in ((1, event.actors), (2, event.recipients)):
        if participants:
            row |= gdelt_actor(number, participants[0])
    if event.place is not None:
        row |= gdelt_place(event)
    return tuple(cell(row.get(column)) for column in GDELT_COLUMNS)


def gdelt_date(day: date) -> Mapping[str, object]:
    return {
        "SQLDATE": day.strftime("%Y%m%d"),
        "MonthYear": day.strftime("%Y%m"),
        "Year": day.year,
        # GDELT's own rule: months of thirty days, 365 to the year
        "FractionDate": f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
    }


def gdelt_actor(number: int, participant: Participant) -> Mapping[str, object]:
    sector = participant.sector and CAMEO_SECTORS.get(participant.sector, participant.sector)
    return {
        f"Actor{number}Code": (participant.country_code or "") + (sector or "") or None,
        f"Actor{number}Name": (participant.entity.name if participant.entity else participant.text).upper(),
        f"Actor{number}CountryCode": participant.country_code,
        f"Actor{number}Type1Code": sector,
    }


def gdelt_place(event: Event) -> Mapping[str, object]:
    place = event.place
    assert place is not None
    entity = place.entity
    kind = {"country": 1, "region": 5, "city": 4}.get(entity.kind if entity else "", 0)
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": entity.name if entity else place.text,
        "ActionGeo_Lat": entity.latitude if entity else None,
        "ActionGeo_Long": entity.longitude if entity else None,
        "ActionGeo_FeatureID": entity.geonames_id if entity else None,
    }


def cell(value: object) -> str:
    """A value as one tab-separated cell: no tabs, no line ends."""
    if value is None:
        return ""
    return " ".join(str(value).split())
