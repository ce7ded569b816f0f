"""The same event across sentences and articles."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.annotations.events.clusters import LONGEST_RUN, REACH, Statement, cluster_events, side_key

FIRST = date(2022, 5, 1)


def told(
    number: int, *, actors: str = "KAZ", recipients: str = "TUR", kind: str = "CONSULT", day: int = 10, text: int | None = None,
    status: str = "actual", root: str | None = "04", place: str | None = None,
) -> Statement:
    """A statement; sides are names with spaces between them."""
    return Statement(
        event_id=UUID(int=number), text_id=UUID(int=text or 1000 + number), event_type=kind, status=status,
        day=FIRST + timedelta(days=day), actors=frozenset(actors.split()), recipients=frozenset(recipients.split()),
        cameo_root=root, place_country_code=place,
    )  # fmt: skip


def groups(*statements: Statement) -> set[frozenset[int]]:
    return {frozenset(one.int for one in cluster.event_ids) for cluster in cluster_events(statements)}


def test_two_reports_of_a_meeting_are_one_event_from_either_side() -> None:
    (cluster,) = cluster_events([told(2, day=11, actors="TUR", recipients="KAZ"), told(1)])
    assert cluster.event_ids == (UUID(int=1), UUID(int=2))
    assert cluster.first_day == FIRST + timedelta(days=10)


def test_other_sides_days_types_statuses_codes_and_places_are_other_events() -> None:
    reports = [told(1), told(2, recipients="RUS"), told(3, day=20), told(4, kind="SUPPORT"), told(5, status="future")]
    assert len(groups(*reports)) == 5
    assert len(groups(told(1, kind="ACCUSE"), told(2, kind="ACCUSE", actors="TUR", recipients="KAZ"))) == 2
    assert len(groups(told(1, place="TUR"), told(2, place="KAZ"))) == 2
    assert len(groups(told(1), told(2, root="03"))) == 2


def test_who_names_no_place_goes_with_the_most() -> None:
    reports = [told(1, place="TUR"), told(2, place="KAZ"), told(3, place="TUR"), told(4)]
    assert groups(*reports) == {frozenset({1, 3, 4}), frozenset({2})}


def test_what_did_not_happen_and_what_has_no_sides_is_no_event_of_the_world() -> None:
    assert groups(told(1, status="negated"), told(2, status="historical"), told(3, actors="", recipients="")) == set()


def test_a_sentence_that_names_fewer_sides_goes_with_the_fuller_one_of_its_text_alone() -> None:
    full, short = told(1, text=7), told(2, text=7, recipients="")
    assert groups(full, short, told(3, recipients="")) == {frozenset({1, 2}), frozenset({3})}
    # Two answers are none.
    assert groups(full, short, told(4, text=7, recipients="RUS")) == {frozenset({1}), frozenset({2}), frozenset({4})}


def test_a_war_is_an_event_of_each_day() -> None:
    days = [told(day, kind="ASSAULT", day=day) for day in range(1, LONGEST_RUN + 1)]
    assert len(groups(*days)) == 1
    assert len(groups(*days, told(9, kind="ASSAULT", day=LONGEST_RUN + 1))) == LONGEST_RUN + 1


def test_a_cluster_keeps_its_id_when_more_is_told_of_it() -> None:
    (before,) = cluster_events([told(5)])
    (after,) = cluster_events([told(5), told(1, place="TUR"), told(2, day=11)])
    assert after.event_cluster_id == before.event_cluster_id


def test_the_organs_of_a_state_are_one_side() -> None:
    person = UUID(int=1)
    assert side_key("KAZ", "GOV", person) == side_key("KAZ", "MIL", None) == side_key("KAZ", None, None) == "KAZ"
    assert side_key("KAZ", "OPP", person) == str(person)
    assert side_key("KAZ", "OPP", None) == "KAZ:OPP"
    assert side_key(None, "GOV", None) is None


STATEMENTS = st.lists(
    st.builds(
        told, st.integers(1, 30), actors=st.sampled_from(["KAZ", "TUR", "KAZ RUS", ""]),
        recipients=st.sampled_from(["KAZ", "RUS", "RUS TUR", ""]), kind=st.sampled_from(["CONSULT", "ACCUSE"]),
        day=st.integers(1, 24), text=st.integers(1, 5), root=st.sampled_from(["04", "05", None]),
        place=st.sampled_from(["KAZ", "TUR", None]),
    ),
    max_size=16, unique_by=lambda one: one.event_id,
)  # fmt: skip


@settings(max_examples=100)
@given(STATEMENTS, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_each_statement_is_in_one_cluster(statements: list[Statement], random: Random) -> None:
    clusters = cluster_events(statements)
    shuffled = list(statements)
    random.shuffle(shuffled)
    assert cluster_events(shuffled) == clusters
    assert len({cluster.event_cluster_id for cluster in clusters}) == len(clusters)
    listed = [one for cluster in clusters for one in cluster.event_ids]
    assert sorted(listed) == sorted(one.event_id for one in statements if one.actors or one.recipients)


@settings(max_examples=300)
@given(STATEMENTS, st.integers(1, 24))
def test_a_day_bears_on_the_days_around_it_alone(statements: list[Statement], number: int) -> None:
    """What the warehouse relies on: clusters read from a few days around a day are the whole answer for it."""
    day = FIRST + timedelta(days=number)

    def around(given: list[Statement]) -> set[object]:
        near = {one.event_id for one in given if abs(one.day - day) <= timedelta(days=REACH)}
        return {cluster for cluster in cluster_events(given) if near & set(cluster.event_ids)}

    read = [one for one in statements if abs(one.day - day) <= timedelta(days=2 * REACH + 1)]
    assert around(read) == around(statements)
    # A statement of that day that comes or goes changes no cluster further away.
    without = [one for one in statements if one.day != day]
    assert set(cluster_events(statements)) - around(statements) == set(cluster_events(without)) - around(without)
