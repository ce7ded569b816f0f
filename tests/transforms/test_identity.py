"""Ids are derived: the same natural key is the same row on any machine."""

from dataclasses import replace

from transforms.articles.article import Article, Link
from transforms.identity import Identity, derived_id, folded_sha256, identify
from transforms.publishers import Publisher


def test_an_id_is_the_same_today_as_it_was_when_the_first_row_was_written() -> None:
    assert str(derived_id("publisher", "kazinform")) == "6dca6ed3-51be-52cd-b11c-030bbf6ebb2d"


def test_parts_do_not_run_into_each_other() -> None:
    assert derived_id("article", "ab", "c") != derived_id("article", "a", "bc")
    assert derived_id("article", None) != derived_id("article", "")


def article(**fields: object) -> Article:
    return replace(Article(document_id="d", format="plain", body="The dam at Orlu held overnight."), **fields)


KAZ = Publisher(code="kaz", name="Kaz", external_id_pattern=r"_(a\d+)/?$", hosts=("kaz.example",))


def test_the_strongest_key_identifies_an_article() -> None:
    whole = article(external_id=" TX-1 ", url="https://kaz.example/x_a77/", headline="Dam holds")
    assert identify(whole, "kaz", KAZ) == Identity(publisher_code="kaz", kind="external_id", key="TX-1")
    assert identify(replace(whole, external_id=None), "kaz", KAZ).key == "a77"
    assert identify(replace(whole, external_id=None), "kaz").key == "https://kaz.example/x_a77"
    by_text = identify(article(), "kaz")
    assert by_text.kind == "text"
    assert by_text == identify(article(body="THE DAM, at Orlu, held\n\novernight"), "kaz")


def test_titles_never_identify() -> None:
    column = article(headline="Morning briefing", body="Rain in Orlu.")
    other = article(headline="Morning briefing", body="Sun in Tarkest.")
    assert identify(column, "kaz").article_id != identify(other, "kaz").article_id


def test_the_same_id_of_two_publishers_is_two_articles() -> None:
    one = article(external_id="1")
    assert identify(one, "kaz").article_id != identify(one, "zak").article_id


def test_a_guid_that_is_a_link_is_the_page() -> None:
    feed = article(external_id="http://www.kaz.example/x?utm_source=rss")
    page = article(url="https://kaz.example/x")
    assert identify(feed, "kaz").article_id == identify(page, "kaz").article_id


def test_a_kill_is_the_last_version_of_what_it_kills() -> None:
    story = article(external_id="TX-1")
    kill = article(external_id="TX-9", change_hint="kill", pub_status="canceled",
                   links=(Link(relation="kills", external_id="TX-1"),))
    assert identify(kill, "kaz").article_id == identify(story, "kaz").article_id
    many = replace(kill, links=(*kill.links, Link(relation="kills", external_id="TX-2")))
    assert identify(many, "kaz").key == "TX-9"


def test_folded_text_is_the_same_without_case_and_punctuation() -> None:
    assert folded_sha256("Ａ dam—held.") == folded_sha256("a DAM held")
    assert folded_sha256("a dam held") != folded_sha256("a dam helds")
    assert len(folded_sha256("")) == 32
