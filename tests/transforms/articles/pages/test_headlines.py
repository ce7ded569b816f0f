"""Headlines without the names of their sites."""

import pytest

from transforms.articles.pages.headlines import without_site_name

SITE = ("The Harbour Courier", "courier.example", "courier")


@pytest.mark.parametrize(("title", "headline"), [
    ("Ferry sails again | The Harbour Courier", "Ferry sails again"),
    ("Ferry sails again - Harbour Courier", "Ferry sails again"),
    ("Ferry sails again | Politics | The Harbour Courier", "Ferry sails again"),
    ("The Harbour Courier: Ferry sails again", "The Harbour Courier: Ferry sails again"),
    ("courier.example | Ferry sails again", "Ferry sails again"),
    ("Ferry sails again - two days late", "Ferry sails again - two days late"),
    ("Ferry-goers wait", "Ferry-goers wait"),
    ("The Harbour Courier", "The Harbour Courier"),
])  # fmt: skip
def test_the_site_is_cut_off_and_nothing_else(title: str, headline: str) -> None:
    assert without_site_name(title, SITE) == headline


def test_another_title_of_the_page_shows_where_the_headline_ends() -> None:
    assert without_site_name("Ferry sails again - Port news of the week", SITE, "Ferry sails again") == "Ferry sails again"
