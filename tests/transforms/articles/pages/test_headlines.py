"""Headlines without the names of their sites."""

import pytest

from transforms.articles.article import Article
from transforms.articles.pages.page import read_page
from transforms.articles.pages.titles import without_section, without_site_name
from transforms.documents import Document

SITE = ("The Harbour Courier", "courier.example", "courier", "hafenpost")


@pytest.mark.parametrize(("title", "headline"), [
    ("Ferry sails again | The Harbour Courier", "Ferry sails again"),
    ("Ferry sails again - Harbour Courier", "Ferry sails again"),
    ("Ferry sails again | Politics | The Harbour Courier", "Ferry sails again"),
    ("The Harbour Courier: Ferry sails again", "The Harbour Courier: Ferry sails again"),
    ("courier.example | Ferry sails again", "Ferry sails again"),
    ("Ferry sails again - two days late", "Ferry sails again - two days late"),
    ("Ferry sails again - The New Harbour and Bay Courier", "Ferry sails again - The New Harbour and Bay Courier"),
    ("Ferry sails again - Die Neue Courier-Zeitung", "Ferry sails again - Die Neue Courier-Zeitung"),
    ("Ferry sails again - Die Neue Hafenpost", "Ferry sails again"),
    ("渡轮复航：Hafenpost", "渡轮复航"),
    ("Ferry-goers wait", "Ferry-goers wait"),
    ("The Harbour Courier", "The Harbour Courier"),
])  # fmt: skip
def test_the_site_is_cut_off_and_nothing_else(title: str, headline: str) -> None:
    assert without_site_name(title, SITE) == headline


def test_another_title_of_the_page_shows_where_the_headline_ends() -> None:
    assert without_site_name("Ferry sails again - Port news of the week", SITE, "Ferry sails again") == "Ferry sails again"


def test_a_headline_of_one_word_ends_where_the_name_of_its_site_begins() -> None:
    assert without_site_name("Fährbetrieb - The Harbour Courier", SITE, "Fährbetrieb") == "Fährbetrieb"
    assert without_site_name("Politics - Ferry sails again", SITE, "Politics") == "Politics - Ferry sails again"


def test_a_section_glued_to_a_title_is_cut_where_another_title_ends_there() -> None:
    assert without_site_name("Ferry sails again-politics", SITE, "Ferry sails again") == "Ferry sails again"
    assert without_site_name("Ferry sails again-politics", SITE) == "Ferry sails again-politics"


@pytest.mark.parametrize(("title", "headline"), [
    ("Ferry sails again - Politics", "Ferry sails again"),
    ("Middle East : Ferry sails again", "Ferry sails again"),
    ("Ferry sails again: Politics", "Ferry sails again: Politics"),
    ("Politics - at last", "Politics - at last"),
])  # fmt: skip
def test_a_known_section_is_cut_off_where_it_stands_apart(title: str, headline: str) -> None:
    assert without_section(title, {"politics", "middle east"}) == headline


SEARCHED, SEEN, SHARED = "Port Amity ferry: timetable and prices", "Ferry sails again after two days", "They waited two days for this ferry"
TEXT = "".join(f"<p>The ferry between the mainland and Port Amity sailed again on day {day}, the operator said.</p>" for day in range(4))


def headline(*, title: str, body: str, jsonld: str = "", shared: str = "", head: str = "") -> str | None:
    if jsonld:
        head += f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{jsonld}", "author": "Ana Velk"}}</script>'
    if shared:
        head += f'<meta property="og:title" content="{shared}">'
    markup = f"<html><head><title>{title}</title>{head}</head><body><article>{body}{TEXT}</article></body></html>"
    outcome = read_page(Document(id="page", content=b""), markup, publisher=None)
    assert isinstance(outcome, Article)
    return outcome.headline


def test_json_ld_comes_first() -> None:
    assert headline(title=SEARCHED, jsonld=SEEN, shared=SHARED, body=f"<h1>{SEARCHED}</h1>") == SEEN


def test_a_title_made_for_search_engines_gives_way_to_the_one_that_readers_see() -> None:
    assert headline(title=SEARCHED, jsonld=SEARCHED, shared=SEEN, body=f"<h1>{SEEN}</h1>") == SEEN
    assert headline(title=SEARCHED, jsonld=SEARCHED, shared=SHARED, body=f"<h1>{SEEN}</h1>") == SEEN
    assert headline(title=SEARCHED, shared=SEARCHED, body=f'<h1 itemprop="headline">{SEEN}</h1>') == SEEN
    assert headline(title=SEARCHED, jsonld=SEARCHED, shared=SEARCHED, body=f"<h1>{SEEN}</h1>") == SEARCHED


