"""What a person reads who asks why."""

from transforms.articles.pages.explanation import explain_page
from transforms.documents import Document

PAGE = """<html><head><title>Ferry sails again | The Courier</title><meta property="article:published_time" content="2024-03-05T09:30:00Z"></head><body><article><h1>Ferry sails again</h1>
<p>The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour.</p>
<p>Advertisement</p><p>About four hundred passengers had waited on the quay since Sunday, when waves closed the strait to all ships.</p></article></body></html>"""


def test_every_field_names_its_source_and_every_block_its_reason() -> None:
    lines = explain_page(Document(id="x", content=b"", url="https://courier.example/a"), PAGE, publisher=None)
    assert any(line.startswith("headline: Ferry sails again <- h1") for line in lines)
    assert any(line.startswith("published_at: 2024-03-05") and "opengraph" in line for line in lines)
    assert "- paragraph <p> (wording of the page, not of the article): Advertisement" in lines
    assert sum(line.startswith("+ ") for line in lines) == 2


def test_a_refusal_is_explained_too() -> None:
    lines = explain_page(Document(id="x", content=b""), "<html><head><title>404</title></head><body><p>Nothing here.</p></body></html>", publisher=None)
    assert lines[0].startswith("rejected: error_page")
