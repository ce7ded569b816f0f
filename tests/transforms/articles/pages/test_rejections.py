"""What is no article is refused with its reason; what is one, however short or odd, is not."""

import pytest

from transforms.articles.article import Article, Item, Rejection
from transforms.articles.pages.page import read_page
from transforms.documents import Document

SENTENCE = "The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour."
JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry", "datePublished": "2024-03-05T09:30:00Z", "author": "Ana Velk"%s}</script>'


def outcome_of(title: str, inside: str, *, url: str = "https://courier.example/news/ferry-sails-again", head: str = "") -> Article | Item | Rejection:
    markup = f"<html lang='en'><head><title>{title}</title>{head}</head><body>{inside}</body></html>"
    return read_page(Document(id="x", content=b"", url=url), markup, publisher=None)


def reason_of(*args: str, **options: str) -> str:
    outcome = outcome_of(*args, **options)
    assert isinstance(outcome, Rejection), outcome
    assert outcome.detail
    return outcome.reason


@pytest.mark.parametrize("title", [
    "404", "404 - Not Found", "Page not found | The Harbour Courier", "Seite nicht gefunden", "Página no encontrada - Courier", "Страница не найдена",
    "Access Denied", "Just a moment...", "Error 503", "Oops! Something went wrong", "ページが見つかりません",
])  # fmt: skip
def test_errors_that_answered_200(title: str) -> None:
    text = "<p>We are sorry, but there is nothing at this address any more. Try our search or go to the front page.</p>" * 2
    assert reason_of(title, f"<h1>{title}</h1>{text}") == "error_page"


def test_a_page_that_asks_who_is_there() -> None:
    text = "<p>Please enable JavaScript and cookies to continue. We are checking your browser before you proceed to the site, which takes a moment.</p>"
    assert reason_of("courier.example", text) == "error_page"


def test_a_consent_wall() -> None:
    text = "<div><p>We and our 162 partners store cookies and use personal data with your consent, to show personalised ads and content.</p><p>You can withdraw consent at any time; see our privacy policy and the list of vendors with legitimate interest.</p></div>"
    assert reason_of("The Harbour Courier", text) == "consent_wall"


def test_a_paywall_stub() -> None:
    head = JSON_LD % ', "isAccessibleForFree": false'
    begun = f"<article><h1>Ferry sails again</h1><p>{SENTENCE}</p><p>The quay was full of people who had waited for days with their carts.</p>"
    assert reason_of("Ferry sails again", f"<article><h1>Ferry sails again</h1><p>{SENTENCE}</p></article>", head=head) == "paywall_stub"
    assert reason_of("Ferry sails again", f"{begun}</article>", head=head) == "paywall_stub"
    walled = f"{begun}<p>To continue reading this article, subscribe to the Harbour Courier.</p></article>"
    assert reason_of("Ferry sails again", walled, head=JSON_LD % "") == "paywall_stub"


def test_a_flash_of_a_paid_page_is_whole_where_the_page_counts_no_more_words() -> None:
    head = JSON_LD % f', "isAccessibleForFree": false, "wordCount": {len(SENTENCE.split())}'
    assert isinstance(outcome_of("Ferry sails again", f"<article><h1>Ferry sails again</h1><p>{SENTENCE}</p></article>", head=head), Article)


TEASERS = "".join(
    f"<div class='t'><h3><a href='/news/{number}'>A story of the harbour, number {number}</a></h3><p>It begins like this and goes on, as number {number} does.</p></div>"
    for number in range(20)
)


@pytest.mark.parametrize(("url", "reason"), [
    ("https://courier.example/", "section_page"),
    ("https://courier.example/politics", "section_page"),
    ("https://courier.example/tag/ferry", "tag_page"),
    ("https://courier.example/author/ana-velk/", "tag_page"),
    ("https://courier.example/search?q=ferry", "search_page"),
    ("https://courier.example/?s=ferry", "search_page"),
])  # fmt: skip
def test_lists_of_articles(url: str, reason: str) -> None:
    intro = f"<p>{SENTENCE} All about it, and more than that, on this page of the Harbour Courier.</p>"
    assert reason_of("Ferry", f"<main><h1>Ferry</h1>{intro}{TEASERS}</main>", url=url) == reason


def test_a_set_of_frames() -> None:
    markup = "<html><frameset cols='20%,80%'><frame src='menu.html'><frame src='text.html'></frameset></html>"
    outcome = read_page(Document(id="x", content=b""), markup, publisher=None)
    assert isinstance(outcome, Rejection)
    assert outcome.reason == "frames"


def test_a_flash_of_one_sentence_is_an_article_where_the_page_says_so() -> None:
    page = f"<article><h1>Ferry sails again</h1><p>{SENTENCE}</p></article>"
    assert isinstance(outcome_of("Ferry sails again", page, head=JSON_LD % ""), Article)
    assert reason_of("Ferry sails again", page) == "too_short"


def test_a_video_without_text_is_an_item() -> None:
    head = '<script type="application/ld+json">{"@type": "VideoObject", "name": "Waves", "uploadDate": "2024-03-05"}</script>'
    outcome = outcome_of("Waves close the strait", "<h1>Waves close the strait</h1><video src='a.mp4'></video>", head=head)
    assert isinstance(outcome, Item)
    assert (outcome.item_type, outcome.headline) == ("video", "Waves close the strait")


def test_a_live_blog_is_an_article_and_says_what_it_is() -> None:
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "The storm, hour by hour", "datePublished": "2024-03-05T09:30:00Z"}</script>'
    outcome = outcome_of("The storm", "<article>" + "".join(f"<h3>{hour}:00</h3><p>{SENTENCE} It is {hour} now.</p>" for hour in range(9, 13)) + "</article>", head=head)
    assert isinstance(outcome, Article)
    assert outcome.genre == "live_blog"


@pytest.mark.parametrize(("title", "text"), [
    ("404 villages without power after the storm", SENTENCE),
    ("How cookies follow you, and what your consent is worth", "Cookies tell a site who has been there before. Your consent is asked for, and few read what they consent to. A partner of a partner learns what you bought. The privacy office has counted them."),
    ("Access denied: why the harbour museum stays closed", SENTENCE),
    ("Search for the missing ferry goes on", SENTENCE),
])  # fmt: skip
def test_articles_about_such_things_are_articles(title: str, text: str) -> None:
    page = f"<article><h1>{title}</h1>" + "".join(f"<p>{text} This is paragraph {number} of the report, and it has more to say.</p>" for number in range(14)) + "</article>"
    assert isinstance(outcome_of(title, page), Article)
    assert isinstance(outcome_of(title, page, head=JSON_LD % ""), Article)


def test_short_paragraphs_among_many_links_are_an_article() -> None:
    talk = "".join(f"<p>The pilot answers question {number} of the harbour board with a smile.</p>" for number in range(12))
    outcome = outcome_of("Ferry sails again", f"<main><h1>Ferry sails again</h1><div>{talk}</div>{TEASERS}</main>")
    assert isinstance(outcome, Article), outcome


def test_an_article_whose_elements_are_all_named_like_furniture_is_not_lost() -> None:
    sections = "".join(f'<section class="story-section story-section--ads"><h2>Day {day}</h2><p>{day}: {SENTENCE}</p></section>' for day in range(8))
    outcome = outcome_of("Ferry sails again", f"<h1>Ferry sails again</h1>{sections}")
    assert isinstance(outcome, Article), outcome
    assert outcome.body.count("Day ") == 8
    assert reason_of("Ferry sails again", f'<h1>Ferry sails again</h1><div class="modal consent">{SENTENCE}</div>') == "no_body"
