"""Whose names stand on a page."""

from transforms.articles.article import Article
from transforms.articles.pages.authors import is_site
from transforms.articles.pages.page import read_page
from transforms.documents import Document

TEXT = "".join(f"<p>The ferry between the mainland and Port Amity sailed again on day {day}, the operator said.</p>" for day in range(4))


def authors(byline: str) -> tuple[str, ...]:
    markup = f"<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>{byline}{TEXT}</article></body></html>"
    outcome = read_page(Document(id="page", content=b""), markup, publisher=None)
    assert isinstance(outcome, Article)
    return outcome.authors


def test_a_byline_is_read_with_what_stands_around_its_names_left_out() -> None:
    assert authors('<p class="byline">By <a href="/ana">Ana Velk</a><br><span class="date">Monday, March 4, 2024</span></p>') == ("Ana Velk",)


def test_names_in_the_bylines_of_content_systems_are_read() -> None:
    assert authors("<span class='post-author vcard'>Posted by <span class='fn'>Ana Velk</span></span>") == ("Ana Velk",)
    assert authors("<div class='submitted'>Submitted by <span class='username'>Ana Velk</span> on Tue, 03/05/2024 - 09:30</div>") == ("Ana Velk",)


def test_names_in_one_byline_are_told_apart_by_how_they_are_made() -> None:
    assert authors('<div class="byline"><span class="simple">Ana Velk</span> <span class="simple">Jon Doe</span></div>') == ("Ana Velk", "Jon Doe")
    assert authors('<div class="byline"><a class="n">Ana Velk</a><span class="t">The Harbour Courier</span></div>') == ("Ana Velk",)
    assert authors('<div class="byline"><span>Ana</span> <span>Velk</span></div>') == ("Ana Velk",)


def test_a_byline_that_names_more_than_an_authors_box_counts() -> None:
    byline = '<div class="Page-authors">By <span>Ana Velk</span>, <a href="/author/jon-doe">Jon Doe</a> and <span>Mia Roth</span></div>'
    assert authors(byline + '<div><p class="author-name">Jon Doe</p></div>') == ("Ana Velk", "Jon Doe", "Mia Roth")


def test_the_bylines_of_other_articles_further_down_are_not_the_articles() -> None:
    others = "".join(f'<div class="summary"><p class="author-name">By {name}</p></div>' for name in ("Mia Roth", "Jon Doe", "Ana Velk"))
    others = others.replace('class="summary"', 'class="summary author"')
    assert authors('<div class="byline main">Ana Velk</div><p>Ferries</p>' + others) == ("Ana Velk",)
    assert authors("<p><a href='/author/ana-velk'>Ana Velk</a></p>" + others) == ("Ana Velk",)
    marked = '<div class="{}"><span itemprop="author">{}</span></div>'
    assert authors(marked.format("byline", "Ana Velk") + marked.format("summary byline", "Mia Roth") * 2) == ("Ana Velk",)


def test_a_pen_name_of_one_word_counts_where_it_is_marked_or_all_of_the_byline() -> None:
    assert authors('<span class="author vcard">By <a href="/author/zephyr/">Zephyr</a></span>') == ("Zephyr",)
    assert authors('<span class="author vcard">By Zephyr</span>') == ("Zephyr",)
    assert authors('<p class="posted">5 March 2024 by <span class="author vcard"><a class="fn n" href="/7">zephyr9</a></span> in Sea</p>') == ("zephyr9",)
    assert authors('<p class="author">Sea and Coast</p>') == ()
    assert authors('<span class="author vcard">By <a href="/author/admin/">admin</a></span>') == ()


def test_names_are_told_from_the_words_on_links_to_their_pages() -> None:
    assert authors('<p class="byline">By Ana Velk <a rel="author" href="/author/7">More stories by Ana Velk</a></p>') == ("Ana Velk",)
    assert authors('<p class="author">Written by <a href="/ana">Ana Velk</a> in <a href="/sea">Sea</a>. <a href="#c">51 Comments</a></p>') == ("Ana Velk",)
    assert authors('<div class="form-submitted"><p>Thank You Very Much.</p></div>') == ()
    assert authors('<p class="byline">By Ana Velk and Jon\n   Doe March 4, 2024</p>') == ("Ana Velk", "Jon Doe")


