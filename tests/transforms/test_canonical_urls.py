"""Canonical URLs: one address for one page, however it was linked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.canonical_urls import canonical_url, external_id_in_url
from transforms.publishers import Publisher

STORY = "https://example.com/news/story-1"


@pytest.mark.parametrize("url", [
    "https://example.com/news/story-1",
    "http://example.com/news/story-1",
    "HTTPS://WWW.Example.COM/news/story-1",
    "https://example.com:443/news/story-1/",
    "https://reader:secret@example.com./news/story-1#comments",
    "https://m.example.com/news/story-1",
    "https://amp.example.com/news/story-1",
    "https://www.print.example.com/news/story-1/print",
    "https://example.com/news/story-1/amp/",
    "https://example.com/news/story-1.amp.html",
    "https://example.com/news/story-1?amp=1&outputType=amp",
    "https://example.com/news/./old/../story-1",
    "https://example.com//news/story-1/index.html",
    "https://example.com/news/story-1;jsessionid=9F2C?PHPSESSID=0a",
    "https://example.com/news/story-1?sid=4be1a8c09d22f7e3b1",
    "https://example.com/news/story-1?utm_source=rss&utm_medium=feed&fbclid=Ab1&yclid=2",
    "https://example.com/n%65ws/%73tory%2D1",
    "https://www.google.com/amp/s/amp.example.com/news/story-1.amp",
    "https://example-com.cdn.ampproject.org/c/s/example.com/news/story-1?usqp=mq",
    "https://web.archive.org/web/20220511093000/http://example.com/news/story-1",
    "  https://example.com/news/story-1\n",
])
def test_ways_to_link_one_page_are_one_address(url: str) -> None:
    assert (canonical_url(url) or "").removesuffix("?usqp=mq") == STORY


@pytest.mark.parametrize("other", [
    "https://example.com/news/story-2",
    "https://example.com/News/story-1",
    "https://kk.example.com/news/story-1",
    "https://example.com:8443/news/story-1",
    "https://example.com/news/story-1?page=2",
    "https://example.com/news/story-1?sid=20220511",
    "https://example.com/news%2Fstory-1",
    "https://example.com/#!/news/story-1",
])
def test_another_page_is_another_address(other: str) -> None:
    assert canonical_url(other) not in (None, STORY)


@pytest.mark.parametrize("text", ["", "story-1", "/news/story-1", "ftp://example.com/x", "https://", "https://[bad/x",
                                  "https://exa mple.com/", "https://example.com:port/", "mailto:desk@example.com",
                                  "https://example.com/" + "a" * 5_000])
def test_what_is_no_web_address_has_no_canonical_form(text: str) -> None:
    assert canonical_url(text) is None


def test_international_names_have_one_spelling() -> None:
    assert canonical_url("https://СТРАНА.рф/Новость?я=1") == canonical_url(
        "https://xn--80aa2bkeg.xn--p1ai/%D0%9D%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C?%d1%8f=1")
    assert canonical_url("https://straße.example/") == "https://xn--strae-oqa.example/"


def test_a_registry_s_label_is_not_taken_for_a_site() -> None:
    assert canonical_url("https://m.co.uk/x") == "https://m.co.uk/x"
    assert canonical_url("https://m.example.co.uk/x") == "https://example.co.uk/x"


def test_a_publisher_says_which_parameters_choose_a_page_and_which_addresses_are_one() -> None:
    publisher = Publisher(code="invented", name="Invented News", hosts=("m.invented.example",),
                          query_parameters_kept=("id",), url_rewrites=((r"/en/english/", "/en/"),))
    assert canonical_url("https://m.invented.example/en/english/read?id=7&ref=home&x=1", publisher) == (
        "https://m.invented.example/en/read?id=7")


def test_the_id_in_an_address_is_the_first_group_of_the_publisher_s_pattern() -> None:
    publisher = Publisher(code="invented", name="Invented News", external_id_pattern=r"_(a\d+)/?$")
    assert external_id_in_url("https://invented.example/a-visit_a3931606/", publisher) == "a3931606"
    assert external_id_in_url("https://invented.example/about", publisher) is None
    assert external_id_in_url("https://invented.example/a-visit_a3931606/", None) is None


ADDRESSES = st.builds(
    lambda scheme, host, path, query, fragment: f"{scheme}://{host}{path}{query}{fragment}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.com", "www.m.example.com", "amp.example.co.uk", "m.co.uk", "пример.рф", "1.2.3.4",
                     "example.com:80", "[::1]"]),
    st.text("/ab.%2Fé;=?&#+ ~\\|'\"", max_size=24).map(lambda text: "/" + text),
    st.sampled_from(["", "?a=1&b", "?utm_source=x&q=%41", "?amp=1", "?=x&&", "?q=a+b%20c%2B&é=%zz"]),
    st.sampled_from(["", "#x", "#!/x", "#!%"]),
)


@settings(max_examples=300)
@given(ADDRESSES | st.text(max_size=40))
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert canonical.startswith("https://") and canonical.isascii()
