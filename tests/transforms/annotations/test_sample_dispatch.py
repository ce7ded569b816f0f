"""The dispatch that the project was created from, read with the model and with rules alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from transforms.annotations.annotation import Annotations, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference

DISPATCH = Path(__file__).parents[3] / "seeds" / "dispatches" / "kazinform-2022-05-11-ankara.txt"


@pytest.fixture(params=["full", "rules"])
def reading(request: pytest.FixtureRequest) -> tuple[Text, Annotations]:
    reference: AnnotationReference = request.getfixturevalue(request.param)
    body = DISPATCH.read_text(encoding="utf-8").split("KAZINFORM ", 1)[1].strip()
    text = Text(
        id="sample", body=body, dateline="ANKARA. KAZINFORM", dateline_place="Ankara", agency="KAZINFORM",
        country_code="TUR", language="en", published_at=datetime(2022, 5, 11, tzinfo=UTC),
    )  # fmt: skip
    return text, annotate(text, reference)


def named(annotations: Annotations) -> dict[str, tuple[str, str | None, str | None]]:
    entities = [mention.entity for mention in annotations.mentions if mention.entity and mention.form == "name"]
    return {entity.name: (entity.kind, entity.country_code, entity.office) for entity in entities}


def test_every_entity_of_the_dispatch_is_found(reading: tuple[Text, Annotations]) -> None:
    found = named(reading[1])
    assert found["Kassym-Jomart Tokayev"] == ("person", "KAZ", "President of Kazakhstan")
    assert found["Recep Tayyip Erdoğan"] == ("person", "TUR", "President of Türkiye")
    assert found["Kazakhstan"] == ("country", "KAZ", None)
    assert found["Türkiye"] == ("country", "TUR", None)
    assert found["High-Level Strategic Cooperation Council"][0] == "organization"
    assert "Eurasia" in {mention.entity.name for mention in reading[1].mentions if mention.entity}


def test_no_name_is_taken_for_another(reading: tuple[Text, Annotations]) -> None:
    known = {"Kassym-Jomart Tokayev", "Recep Tayyip Erdoğan", "Kazakhstan", "Türkiye", "Ankara", "Kazinform", "Eurasia", "High-Level Strategic Cooperation Council"}
    assert set(named(reading[1])) == known


def test_the_dateline_is_a_field_of_its_own(reading: tuple[Text, Annotations]) -> None:
    found = {(m.text, m.entity.name, m.entity.country_code) for m in reading[1].mentions if m.field == "dateline" and m.entity}
    assert found == {("ANKARA", "Ankara", "TUR"), ("KAZINFORM", "Kazinform", "KAZ")}


def test_offices_resolve_to_their_holders(reading: tuple[Text, Annotations]) -> None:
    nominals = {mention.text: mention.entity.name for mention in reading[1].mentions if mention.form == "nominal" and mention.entity}
    tokayev, erdogan = "Kassym-Jomart Tokayev", "Recep Tayyip Erdoğan"
    assert nominals == {
        "the Kazakh President": tokayev,
        "The Head of State": tokayev,
        "The President": tokayev,
        "the President of Türkiye": erdogan,
        "the Turkish President": erdogan,
        "the President of Kazakhstan": tokayev,
    }


def test_every_offset_cuts_out_its_surface(reading: tuple[Text, Annotations]) -> None:
    text, annotations = reading
    fields = {"body": text.body, "headline": text.headline, "dateline": text.dateline}
    for mention in annotations.mentions:
        assert (fields[mention.field] or "")[mention.start : mention.end] == mention.text
    for quote in annotations.quotes:
        assert text.body[quote.start : quote.end] == quote.text


def test_the_quote_has_its_speaker_and_no_marks(reading: tuple[Text, Annotations]) -> None:
    (quote,) = [quote for quote in reading[1].quotes if quote.is_direct]
    assert quote.text.startswith("It is a key step to strengthen fraternal ties")
    assert quote.text.endswith("regional and international cooperation,")
    assert quote.verb == "said"
    assert quote.speaker is not None and quote.speaker.entity is not None
    assert quote.speaker.entity.name == "Kassym-Jomart Tokayev"
