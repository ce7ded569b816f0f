"""A page is built of elements and texts; no text ever becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.brief.markup import el, foreign, is_web_address, link, rendered


class Reader(HTMLParser):
    """Collects what a parser makes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]))


@settings(max_examples=200)
@given(PRINTABLE, PRINTABLE)
def test_whatever_a_text_or_an_attribute_holds_comes_back_as_it_was(text: str, title: str) -> None:
    read = Reader(rendered(el("p", text, title=title)))
    assert read.tags == [("p", {"title": title})]
    assert read.text == text


@settings(max_examples=200)
@given(st.text())
def test_a_page_can_always_be_written_to_a_file(text: str) -> None:
    rendered(el("p", text, title=text)).encode("utf-8")


@pytest.mark.parametrize("name", ["script", "style", "iframe", "SCRIPT", "foreignObject", "form", "a b", "p>", ""])
def test_there_are_elements_that_no_page_has(name: str) -> None:
    with pytest.raises(ValueError, match="no element"):
        el(name)


@pytest.mark.parametrize("key", ["onclick", "onLoad", "style", "srcdoc", "action", "x y", "x=", "x>"])
def test_there_are_attributes_that_no_page_has(key: str) -> None:
    with pytest.raises(ValueError, match="no attribute"):
        el("p", **{key: "x"})


NO_ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "file:///etc/passwd", "//example.org", "/path",
    "http:example.org", "http://", "https:///x", "http:\\\\example.org", "https://user:secret@example.org/", "http://[::1",
    "http://example.org:port/", "https://example.org/\u202egpj.exe", "https://exam\u200bple.org/", "x" * 3000, "",
]  # fmt: skip


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_web_address_is_shown_without_a_link(url: str) -> None:
    assert not is_web_address(url)
    assert rendered(link(url, "text")) == "<span>text</span>"
    with pytest.raises(ValueError, match="no link"):
        el("a", "text", href=url)


def test_a_web_address_is_a_link_that_tells_nothing_of_where_it_came_from() -> None:
    html = rendered(link('https://example.org/a?b=1&c="2"', "text"))
    assert html == (
        '<a href="https://example.org/a?b=1&amp;c=&quot;2&quot;" rel="noopener noreferrer nofollow">text</a>'
    )


def test_foreign_text_is_cut_and_keeps_its_direction_to_itself() -> None:
    assert rendered(foreign("word " * 100, limit=12)) == "<bdi>word word w…</bdi>"
    assert rendered(foreign("مرحبا", language="ar")) == '<bdi lang="ar">مرحبا</bdi>'
    assert rendered(foreign(None)) == "<bdi></bdi>"
