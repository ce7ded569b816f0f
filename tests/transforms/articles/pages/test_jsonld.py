"""JSON-LD in the shapes that pages give it."""

import pytest

from transforms.articles.pages.jsonld import article_node, first_text, read_json_ld, texts, with_references

PLAIN = '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry sails again", "datePublished": "2024-03-05"}'


@pytest.mark.parametrize("script", [
    PLAIN,
    f"[{PLAIN}]",
    '{"@graph": [{"@type": "WebPage", "name": "x"}, ' + PLAIN + "]}",
    '{"@type": "WebPage", "mainEntity": ' + PLAIN + "}",
    PLAIN.replace('"NewsArticle"', '["NewsArticle", "Thing"]'),
    PLAIN.replace("NewsArticle", "http://schema.org/ReportageNewsArticle"),
    f"<!-- {PLAIN} -->",
    f"/* <![CDATA[ */ {PLAIN} /* ]]> */",
    PLAIN.replace("}", ",}"),
    PLAIN.replace("Ferry sails again", "Ferry\n\tsails again").replace("\n\t", "\n "),
    PLAIN + ";",
    PLAIN + "\n" + '{"@type": "Organization", "name": "x"}',
    PLAIN.replace('"', "&quot;"),
    PLAIN.replace("sails", r"sa\ils").replace(r"\i", r"\x69"),
])  # fmt: skip
def test_an_article_is_found(script: str) -> None:
    node = article_node(read_json_ld([script]), [])
    assert node is not None
    assert "Ferry" in str(node["headline"])


def test_what_is_past_mending_is_salvaged_pair_by_pair() -> None:
    broken = PLAIN.replace("}", '"author": [{"@type": "Person", "name": "Ana Velk"}] "oops')
    node = article_node(read_json_ld([broken]), [])
    assert node is not None
    assert (node["headline"], node["datePublished"]) == ("Ferry sails again", "2024-03-05")
    assert texts(node["author"], "name") == ("Ana Velk",)


def test_of_several_articles_the_one_that_names_the_page_is_taken() -> None:
    other = '{"@type": "NewsArticle", "headline": "Another", "datePublished": "2024-01-01", "author": "X", "url": "https://a.example/other"}'
    mine = '{"@type": "NewsArticle", "headline": "Mine", "mainEntityOfPage": {"@id": "https://www.a.example/mine/"}}'
    node = article_node(read_json_ld([other, mine]), ["https://a.example/mine?x=1"])
    assert node is not None
    assert node["headline"] == "Mine"


def test_updates_of_a_live_blog_are_not_the_article() -> None:
    script = '{"@type": "LiveBlogPosting", "headline": "All day", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "At nine", "datePublished": "2024-03-05", "author": "X"}]}'
    node = article_node(read_json_ld([script]), [])
    assert node is not None
    assert node["headline"] == "All day"


def test_references_by_id_are_followed() -> None:
    nodes = read_json_ld(['{"@graph": [{"@type": "Article", "author": {"@id": "#a"}}, {"@type": "Person", "@id": "#a", "name": "Ana Velk"}]}'])
    assert texts(with_references(nodes[0]["author"], nodes), "name") == ("Ana Velk",)


def test_entities_and_tags_in_strings_are_resolved() -> None:
    assert first_text("Tom &amp;amp; <b>Eva</b> ") == "Tom & Eva"


@pytest.mark.parametrize("script", ["", "null", "[]", "{", "not json at all", '"text"', "[[[[[[", '{"@type": 7}'])
def test_nothing_comes_of_nothing(script: str) -> None:
    assert article_node(read_json_ld([script]), []) is None
