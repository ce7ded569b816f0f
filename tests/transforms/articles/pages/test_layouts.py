"""Publisher layouts: by the day of capture, and never an empty article where one finds nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

from transforms.articles.article import Article
from transforms.articles.pages.layouts import layout_for
from transforms.articles.pages.page import read_page
from transforms.documents import Document
from transforms.publishers import Layout, Publisher

PARAGRAPHS = "".join(f"<p>Paragraph {number} of the text tells something that nobody knew before today.</p>" for number in range(5))
PAGE = f"""<html lang="en"><head><title>Search title</title><meta property="og:title" content="Told title"></head><body>
<h1>Search title</h1><div class="who">At sea: <b>Ana Velk</b></div><div class="when">5 March 2024, 9:30</div>
<div class="box7">{PARAGRAPHS}<div class="promo-x"><p>This paragraph advertises the weekend edition of the paper.</p></div></div></body></html>"""
OLD = Layout(valid_until=date(2024, 1, 1), selectors=(("headline", ("h1",)),))
NEW = Layout(
    valid_from=date(2024, 1, 1),
    selectors=(("headline", ("meta[property='og:title']",)), ("authors", (".nobody", ".who b")), ("published_at", (".when",)), ("body", (".box7",))),
    remove=(".promo-x",),
)
COURIER = Publisher(code="courier", name="The Harbour Courier", hosts=("courier.example",), time_zone="Europe/Lisbon", layouts=(OLD, NEW))


def read(publisher: Publisher, *, use_layouts: bool = True) -> Article:
    document = Document(id="x", content=b"", url="https://courier.example/a/1", fetched_at=datetime(2024, 3, 6, tzinfo=UTC))
    outcome = read_page(document, PAGE, publisher=publisher, use_layouts=use_layouts)
    assert isinstance(outcome, Article), outcome
    return outcome


def test_the_layout_of_the_day_is_chosen() -> None:
    assert layout_for(COURIER, datetime(2023, 6, 1, tzinfo=UTC)) is OLD
    assert layout_for(COURIER, datetime(2024, 1, 1, tzinfo=UTC)) is NEW
    assert layout_for(COURIER, None) is NEW
    assert layout_for(replace(COURIER, layouts=(OLD,)), datetime(2025, 1, 1, tzinfo=UTC)) is None


def test_its_fields_win_and_say_so() -> None:
    article = read(COURIER)
    assert article.headline == "Told title"
    assert article.authors == ("Ana Velk",)
    assert article.published_at == datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
    assert (article.published_at_source, article.published_at_zone) == ("layout", "Europe/Lisbon")
    assert article.body.count("\n\n") == 4
    assert "weekend edition" not in article.body
    assert {each.field for each in article.provenance if each.source == "layout"} == {"headline", "authors", "published_at", "body"}


def test_without_layouts_the_general_rules_read_the_page() -> None:
    article = read(COURIER, use_layouts=False)
    assert (article.headline, article.authors) == ("Told title", ())
    assert "Paragraph 0" in article.body


def test_a_layout_that_finds_nothing_warns_and_the_general_rules_stand_in() -> None:
    lost = Layout(selectors=(("headline", (".gone",)), ("body", (".gone",))))
    article = read(replace(COURIER, layouts=(lost,)))
    assert "Paragraph 4" in article.body
    assert set(article.warnings) >= {"layout_missed:headline", "layout_missed:body"}
