"""The day of an event: the one that its text gives, else that of publication; and found without reading all."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from tests.bench.generate_warehouse import generate
from transforms.annotations.annotation import Annotations, Event, Participant
from warehouse.core.annotations import VersionAnnotations, load_annotations

MORNING = datetime(2024, 5, 2, 8, 0, tzinfo=UTC)
LATE = datetime(2024, 5, 1, 23, 30, tzinfo=UTC)
BODY = "Orlu met Brask in Harbour City. They agreed on nothing else of note in their talks, aides of both sides said."


def meeting(on: date | None) -> Event:
    return Event(
        sentence=0, start=0, end=31, trigger_start=5 if on else 6, trigger_end=8, event_type="CONSULT", quad_class=1, coder="frames",
        event_date=on, date_precision="day" if on else None, actors=(Participant(text="Orlu", country_code="KEN"),),
    )


def annotate(connection: Connection, version_id: UUID) -> int:
    """Two meetings, one of them dated by the text; how many rows of events changed."""
    found = Annotations(text_id="1", events=(meeting(date(2024, 4, 30)), meeting(None)))
    given = [VersionAnnotations(article_version_id=version_id, annotations=found)]
    changes = load_annotations(connection, given, annotator_version="1").events
    return changes.new_count + changes.changed_count


def days(connection: Connection) -> list[date]:
    return list(connection.scalars(text("SELECT day FROM mart.events ORDER BY event_date")))


def test_it_is_the_one_that_the_text_gives_else_that_of_publication_and_follows_both(
    every_engine: Engine, load_article: Callable[..., UUID]
) -> None:
    with every_engine.begin() as connection:
        version_id = load_article(connection, BODY, external_id="1", captured_at=MORNING)
        assert annotate(connection, version_id) == 2
        assert days(connection) == [date(2024, 4, 30), date(2024, 5, 2)]
    with every_engine.begin() as connection:
        # A better parser reads another time: the day is right at once, and coding the text again finds nothing to change.
        assert load_article(connection, BODY, external_id="1", captured_at=MORNING, published_at=LATE) == version_id
        assert days(connection) == [date(2024, 4, 30), date(2024, 5, 1)]
        assert annotate(connection, version_id) == 0
    with every_engine.begin() as connection:
        assert load_article(connection, BODY, external_id="1", captured_at=MORNING, published_at=None) == version_id
        assert days(connection) == [date(2024, 4, 30), None]


def test_a_question_for_a_day_reads_the_index_of_days(every_engine: Engine) -> None:
    """It once read all events of all days: four seconds of a million articles."""
    with every_engine.begin() as connection:
        generate(connection, articles=500, entities=200)
        connection.execute(text("ANALYZE"))
        plan = connection.scalars(text("EXPLAIN SELECT actors, event_type FROM mart.events WHERE day = '2024-05-15'")).all()
    assert "events_day_index" in "\n".join(plan)
