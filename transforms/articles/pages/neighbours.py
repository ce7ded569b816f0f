"""Blocks judged by what stands around them: menus, boxes, walls, headings over nothing, scraps at the end."""

import re
from collections.abc import Sequence

from transforms.articles.pages.blocks import SENTENCE_END, Block, Judged, width
from transforms.articles.pages.furniture import is_channel_text, is_wall_text
from transforms.articles.pages.titles import fold

_HEADED = re.compile(r"(?i)sub-?_?(?:head|title)|heading|headline|zwischen")
_GATHERED = frozenset({"ul", "ol", "li", "table", "blockquote", "dl"})


def judge_together(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Judge blocks again that were judged one by one, in order."""
    result = list(judged)
    for drop in (_drop_above_headline, _drop_repeated_leads, _drop_link_runs, _drop_walls, _drop_behind_body, _drop_empty_headings, _trim_ends):
        result = drop(result)
    return tuple(result)


def _drop_above_headline(judged: list[Judged]) -> list[Judged]:
    """What stands above the page's `<h1>` and is no sentence is its section or place: "Politics", "Port Amity"."""
    headline = next((at for at, each in enumerate(judged[:12]) if each.block.tag == "h1" and not each.is_kept), 0)
    return [
        Judged(block=each.block, is_kept=False, reason="a label above the headline")
        if at < headline and each.is_kept and not each.block.is_lead and not SENTENCE_END.search(each.block.text) else each
        for at, each in enumerate(judged)
    ]


def _drop_repeated_leads(judged: list[Judged]) -> list[Judged]:
    """A standfirst that is only the beginning of a later paragraph is the page's teaser for itself."""
    if not any(each.block.is_lead for each in judged):
        return judged
    folded = [fold(each.block.text) for each in judged]
    return [
        Judged(block=each.block, is_kept=False, reason="repeats a paragraph")
        if each.is_kept and each.block.is_lead and any(folded[at][:60] in other for other in folded[at + 1 :]) else each
        for at, each in enumerate(judged)
    ]


def _drop_link_runs(judged: list[Judged]) -> list[Judged]:
    """Lists whose items are links alone are menus; those that name a newsletter or network each are offers."""
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
            is_offer = all(block.links and is_channel_text(block.text) for block in items)
            if size and (linked / size > 0.7 or is_offer):
                for at in range(index, end):
                    if result[at].is_kept:
                        result[at] = Judged(block=result[at].block, is_kept=False, reason="a list of links")
        index = max(end, index + 1)
    return result


def _drop_behind_body(judged: list[Judged]) -> list[Judged]:
    """What follows the one element that holds nearly all paragraphs is about something else.

    Only where one element does: bodies that wrap each paragraph, or are lists, are left alone.
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
    listed = sum(width(each.block.text) for each in judged if each.is_kept and each.block.kind == "item")
    if sizes[main] < max(0.75 * total, 0.2 * listed):
        return judged
    last = max(at for at, each in enumerate(judged) if main in each.block.parents)
    boxed = _boxed(judged, main)
    judged = [
        Judged(block=each.block, is_kept=False, reason="a box within the body")
        if each.is_kept and boxed[at] and not _is_wrapped_heading(judged, boxed, at) else each
        for at, each in enumerate(judged)
    ]
    # A body in several parts holds one more that is made alike.
    around = {_names_around(each.block) for each in judged if each.block.parents[:1] == (main,)} - {()}
    return [
        Judged(block=each.block, is_kept=False, reason="behind the element that holds the body")
        if at > last and each.is_kept and _names_around(each.block) not in around else each
        for at, each in enumerate(judged)
    ]


def _names_around(block: Block) -> tuple[str, ...]:
    """The classes and ids of the elements around a block, its own left out."""
    return block.names[1:] if block.own_name else block.names


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


def _boxed(judged: Sequence[Judged], main: int) -> list[bool]:
    """Which blocks stand in an element of their own within the one that holds all the rest.

    Not so a sentence before its first paragraph, nor what is made like its paragraphs (beside a picture, say) in a box
    without a heading.
    """
    own = [at for at, each in enumerate(judged) if each.block.parents[:1] == (main,)]
    begin = next(at for at in own if judged[at].is_kept)
    makes = {judged[at].block.own_name for at in own if judged[at].is_kept and judged[at].block.kind == "paragraph"} - {""}
    headed = {each.block.parents[0] for each in judged if each.block.kind == "heading" and each.block.parents}
    boxed = []
    for at, each in enumerate(judged):
        block = each.block
        is_inside = (
            at > own[0] and main in block.parents and block.parents[0] != main and block.kind in ("paragraph", "text", "heading")
            and not _GATHERED & set(block.tags)
        )  # fmt: skip
        is_lead = at < begin and block.kind == "paragraph" and SENTENCE_END.search(block.text) is not None
        is_like = is_inside and block.own_name in makes and headed.isdisjoint(block.parents[: block.parents.index(main)])
        boxed.append(is_inside and not is_lead and not is_like)
    return boxed


def _is_wrapped_heading(judged: Sequence[Judged], boxed: Sequence[bool], at: int) -> bool:
    """Whether a boxed block is a heading of the body after all: alone in its box, with body text below."""
    block = judged[at].block
    if block.kind != "heading" and not _HEADED.search(block.own_name):
        return False
    return at + 1 < len(judged) and not boxed[at + 1] and (at == 0 or not boxed[at - 1])


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


def _trim_ends(judged: list[Judged]) -> list[Judged]:
    """Scraps after the last whole sentence: tags, credits, headings of what follows."""
    result = list(judged)
    for at in range(len(result) - 1, -1, -1):
        each = result[at]
        if not each.is_kept:
            continue
        if each.block.kind in ("heading",) or (
            each.block.kind in ("text", "item") and len(each.block.text) < 60 and not SENTENCE_END.search(each.block.text)
            and each.block.kind == "text"
        ):
            result[at] = Judged(block=each.block, is_kept=False, reason="a scrap behind the last paragraph")
            continue
        break
    return result
