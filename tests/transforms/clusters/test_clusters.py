"""Clusters are a function of sets: of pairs, times and judgements."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.clusters.clusters import Candidate, Cluster, Judgement, cluster_articles
from transforms.clusters.pairs import OFF, Comparison, Windows
from transforms.identity import derived_id

NOON = datetime(2022, 5, 11, 12, tzinfo=UTC)


def article(number: int, text: int, hours: float = 0, publisher: int = 1, **fields: object) -> Candidate:
    plain = Candidate(article_id=UUID(int=number), article_version_id=UUID(int=number), text_id=UUID(int=text),
                      publisher_id=UUID(int=publisher), published_at=NOON + timedelta(hours=hours))
    return replace(plain, **fields)


def near(similarity: float = 0.9, figures: bool = False) -> Comparison:
    return Comparison(similarity=similarity, left_contained=0, right_contained=0, differs_in_figures=figures,
                      has_like_opening=True)


def pairs(*couples: tuple[int, int]) -> dict[tuple[UUID, UUID], Comparison]:
    return {(UUID(int=low), UUID(int=high)): near() for low, high in couples}


def groups(clusters: Sequence[Cluster]) -> list[list[int]]:
    return sorted([member.candidate.article_id.int for member in cluster.members] for cluster in clusters)


def test_connected_articles_are_a_cluster_named_by_the_least() -> None:
    (cluster,) = cluster_articles([article(3, 30), article(1, 10), article(2, 20), article(4, 40)],
                                  pairs((10, 20), (20, 30)))
    assert [member.candidate.article_id.int for member in cluster.members] == [1, 2, 3]
    assert cluster.cluster_id == derived_id("cluster", UUID(int=1))
    assert [member.relation for member in cluster.members] == ["canonical", "near", "near"]
    assert [member.similarity for member in cluster.members] == [1.0, 0.9, None]


def test_the_window_judges_pairs_and_never_clusters() -> None:
    daily = [article(day, 10, hours=24 * 4 * day) for day in range(1, 5)]
    assert groups(cluster_articles(daily, {})) == [[1, 2, 3, 4]]
    assert groups(cluster_articles([daily[0], daily[2], daily[3]], {})) == [[3, 4]]
    assert groups(cluster_articles([daily[0], daily[3]], {}, windows=OFF)) == [[1, 4]]


def test_the_market_report_of_every_day_is_no_giant() -> None:
    reports = [article(day, day, hours=24 * day) for day in range(1, 60)]
    same_words = {(UUID(int=low), UUID(int=high)): near(0.8, figures=True) for low in range(1, 60) for high in range(low + 1, 60)}
    assert cluster_articles(reports, same_words) == ()
    corrected = article(100, 30, hours=24 * 30 + 2)
    assert groups(cluster_articles([*reports, corrected], same_words)) == [[30, 100]]


def test_the_agency_is_the_origin_and_the_papers_carry_copies() -> None:
    agency = article(5, 10, hours=1, publisher=9, publisher_agency="ORLU NEWS", agency="Orlu News")
    papers = [article(1, 10, publisher=1, agency="Orlu News"), article(2, 10, hours=2, publisher=2, agency="(orlu news)")]
    (cluster,) = cluster_articles([*papers, agency], {})
    assert (cluster.canonical, cluster.origin.article_id, cluster.origin.agency) == (agency, UUID(int=5), "Orlu News")
    assert {member.candidate.article_id.int for member in cluster.members if member.is_wire_copy} == {1, 2}
    (without,) = cluster_articles(papers, {})
    assert without.origin.article_id is None
    assert all(member.is_wire_copy for member in without.members)


def test_without_credit_whoever_was_first_is_the_origin() -> None:
    (cluster,) = cluster_articles([article(1, 10, hours=3, publisher=1), article(2, 10, hours=1, publisher=2)], {})
    assert cluster.origin.article_id == UUID(int=2)
    assert [member.is_wire_copy for member in cluster.members] == [True, False]


def test_a_killed_article_is_canonical_only_among_killed() -> None:
    (cluster,) = cluster_articles([article(1, 10, is_canceled=True), article(2, 10, hours=1)], {})
    assert cluster.canonical.article_id == UUID(int=2)


def test_judgements_stand_above_pairs() -> None:
    articles = [article(number, number) for number in (1, 2, 3, 4)]
    chain = pairs((1, 2), (2, 3))
    split = Judgement(kind="split", left_id=UUID(int=3), right_id=UUID(int=1), made_at=NOON)
    assert groups(cluster_articles(articles, chain, [split])) == [[1, 2]]
    join = Judgement(kind="join", left_id=UUID(int=4), right_id=UUID(int=1), made_at=NOON)
    assert groups(cluster_articles(articles, chain, [join])) == [[1, 2, 3, 4]]
    assert groups(cluster_articles(articles, chain, [split, join])) == [[1, 2, 4]]
    later = replace(split, kind="join", made_at=NOON + timedelta(days=1))
    assert groups(cluster_articles(articles, chain, [later, split])) == [[1, 2, 3]]
    alone = Judgement(kind="split", left_id=UUID(int=2), right_id=None, made_at=NOON)
    assert groups(cluster_articles(articles, chain, [alone])) == []


def test_ten_thousand_copies_are_one_cluster() -> None:
    copies = [article(number, 10 + number % 2, hours=number / 100, publisher=number) for number in range(1, 10_001)]
    (cluster,) = cluster_articles(copies, pairs((10, 11)))
    assert len(cluster.members) == 10_000


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Candidate], dict[tuple[UUID, UUID], Comparison], list[Judgement]]:
    count = draw(st.integers(2, 9))
    articles = [article(number, draw(st.integers(1, 6)), hours=draw(st.integers(0, 12)) * 12, publisher=draw(st.integers(1, 3)))
                for number in range(1, count + 1)]
    couples = draw(st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda couple: couple[0] < couple[1])))
    compared = {(UUID(int=low), UUID(int=high)): near(draw(st.sampled_from([0.7, 0.8, 0.9])), draw(st.booleans()))
                for low, high in sorted(couples)}
    judged = draw(st.lists(st.tuples(st.sampled_from(["join", "split"]), st.integers(1, count),
                                     st.none() | st.integers(1, count), st.integers(0, 3)), max_size=3))
    judgements = [Judgement(kind=kind, left_id=UUID(int=left), right_id=UUID(int=right) if right else None,
                            made_at=NOON + timedelta(hours=hour)) for kind, left, right, hour in judged if left != right]
    return articles, compared, judgements


@settings(max_examples=150)
@given(worlds(), st.integers())
def test_no_order_matters(
    world: tuple[list[Candidate], dict[tuple[UUID, UUID], Comparison], list[Judgement]], seed: int
) -> None:
    articles, compared, judgements = world
    expected = cluster_articles(articles, compared, judgements, Windows())
    shuffled = random.Random(seed)
    for things in (articles, judgements):
        shuffled.shuffle(things)
    items = list(compared.items())
    shuffled.shuffle(items)
    assert cluster_articles(articles, dict(items), judgements, Windows()) == expected
    clustered = [member.candidate.article_id for cluster in expected for member in cluster.members]
    assert len(clustered) == len(set(clustered))
    assert all(len(cluster.members) > 1 for cluster in expected)