def test_a_link_to_an_authors_page_below_the_headline_is_a_byline() -> None:
    assert authors('<div><a href="/autoren/17-ana-velk">Ana Velk</a><div>April 28, 2023</div></div>') == ("Ana Velk",)
    assert authors("<h1>Most read</h1><a href='/author/mia-roth'>Mia Roth</a>") == (), "of another article"
    sentence = "<p>" + "The harbour master said on Tuesday that the ferry would sail again, and " * 3 + "<a href='/profile/9'>Mia Roth</a> agreed.</p>"
    assert authors(sentence) == (), "someone of whom the text speaks"


def test_words_that_say_by_whom_below_the_headline_are_a_byline() -> None:
    assert authors("<div><span>Written by Ana Velk</span></div>") == ("Ana Velk",)
    assert authors("<address>Von <span>Ana Velk</span></address>") == ("Ana Velk",)
    assert authors("<div><span>By the sea</span></div>") == ()


def test_a_byline_below_the_headline_whose_names_stand_in_elements_of_their_own_is_read() -> None:
    assert authors('<div class="x1">By <span class="x2">Ana Velk</span></div>') == ("Ana Velk",)
    assert authors('<div class="meta">Ein Artikel von <strong>Ana Velk</strong> | 05.03.2024</div>') == ("Ana Velk",)
    assert authors('<div class="x1">With <span class="x2">Port Amity</span></div>') == ()


def test_names_behind_the_text_are_its_signature() -> None:
    assert authors(TEXT + "<p>Text: Ana Velk</p>") == ("Ana Velk",)
    assert authors(TEXT + "<p>Quelle: Port Amity</p>") == ()


def test_the_meta_elements_that_share_cards_show_name_the_author() -> None:
    card = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Ana Velk">'
    assert authors(card.format("Written by")) == authors(card.format("Verfasst von")) == ("Ana Velk",)
    assert authors(card.format("Sold at")) == ()


def test_structured_data_that_name_one_of_several_authors_give_way_to_what_names_all() -> None:
    node = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails again", "author": {"name": "Ana Velk"}%s}</script>'
    assert authors(node % ', "creator": ["Ana Velk", "Jon Doe"]') == ("Ana Velk", "Jon Doe")
    assert authors(node % ', "creator": ["Jon Doe"]') == ("Ana Velk",)
    assert authors(node % "" + '<p class="byline">By Ana Velk and Jon Doe</p>') == ("Ana Velk", "Jon Doe")
    assert authors(node % "" + '<p class="byline">By Ana Velk for the readers of Port Amity</p>') == ("Ana Velk",)


def test_the_byline_that_readers_see_counts_more_than_a_meta_element() -> None:
    assert authors('<meta name="author" content="Courier developer"><p class="byline">By Ana Velk</p>') == ("Ana Velk",)
    assert authors('<meta name="author" content="Ana Velk"><p class="byline">The Harbour Courier</p>') == ("Ana Velk",)


def test_a_byline_counts_more_than_the_name_of_an_account() -> None:
    node = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry sails again", "author": {"name": "%s"}}</script>'
    byline = '<p class="byline">By Ana Velk</p>'
    assert authors(node % "ana.velk7" + byline) == ("Ana Velk",)
    assert authors(node % "ana.velk7") == ("ana.velk7",)
    assert authors(node % "Zephyr" + byline) == ("Zephyr",), "may be a pen name"


def test_who_is_quoted_is_no_author() -> None:
    assert authors('<span class="quoteAuthor">Mia Roth</span>') == ()


def test_who_comments_is_no_author() -> None:
    assert authors('<ol class="comments"><li><div class="author">Mia Roth</div></li></ol>') == ()
    comment = '<div class="comment-author" itemprop="author"><span class="author-name" itemprop="name">Mia Roth</span></div>'
    assert authors('<p class="byline">By Ana Velk</p>' + comment) == ("Ana Velk",)


def test_the_site_itself_is_told_from_people() -> None:
    assert is_site("The Harbour Courier", ["Harbour Courier"])
    assert is_site("courier.example", ["courier.example", "courier"])
    assert not is_site("Ana Velk", ["Harbour Courier"])
