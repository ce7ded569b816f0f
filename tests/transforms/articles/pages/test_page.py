"""A whole page in, one article out."""

from datetime import UTC, datetime

from transforms.articles.article import Article, Rejection
from transforms.articles.pages.page import read_page
from transforms.documents import Document

PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Ferry to Port Amity resumes after storm | The Harbour Courier</title>
<meta property="og:site_name" content="The Harbour Courier">
<meta property="og:title" content="Ferry to Port Amity resumes after storm | The Harbour Courier">
<link rel="canonical" href="https://courier.example/news/ferry-resumes">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
 "headline": "Ferry to Port Amity resumes after storm", "datePublished": "2024-03-05T09:30:00+02:00",
 "dateModified": "2024-03-05T10:00:00+02:00", "author": [{"@type": "Person", "name": "By Ana Velk"}]}</script>
</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Ferry to Port Amity resumes after storm</h1>
<p class="byline">By Ana Velk</p>
<p>The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour, the operator said.</p>
<div class="ad-slot">Advertisement</div>
<p>About four hundred passengers had waited on the quay since Sunday, when waves of six metres closed the strait to all ships.</p>
<h2>What comes next</h2>
<p>The harbour master expects the timetable to be back to normal by Thursday, and asks travellers to <a href="/t">check times</a> before they leave.</p>
<ul><li>Two extra sailings leave on Wednesday at noon.</li><li>Tickets for Sunday stay valid for a week.</li></ul>
<p><a href="/other">READ MORE: Storm leaves three villages without power</a></p>
</article>
<div class="related"><h3>Related</h3><p><a href="/a">A bridge too narrow for the new buses, the council says in a report</a></p></div>
<footer><p>Copyright The Harbour Courier. All rights reserved, in all countries of the world and beyond it.</p></footer>
</body></html>"""


def read(markup: str, url: str | None = "https://courier.example/news/ferry-resumes?utm_source=x") -> Article:
    outcome = read_page(Document(id="page", content=b"", url=url), markup, publisher=None)
    assert isinstance(outcome, Article), outcome
    return outcome


def test_a_page_yields_its_metadata() -> None:
    article = read(PAGE)
    assert article.headline == "Ferry to Port Amity resumes after storm"
    assert article.authors == ("Ana Velk",)
    assert article.published_at == datetime(2024, 3, 5, 7, 30, tzinfo=UTC)
    assert (article.published_at_source, article.published_at_precision, article.published_at_zone) == ("jsonld", "second", None)
    assert article.modified_at == datetime(2024, 3, 5, 8, 0, tzinfo=UTC)
    assert article.canonical_url == "https://courier.example/news/ferry-resumes"
    assert article.language == "en"


def test_the_body_is_paragraphs_headings_and_items_in_order_without_furniture() -> None:
    paragraphs = read(PAGE).body.split("\n\n")
    assert [paragraph.split()[0] for paragraph in paragraphs] == ["The", "About", "What", "The", "Two", "Tickets"]
    assert "check times" in paragraphs[3]


def test_a_page_without_text_is_a_rejection_never_an_empty_article() -> None:
    for markup in ("", "   ", "<html><head><title>x</title></head></html>", "<html><body><nav>Home</nav></body></html>"):
        outcome = read_page(Document(id="empty", content=b""), markup, publisher=None)
        assert isinstance(outcome, Rejection)


def test_a_day_near_the_headline_is_the_day_of_publication_whatever_its_element_is_called() -> None:
    text = "".join(f"<p>The ferry between the mainland and Port Amity sailed again on day {day}, the operator said.</p>" for day in range(4))
    article = read(f"<html lang='zh'><body><div><h1>渡轮恢复航行</h1><div class='info'>2024-03-05 09:30 来源：信使报</div></div><div id='detail'>{text}</div></body></html>", url=None)
    assert article.published_at == datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
    assert article.published_at_source == "text"
