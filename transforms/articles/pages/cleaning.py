"""Which blocks of a candidate are the body: each is kept or dropped, and each has its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transforms.articles.months import months_of
from transforms.articles.pages.blocks import SENTENCE_END, Block, Judged, width
from transforms.articles.pages.date_lines import AROUND_DATES, is_date_line
from transforms.articles.pages.furniture import (
    NAME_LIMIT,
    class_verdict,
    is_credited,
    is_cut_off_text,
    is_furniture_text,
    is_label,
    is_wall_text,
)
from transforms.articles.pages.neighbours import judge_together
from transforms.articles.pages.titles import fold

CUT_OFF = "says that the rest is for subscribers"


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
    return judge_together(judged)


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
    is_sentence = SENTENCE_END.search(block.text) is not None
    if not is_sentence and is_credited(block.text):
        return "a caption with its credit"
    if block.is_lead:
        # Its element may be named like anything; what it says still counts.
        is_label_line = len(block.text) < 110 and (is_date_line(block.text) or _is_byline(folded, context))
        return "a byline or date" if is_label_line else None
    if any(_is_embed(name[:NAME_LIMIT]) for name in block.names[:3]):
        return "an embedded post"
    if (block.bold_ratio > 0.9 or block.link_ratio > 0.3) and is_wall_text(block.text):
        return "asks to subscribe or sign in"
    own = block.own_name
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


@lru_cache(maxsize=20_000)
def _is_embed(name: str) -> bool:
    return _EMBED.search(name) is not None


_EMBED = re.compile(r"twitter-tweet|twitter-video|tweet-embed|embed(?:ded)?-?tweet|instagram-media|tiktok-embed|bluesky-embed|fb-post|reddit-embed|telegram-post")


