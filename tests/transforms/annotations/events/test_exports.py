"""Events in the columns of POLECAT and GDELT 2."""

from datetime import UTC, date, datetime

from transforms.annotations.annotation import Entity, Event, EventPlace, Participant
from transforms.annotations.events.exports import GDELT_COLUMNS, POLECAT_COLUMNS, Told, to_gdelt, to_polecat

ANKARA = Entity(
    key="g:1",
    name="Ankara",
    kind="city",
    country_code="TUR",
    geonames_id=323786,
    latitude=39.9,
    longitude=32.9,
)
EVENT = Event(
    sentence=0,
    start=0,
    end=80,
    trigger_start=10,
    trigger_end=16,
    event_type="SUPPORT",
    contexts=("diplomatic", "economic"),
    cameo_code="057",
    quad_class=1,
    goldstein=8.0,
    plover_score=5.0,
    event_date=date(2022, 5, 10),
    actors=(Participant(text="Presidents\tof Kazakhstan", country_code="KAZ", sector="GOV"),),
    recipients=(
        Participant(text="Türkiye", country_code="TUR", sector="GOV"),
        Participant(text="reporters", country_code=None, sector="JRN"),
    ),
    place=EventPlace(text="Ankara", country_code="TUR", entity=ANKARA),
    coder="test-1",
)
TOLD = Told(
    event_id="e1",
    publisher="wire",
    url="https://example.org/1",
    published_at=datetime(2022, 5, 11, tzinfo=UTC),
    article_count=3,
)


def test_polecat_row() -> None:
    row = dict(zip(POLECAT_COLUMNS, to_polecat(EVENT, TOLD), strict=True))
    assert len(POLECAT_COLUMNS) == 40
    assert row["Event Date"] == "2022-05-10"
    assert row["Quad Code"] == "VERBAL COOPERATION"
    assert row["Actor Name Raw"] == "Presidents of Kazakhstan"
    assert row["Recipient Name"] == "Türkiye; reporters"
    assert row["Recipient Country"] == "TUR"
    assert (row["City"], row["GeoNames ID"]) == ("Ankara", "323786")


def test_gdelt_row() -> None:
    row = dict(zip(GDELT_COLUMNS, to_gdelt(EVENT, TOLD), strict=True))
    assert len(GDELT_COLUMNS) == 61
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("20220510", "202205", "2022")
    assert (row["Actor1Code"], row["Actor2Code"]) == ("KAZGOV", "TURGOV")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == ("057", "05", "1")
    assert (row["NumArticles"], row["ActionGeo_Type"]) == ("3", "4")
    assert row["Actor1Geo_Lat"] == ""
