"""The versions of an article: a function of the set of its sightings."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.articles.article import Article
from transforms.articles.versions import Sighting, versions_of, wire_sequence, wire_time

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)


def sighting(content: str, hour: float, *, capture: int = 0, captured: float | None = None, parser: str = "1",
             sequence: int | None = None) -> Sighting:
    """Content `content` at `hour` hours after noon, captured then or `captured` hours after noon."""
    return Sighting(
        capture_id=UUID(int=capture or int(hour * 100) + 1), document_number=1, wire_at=NOON + timedelta(hours=hour),
        captured_at=NOON + timedelta(hours=hour if captured is None else captured),
        readings=((parser, content.encode()),), sequence=sequence,
    )


def contents(*sightings: Sighting) -> str:
    return "".join(span.sighting.content_sha256.decode() for span in versions_of(sightings))


def test_there_and_back_again_is_three_versions() -> None:
    assert contents(sighting("A", 1), sighting("B", 2), sighting("A", 3)) == "ABA"


def test_the_same_content_again_is_the_same_version() -> None:
    first, again = sighting("A", 1), sighting("A", 2)
    (span,) = versions_of([again, first])
    assert (span.sighting, span.last_sighting, span.valid_to) == (first, again, None)


def test_a_late_arrival_splits_the_version_that_it_falls_into() -> None:
    seen = [sighting("A", 1), sighting("A", 3), sighting("B", 2, captured=9)]
    spans = versions_of(seen)
    assert [span.sighting for span in spans] == [seen[0], seen[2], seen[1]]
    assert spans[1].warnings == ("captured_after_its_successor",)


def test_two_captures_of_a_page_without_a_time_of_change_follow_each_other() -> None:
    seen = [replace(sighting("A", 1), capture_id=UUID(int=1)),
            replace(sighting("B", 1, captured=5), capture_id=UUID(int=2))]
    spans = versions_of(seen)
    assert [span.valid_from for span in spans] == [NOON + timedelta(hours=1), NOON + timedelta(hours=5)]


def test_a_kill_is_the_later_of_two_with_one_time() -> None:
    kill = replace(sighting("K", 1), is_kill=True, capture_id=UUID(int=1))
    assert contents(replace(sighting("A", 1, captured=9), capture_id=UUID(int=2)), kill) == "AK"


def test_the_wire_s_numbers_stand_before_its_clock() -> None:
    seen = [sighting("A", 5, sequence=1), sighting("B", 2, sequence=2)]
    spans = versions_of(seen)
    assert contents(*seen) == "AB"
    assert spans[1].warnings == ("clock_backwards",)
    assert spans[0].valid_to == spans[1].valid_from > spans[0].valid_from


def test_a_better_parser_is_no_update() -> None:
    one, two = sighting("A", 1), sighting("A", 2)
    reread = replace(one, readings=(("1", b"A"), ("2", b"better")))
    assert len(versions_of([reread, two])) == 1
    assert len(versions_of([reread, replace(two, readings=(("1", b"A"), ("2", b"better")))])) == 1
    assert len(versions_of([reread, replace(two, readings=(("1", b"A"), ("2", b"other")))])) == 2
    assert len(versions_of([reread, sighting("better", 3, parser="2")])) == 1


def test_wire_time_is_the_last_time_that_can_be_believed() -> None:
    article = Article(document_id="d", format="plain", body="b", published_at=NOON)
    assert wire_time(article, NOON) == (NOON, ())
    later = NOON + timedelta(hours=1)
    assert wire_time(replace(article, modified_at=later), later) == (later, ())
    earlier = replace(article, modified_at=NOON - timedelta(hours=1))
    assert wire_time(earlier, later) == (NOON, ("modified_before_published",))
    assert wire_time(replace(article, published_at=datetime(2050, 1, 1, tzinfo=UTC)), NOON) == (
        NOON, ("clock_ahead",))
    assert wire_time(replace(article, published_at=None), later) == (later, ())


def test_wire_sequence_reads_numbers_only() -> None:
    assert [wire_sequence(text) for text in ("2", "v3", " 007 ", "2022-05-11T09:30:00Z", "", None)] == [
        2, 3, 7, None, None, None]


SIGHTINGS = st.lists(
    st.builds(lambda content, hour, late, sequence: (content, hour, hour + late, sequence), st.sampled_from("ABC"),
              st.integers(0, 4), st.integers(0, 3), st.none() | st.integers(1, 3)),
    min_size=1, max_size=6,
).map(lambda rows: [sighting(content, hour, capture=number + 1, captured=captured, sequence=sequence)
                    for number, (content, hour, captured, sequence) in enumerate(rows)])


@settings(max_examples=120)
@given(SIGHTINGS)
def test_versions_do_not_depend_on_the_order_of_arrival(seen: list[Sighting]) -> None:
    expected = versions_of(seen)
    for order in list(permutations(seen))[:24]:
        assert versions_of(order) == expected


@settings(max_examples=200)
@given(SIGHTINGS)
def test_versions_have_no_gap_no_overlap_and_no_equal_neighbours(seen: list[Sighting]) -> None:
    spans = versions_of(seen)
    assert spans[-1].valid_to is None
    for before, after in pairwise(spans):
        assert before.valid_to == after.valid_from > before.valid_from
        assert before.sighting.content_sha256 != after.sighting.content_sha256
