"""Which blocks of a candidate are the body: each is kept or dropped, and each has its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.articles.months import months_of
from transforms.articles.pages.blocks import Block
from transforms.articles.pages.date_lines import AROUND_DATES, is_date_line
from transforms.articles.pages.furniture import (
    class_verdict,
    is_cut_off_text,
    is_furniture_text,
    is_label,
    is_wall_text,
)
from transforms.articles.pages.headlines import fold

CUT_OFF = "says that the rest is for subscribers"
_SENTENCE_END = re.compile(r"[.!?…。！？»”\"'’)\]:;،؟۔।]\s*$")


_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A block, whether it is kept, and why."""

    block: Block
    is_kept: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of the page when its blocks are judged."""

    headline: str | None = None
    headlines: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    byline: str | None = None
    description: str | None = None


def judge_blocks(blocks: Sequence[Block], context: Context) -> tuple[Judged, ...]:
    """Judge every block of a candidate, in order."""
    headlines = {fold(text) for text in (context.headline, *context.headlines) if text} - {""}
    seen: set[str] = set()
    judged: list[Judged] = []
    for block in blocks:
        folded = fold(block.text)
        reason = _why_not(block, folded, headlines, context)
        if reason is None and len(folded) > 40 and block.kind not in ("item", "row") and not block.is_lead:
            if folded in seen:
                reason = "repeats an earlier block"
            seen.add(folded)
        judged.append(Judged(block=block, is_kept=reason is None, reason=reason or "text"))
    judged = _drop_repeated_leads(judged)
    judged = _drop_link_runs(judged)
    judged = _drop_walls(judged)
    judged = _drop_behind_body(judged)
    judged = _drop_empty_headings(judged)
    judged = _trim_ends(judged)
    return tuple(judged)


def _why_not(block: Block, folded: str, headlines: set[str], context: Context) -> str | None:
    if not folded:
        return "no word"
    if folded in headlines and (block.kind == "heading" or len(folded) > 20):
        return "the headline"
    if block.tag == "h1":
        return "a page heading"
    if is_furniture_text(block.text):
        return "wording of the page, not of the article"
    if is_cut_off_text(block.text):
        return CUT_OFF
    if block.is_lead:
        # Its element may be named like anything; what it says still counts.
        is_label_line = len(block.text) < 110 and (is_date_line(block.text) or _is_byline(folded, context))
        return "a byline or date" if is_label_line else None
    if any(_is_embed(name) for name in block.names[:3]):
        return "an embedded post"
    own = block.own_name
    is_sentence = _SENTENCE_END.search(block.text) is not None
    if own and len(block.text) < 300:
        if class_verdict(own) == "strong":
            return f"class {own[:60]}"
        if block.kind != "heading" and len(block.text) < 120 and not is_sentence and is_label(own):
            return f"class {own[:60]}"
    if len(block.text) < 110 and not is_sentence and is_date_line(block.text):
        return "a line of dates"
    if block.link_ratio > 0.9 and block.kind in ("paragraph", "text", "heading") and (len(block.text) > 12 or block.kind == "text"):
        return "nothing but a link"
    if block.link_ratio > 0.75 and block.links >= 2 and block.kind in ("paragraph", "text"):
        return "several links and little else"
    if block.link_ratio > 0.5 and block.kind == "text" and len(block.text) < 160 and not is_sentence:
        return "a linked title"
    if block.link_ratio > 0.6 and block.links >= 3 and len(block.text) / block.links < 40:
        return "a row of links"
    if block.kind == "text" and width(block.text) < 25 and not is_sentence:
        return "a scrap of text outside paragraphs"
    if len(block.text) < 120 and _is_byline(folded, context):
        return "the byline"
    return None


def _is_byline(folded: str, context: Context) -> bool:
    """Whether a short text is the authors' names with dates and little else."""
    rest = folded
    for author in context.authors:
        rest = rest.replace(fold(author), " ")
    if rest == folded:
        return False
    months = months_of(None)
    words = [word for word in rest.split() if not word.isdigit() and word not in AROUND_DATES and word not in months]
    return len(words) <= 4


def _drop_repeated_leads(judged: list[Judged]) -> list[Judged]:
    """A standfirst that is only the beginning of a later paragraph is the page's teaser for itself."""
    folded = [fold(each.block.text) for each in judged]
    return [
        Judged(block=each.block, is_kept=False, reason="repeats a paragraph")
        if each.is_kept and each.block.is_lead and any(folded[at][:60] in other for other in folded[at + 1 :]) else each
        for at, each in enumerate(judged)
    ]


def _drop_link_runs(judged: list[Judged]) -> list[Judged]:
    """Lists whose items are links alone are menus."""
    result = list(judged)
    index = 0
    while index < len(result):
        end = index
        while end < len(result) and result[end].block.kind == "item":
            end += 1
        if end > index:
            items = [each.block for each in result[index:end]]
            size = sum(len(block.text) for block in items)
            linked = sum(block.link_ratio * len(block.text) for block in items)
            if size and linked / size > 0.7:
                for at in range(index, end):
                    if result[at].is_kept:
                        result[at] = Judged(block=result[at].block, is_kept=False, reason="a list of links")
        index = max(end, index + 1)
    return result


