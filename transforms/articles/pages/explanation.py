"""How a page was read, for a person: which element gave which field, and why each block was kept or dropped."""

from collections.abc import Iterator

from transforms.articles.article import Article, Rejection
from transforms.articles.pages.page import read_closely
from transforms.documents import Document
from transforms.publishers import Publisher

TEXT_SHOWN = 90


def explain_page(document: Document, markup: str, *, publisher: Publisher | None, use_layouts: bool = True) -> tuple[str, ...]:
    """The lines of the explanation: outcome, fields with their sources, blocks (`+` kept, `-` dropped), cuts."""
    return tuple(_lines(document, markup, publisher, use_layouts))


def _lines(document: Document, markup: str, publisher: Publisher | None, use_layouts: bool) -> Iterator[str]:
    reading = read_closely(document, markup, publisher=publisher, use_layouts=use_layouts)
    outcome = reading.outcome
    if isinstance(outcome, Rejection):
        yield f"rejected: {outcome.reason}: {outcome.detail}"
    elif isinstance(outcome, Article):
        yield f"article: {len(outcome.body)} characters"
        for each in outcome.provenance:
            value = getattr(outcome, each.field, None)
            shown = "" if each.field == "body" else f" {_short(str(value))}"
            yield f"{each.field}:{shown} <- {each.source} {_short(each.detail or '')}"
        for warning in outcome.warnings:
            yield f"warning: {warning}"
    else:
        yield f"item: {outcome.item_type}"
    if reading.metadata is not None:
        for other in reading.metadata.headlines:
            yield f"other headline: {_short(other)}"
    if reading.body is None:
        return
    yield f"body element: {reading.body.reason}"
    for judged in reading.body.judged:
        block = judged.block
        mark = "+" if judged.is_kept else "-"
        why = "" if judged.is_kept else f" ({judged.reason})"
        yield f"{mark} {block.kind} <{block.tag}>{why}: {_short(block.text)}"
    for note in reading.body.dropped:
        if not note.endswith(": 0 characters"):
            yield f"cut before: {note}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TEXT_SHOWN else text[: TEXT_SHOWN - 1] + "…"
