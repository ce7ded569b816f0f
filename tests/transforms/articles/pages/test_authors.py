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


def test_who_comments_is_no_author() -> None:
    assert authors('<ol class="comments"><li><div class="author">Mia Roth</div></li></ol>') == ()


def test_the_site_itself_is_told_from_people() -> None:
    assert is_site("The Harbour Courier", ["Harbour Courier"])
    assert is_site("courier.example", ["courier.example", "courier"])
    assert not is_site("Ana Velk", ["Harbour Courier"])
