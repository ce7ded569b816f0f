"""Corrections and kills, with what changed."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from transforms.brief.differences import Run, difference, snippets
from transforms.brief.markup import Element, Node, el, foreign, link
from transforms.brief.records import Brief, Correction
from transforms.brief.sections.frame import panel, section
from transforms.brief.wording import clock, counted, number

_WORDS = {"correction": "Corrected", "kill": "Killed", "revival": "Brought back"}
_TAGS = {"gone": "del", "new": "ins"}


def corrections(brief: Brief) -> Element:
    """Kills first, then corrections, the latest first."""
    rows = brief.corrections.rows
    zone = ZoneInfo(brief.zone)
    note = None
    if rows:
        total, kills = rows[0].correction_count, rows[0].kill_count
        shown = f"{len(rows)} of {number(total)}" if total > len(rows) else f"All {number(total)}"
        note = f"{shown}; {counted(kills, 'is a kill', 'are kills')}. Kills first, then the latest. "
    return section(
        "corrections", "Corrections and kills", None,
        panel(
            brief.corrections, "What the wires took back",
            [note, el("del", "struck out"), " is what went, ", el("ins", "underlined"), " is what came."] if rows else None,
            el("ol", (_correction(row, zone) for row in rows), class_="corrections"),
            empty="Nothing was corrected or killed on this day.", class_="plain",
        ),
    )  # fmt: skip


def _correction(row: Correction, zone: ZoneInfo) -> Element:
    return el(
        "li",
        el(
            "p", el("b", _WORDS.get(row.change_kind, row.change_kind), class_=f"kind {row.change_kind}"), " ",
            foreign(row.publisher_name, limit=60), f" · {clock(row.corrected_at, zone)}", class_="meta",
        ),
        el("h4", link(row.url, _headline(row))),
        el("p", foreign(row.ed_note, limit=300), class_="ed-note") if row.ed_note else None,
        list(_changes(row)),
    )  # fmt: skip


def _headline(row: Correction) -> list[Node]:
    if row.change_kind == "kill":
        return [el("del", foreign(row.previous_headline or row.headline or "(no headline)", limit=180))]
    if row.previous_headline and row.headline and row.previous_headline != row.headline:
        return list(_marked(difference(row.previous_headline, row.headline)))
    return [foreign(row.headline or "(no headline)", limit=180)]


def _changes(row: Correction) -> Iterable[Element]:
    if row.change_kind == "kill":
        return
    if row.body and row.previous_body:
        for snippet in snippets(row.previous_body, row.body):
            yield el("p", _marked(snippet), class_="change")
    elif row.change_summary:
        yield el("p", foreign(row.change_summary, limit=300), class_="change")


def _marked(runs: Iterable[Run]) -> Iterable[Node]:
    for run in runs:
        text = foreign(run.text, limit=400)
        yield el(_TAGS[run.kind], text) if run.kind in _TAGS else text
        yield " "