def _drop_behind_body(judged: list[Judged]) -> list[Judged]:
    """What follows the one element that holds nearly all paragraphs is about something else.

    Only where one element does: bodies that wrap each paragraph are left alone.
    """
    sizes: dict[int, int] = {}
    total = 0
    for each in judged:
        if each.is_kept and each.block.kind in ("paragraph", "quote", "text", "heading") and each.block.parents:
            size = width(each.block.text)
            total += size
            sizes[each.block.parents[0]] = sizes.get(each.block.parents[0], 0) + size
    if not sizes:
        return judged
    main = max(sizes, key=lambda parent: sizes[parent])
    if sizes[main] < 0.75 * total:
        return judged
    last = max(at for at, each in enumerate(judged) if main in each.block.parents)
    first = next(at for at, each in enumerate(judged) if each.block.parents[:1] == (main,))
    boxed = [at > first and _is_boxed(each.block, main) for at, each in enumerate(judged)]
    judged = [
        Judged(block=each.block, is_kept=False, reason="a box within the body")
        if each.is_kept and boxed[at] and not _is_wrapped_heading(judged, boxed, at) else each
        for at, each in enumerate(judged)
    ]
    return [
        Judged(block=each.block, is_kept=False, reason="behind the element that holds the body")
        if at > last and each.is_kept else each
        for at, each in enumerate(judged)
    ]


def _drop_walls(judged: list[Judged]) -> list[Judged]:
    """Boxes in which one block asks to subscribe or sign in; a paragraph of the article that does so stays."""
    total = sum(len(each.block.text) for each in judged if each.is_kept) or 1
    sizes: dict[int, int] = {}
    for each in judged:
        for parent in each.block.parents:
            sizes[parent] = sizes.get(parent, 0) + len(each.block.text)
    walls: set[int] = set()
    for each in judged:
        if is_wall_text(each.block.text):
            # The widest element around the block that is still a small part of the page.
            box = [parent for parent in each.block.parents if sizes[parent] <= min(0.2 * total, 900)]
            if box:
                walls.add(box[-1])
    if not walls:
        return judged
    return [
        Judged(block=each.block, is_kept=False, reason="in a box that asks to subscribe or sign in")
        if each.is_kept and walls.intersection(each.block.parents) else each
        for each in judged
    ]


def _is_boxed(block: Block, main: int) -> bool:
    """Whether a block stands in an element of its own within the one that holds all the rest."""
    return (
        main in block.parents and block.parents[0] != main and block.kind in ("paragraph", "text", "heading")
        and not _GATHERED & set(block.tags)
    )  # fmt: skip


def _is_wrapped_heading(judged: Sequence[Judged], boxed: Sequence[bool], at: int) -> bool:
    """Whether a boxed block is a heading of the body after all: alone in its box, with body text below."""
    block = judged[at].block
    if block.kind != "heading" and not _HEADED.search(block.own_name):
        return False
    return at + 1 < len(judged) and not boxed[at + 1] and (at == 0 or not boxed[at - 1])


_HEADED = re.compile(r"(?i)sub-?_?(?:head|title)|heading|headline|zwischen")


@lru_cache(maxsize=20_000)
def _is_embed(name: str) -> bool:
    return _EMBED.search(name) is not None


_EMBED = re.compile(r"twitter-tweet|twitter-video|tweet-embed|embed(?:ded)?-?tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|reddit-embed|telegram-post")
_GATHERED = frozenset({"ul", "ol", "li", "table", "blockquote", "dl"})


def _drop_empty_headings(judged: list[Judged]) -> list[Judged]:
    """A heading of which nothing is kept before the next heading, though something stood there, heads what was dropped."""
    result = list(judged)
    kept = dropped = 0
    is_last = True
    for at in range(len(result) - 1, -1, -1):
        each = result[at]
        if each.block.kind == "heading":
            if each.is_kept and not each.block.is_lead and not kept and (dropped or is_last):
                result[at] = Judged(block=each.block, is_kept=False, reason="a heading with nothing below it")
                continue
            if each.is_kept:
                is_last = False
                # A heading right above a heading keeps what the lower one has.
                kept, dropped = (kept, 0) if at and result[at - 1].block.kind == "heading" else (0, 0)
            continue
        if each.is_kept:
            kept, is_last = kept + 1, False
        else:
            dropped += 1
    return result


def width(text: str) -> int:
    """Characters of a text; those of Chinese, Japanese and Korean count two and a half."""
    return len(text) if text.isascii() else len(text) + 3 * len(_WIDE.findall(text)) // 2


def _trim_ends(judged: list[Judged]) -> list[Judged]:
    """Scraps after the last whole sentence: tags, credits, headings of what follows."""
    result = list(judged)
    for at in range(len(result) - 1, -1, -1):
        each = result[at]
        if not each.is_kept:
            continue
        if each.block.kind in ("heading",) or (
            each.block.kind in ("text", "item") and len(each.block.text) < 60 and not _SENTENCE_END.search(each.block.text)
            and each.block.kind == "text"
        ):
            result[at] = Judged(block=each.block, is_kept=False, reason="a scrap behind the last paragraph")
            continue
        break
    return result