def test_a_title_made_for_sharing_gives_way_to_the_one_that_readers_see() -> None:
    assert headline(title=SHARED, shared=SHARED, body="<h1>This ferry sails again after two days</h1>") == "This ferry sails again after two days"
    assert headline(title=SEARCHED, shared=SHARED, body=f"<h1>{SEEN} without a ferry</h1>") == f"{SEEN} without a ferry"
    assert headline(title=SEEN, shared=SHARED, body=f"<h1>{SEEN}</h1>") == SHARED, "the h1 is made for search engines"
    assert headline(title=SHARED, shared=SHARED, body=f"<h1>Port Amity {SHARED}</h1>") == SHARED, "behind a kicker"
    assert headline(title=SHARED, shared=SHARED, body="<h1>Navigation and services of the Courier</h1>") == SHARED, "of something else"
    assert headline(title=SHARED, jsonld=SHARED, shared=SHARED, body=f"<h1>{SEEN} without a ferry</h1>") == SHARED


def test_under_breadcrumbs_that_end_in_the_h1_the_headline_is_an_h2() -> None:
    crumbs = f"<ol><li><a href='/'>Home</a></li><li><h1>{SEARCHED}</h1></li></ol>"
    given = {"title": SEARCHED, "jsonld": SEARCHED, "shared": SEEN}
    assert headline(**given, body=f"{crumbs}<h2>{SEEN}</h2>") == SEEN
    assert headline(**given, body=f"{crumbs}<h2><span>Ferries</span> <span>{SEEN}</span></h2>") == SEEN
    assert headline(**given, body=f"{crumbs}<h2><a href='/next'>{SEEN}</a></h2>") == SEARCHED, "a teaser"
    assert headline(**given, body=crumbs) == SEARCHED


def test_a_heading_that_names_the_site_or_a_section_is_no_headline() -> None:
    assert headline(title=SEEN, body="<h1>Courier</h1>") == SEEN
    assert headline(title="Ferry sails", body="<h1>Ferry sails</h1>") == "Ferry sails"


def test_where_the_site_or_a_section_is_the_h1_the_headline_is_the_h2_that_is_in_the_title() -> None:
    linked, section = f"<h2><a href='/ferry'>{SEEN}</a></h2>", "<h1>Notes from the quay</h1>"
    assert headline(title=f"{SEEN} | Notes from the quay", body=f"{section}{linked}<h2>Comments</h2>") == SEEN
    assert headline(title=f"Notes from the quay » Archive » {SEEN}", body=f"{section}<h2>Archive</h2>{linked}") == SEEN
    assert headline(title=f"{SEEN} | Notes from the quay", body=f"{section}<h1>{SEEN}</h1>") == SEEN
    assert headline(title="Timetables", body=f"<h1>{SEEN}</h1><h2>Timetables</h2>") == SEEN, "a section"


def test_where_teasers_are_marked_as_headlines_too_the_one_in_the_title_counts() -> None:
    marked = [f'<h3 itemprop="headline">{text}</h3>' for text in ("Rain until Monday", SEEN, "Two new cranes")]
    assert headline(title=f"{SEEN} | Notes from the quay", body="".join(marked)) == SEEN
    assert headline(title=SHARED, body=f"<h1>{SEEN}</h1>{marked[0]}{marked[2]}") == SEEN


def test_a_title_that_is_cut_off_gives_way_to_the_whole_one() -> None:
    assert headline(title=SEARCHED, jsonld="Ferry sails again after ...", body=f"<h1>{SEEN}</h1>") == SEEN
    quoted = 'Minister calls the ferry "indispensable"'
    assert headline(title=quoted, shared="Minister calls the ferry ", body="") == quoted
    long = f"{SEEN} in harbour, and the operator, who had promised a third ship for the spring, says nothing of money"
    assert headline(title=long, jsonld=long[:-9], body=f"<h1>{long}</h1>") == long
    assert headline(title=SHARED, jsonld=SEEN, shared=f"{SEEN} in harbour", body=f"<h1>{SEEN} in harbour</h1>") == SEEN, "a shorter one may be meant"


def test_an_application_named_like_the_article_is_no_site() -> None:
    long = "Ferry sails again after two days in harbour"
    assert headline(title=long, body="", head=f'<meta name="application-name" content="{long}">') == long
    assert headline(title=SEEN, shared=SEEN, body=f"<h1>{SEEN}</h1>", head=f'<meta name="application-name" content="{SEEN}">') == SEEN
