"""Pages that are made to break parsers: bounded, and never silently empty."""

import time

from transforms.articles.pages.markup import (
    MARKUP_LIMIT,
    PARSED_ELEMENT_LIMIT,
    first_elements,
    flatten,
    parse_markup,
)


def text_of(markup: str) -> str:
    root = parse_markup(markup).root
    return "" if root is None else "".join(root.itertext())


def test_two_hundred_thousand_nested_elements_keep_their_text() -> None:
    deep = "<html><body>" + "<div>" * 200_000 + "<p>Down here.</p>" + "</div>" * 200_000 + "<p>Up here.</p>"
    started = time.process_time()
    tree = parse_markup(deep)
    assert time.process_time() - started < 5
    assert tree.warnings == ("nesting_flattened",)
    assert tree.root is not None
    assert "Down here." in "".join(tree.root.itertext())
    assert "Up here." in "".join(tree.root.itertext())


def test_two_hundred_thousand_attributes_do_not_take_a_minute() -> None:
    flood = "<div " + " ".join(f'a{number}="1"' for number in range(200_000)) + "><p>The text.</p></div>"
    bare = "<div " + " ".join(f"a{number}" for number in range(200_000)) + "><p>The text.</p></div>"
    started = time.process_time()
    for markup in (flood, bare):
        tree = parse_markup(f"<html><body>{markup}</body></html>")
        assert tree.warnings == ("attributes_dropped",)
        assert tree.root is not None
        assert "The text." in "".join(tree.root.itertext())
    assert time.process_time() - started < 5


def test_a_stray_quotation_mark_in_a_tag_does_not_swallow_the_page() -> None:
    markup = '<body><h1 class="a" "tabindex="0">Ferry</h1>' + "<p class='b' id='c'>It sails.</p>" * 5_000 + "</body>"
    tree = parse_markup(markup)
    assert tree.warnings == ()
    assert tree.root is not None
    assert sum(1 for _ in tree.root.iter("p")) == 5_000


def test_long_scripts_and_values_are_no_attribute_floods() -> None:
    script = "<script>var a = '<div' + " + "'x=\"1\" ' + " * 9_000 + "'>';</script>"
    value = '<div data-state="' + "{&quot;a&quot;: 1}, " * 5_000 + '"><p>The text.</p></div>'
    tree = parse_markup(f"<html><body>{script}{value}</body></html>")
    assert tree.warnings == ()
    assert tree.root is not None
    assert "The text." in "".join(tree.root.itertext())


def test_a_page_of_megabytes_of_script_is_read_behind_it() -> None:
    markup = "<html><body><script>" + "x = 1;" * (MARKUP_LIMIT // 5) + "</script><p>Behind the script.</p></body></html>"
    tree = parse_markup(markup)
    assert tree.warnings == ()
    assert tree.root is not None
    assert "Behind the script." in "".join(tree.root.itertext())


def test_a_page_too_long_is_cut_and_says_so() -> None:
    tree = parse_markup("<html><body>" + "<p>Again and again.</p>" * (MARKUP_LIMIT // 20))
    assert "page_truncated" in tree.warnings


def test_a_page_of_too_many_elements_is_cut_and_says_so() -> None:
    tree = parse_markup("<html><body><p>" + "a<br>" * (PARSED_ELEMENT_LIMIT + 1) + "</p><p>Far behind.</p>")
    assert tree.warnings == ("page_truncated",)
    assert tree.root is not None
    assert sum(1 for _ in tree.root.iter("br")) == PARSED_ELEMENT_LIMIT - 3
    assert "Far behind." not in "".join(tree.root.itertext())


def test_as_many_elements_as_asked_for() -> None:
    markup = "<p>one</p> 1 < 2 <p>two</p></div><p>three</p>"
    assert first_elements(markup, 2) == "<p>one</p> 1 < 2 <p>two</p></div>"
    assert first_elements(markup, 3) == markup


def test_controls_and_lone_surrogates_do_not_stop_the_parser() -> None:
    assert "before\nafter" in text_of("<p>be\x00fo\x08re\nafter \ud800</p>")


def test_flattening_leaves_shallow_markup_alone() -> None:
    markup = '<div class="a"><p>One<br>two <img src="x"> three</p></div></section><p>four'
    assert flatten(markup) == markup
