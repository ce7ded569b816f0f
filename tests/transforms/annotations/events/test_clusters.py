"""The same event across sentences and articles."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.annotations.annotation import Event, EventPlace, EventStatus, Participant
from transforms.annotations.events.clusters import Report, cluster_events


def told(
    key: str,
    *,
    actor: str | None = "KAZ",
    recipient: str | None = "TUR",
    kind: str = "CONSULT",
    day: int = 10,
    report: str | None = None,
    source: str = "agency",
    status: EventStatus = "actual",
    place: str | None = None,
) -> Report:
    event = Event(
        sentence=0,
        start=0,
        end=10,
        trigger_start=0,
        trigger_end=3,
        event_type=kind,
        cameo_code="040",
        quad_class=1,
        status=status,
        actors=(Participant(text="a", country_code=actor, sector="GOV"),) if actor else (),
        recipients=(Participant(text="b", country_code=recipient, sector="GOV"),) if recipient else (),
        place=EventPlace(text="p", country_code=place) if place else None,
        coder="test",
    )
    return Report(key=key, report=report or key, source=source, published_on=date(2022, 5, day), event=event)


def test_two_reports_of_a_meeting_are_one_event() -> None:
    (cluster,) = cluster_events([told("1"), told("2", day=11, source="other")])
    assert cluster.keys == ("1", "2")
    assert (cluster.report_count, cluster.source_count) == (2, 2)
    assert cluster.first_on == date(2022, 5, 10)


def test_wire_copies_count_once() -> None:
    (cluster,) = cluster_events([told("1", report="story"), told("2", report="story"), told("3")])
    assert cluster.report_count == 2


def test_other_sides_days_types_or_places_are_other_events() -> None:
    reports = [told("1"), told("2", recipient="RUS"), told("3", day=20), told("4", kind="SUPPORT")]
    assert len(cluster_events(reports)) == 4
    assert len(cluster_events([told("1", place="TUR"), told("2", place="KAZ")])) == 2


def test_what_did_not_happen_is_never_joined() -> None:
    assert len(cluster_events([told("1", status="negated"), told("2", status="negated")])) == 2
    assert (
        len(cluster_events([told("1", actor=None, recipient=None), told("2", actor=None, recipient=None)]))
        == 2
    )


REPORTS = st.lists(
    st.builds(
        told,
        st.text("abc", min_size=1, max_size=3),
        actor=st.sampled_from(["KAZ", "TUR", None]),
        recipient=st.sampled_from(["KAZ", "RUS", None]),
        day=st.integers(1, 6),
    ),
    max_size=12,
)


@settings(derandomize=True, max_examples=60)
@given(REPORTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nothing_is_lost(reports: list[Report], random: Random) -> None:
    unique = list({report.key: report for report in reports}.values())
    shuffled = list(unique)
    random.shuffle(shuffled)
    clusters = cluster_events(unique)
    assert clusters == cluster_events(shuffled)
    assert sorted(key for cluster in clusters for key in cluster.keys) == sorted(r.key for r in unique)
