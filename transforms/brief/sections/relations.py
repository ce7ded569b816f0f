"""Who met, agreed with, threatened or fought whom: a map, a matrix of countries, and the sentences."""

from collections import Counter
from collections.abc import Sequence

from transforms.brief.charts.world import Atlas, world
from transforms.brief.markup import Element, Node, el, foreign, link
from transforms.brief.records import Brief, Pair, Statement
from transforms.brief.sections.frame import column, panel, section, table
from transforms.brief.wording import counted, listed, number, short

TOPICS = (
    ("met", "Met or talked"), ("agreed", "Agreed"), ("threatened", "Threatened"),
    ("fought", "Used force, coercion or sanctions"),
)  # fmt: skip
COUNTRIES_IN_MATRIX = 12
ARCS_ON_MAP = 24
# Mean Goldstein values from which a cell takes a shade, by their distance from zero.
_SHADES = ((6.0, 3), (3.0, 2), (0.5, 1))


def relations(brief: Brief, atlas: Atlas) -> Element:
    """The map, the matrix and four lists of statements."""
    pairs = brief.pairs.rows
    drawn = world("map", pairs, atlas, most=ARCS_ON_MAP)
    tone: list[Node] = [el("span", class_="key good"), "cooperation ", el("span", class_="key bad"), "conflict"]
    empty = "Nothing on this day says what one country did to another."
    return section(
        "relations", "Who did what to whom",
        "Coded by program from the sentences of the day’s texts, wire copies left out: read the sentence before you rely on it.",
        el(
            "div",
            panel(
            brief.pairs, "Map", [*tone, " (dashed)"],
            drawn or el("p", "None of these countries has a known place.", class_="empty"), empty=empty,
        ),
        panel(
            brief.pairs, "Country by country",
            "What the row’s country did to the column’s: statements, shaded by their mean tone; ▾ is conflict.",
            _matrix(pairs, atlas), empty=empty,
        ),
            class_="pair uneven",
        ),
        el("div", (_topic(brief, topic, title) for topic, title in TOPICS), class_="pair topics"),
    )  # fmt: skip


def _matrix(pairs: Sequence[Pair], atlas: Atlas) -> Element:
    weights: Counter[str] = Counter()
    for pair in pairs:
        weights[pair.actor_country_code] += pair.event_count
        weights[pair.recipient_country_code] += pair.event_count
    shown = sorted(weights, key=lambda code: (-weights[code], code))[:COUNTRIES_IN_MATRIX]
    cells = {(pair.actor_country_code, pair.recipient_country_code): pair for pair in pairs}
    left_out = len(weights) - len(shown)
    return el(
        "div",
        table(
            "What the countries of the rows did to those of the columns",
            [
                column(el("span", "Actor", class_="unseen")),
                *(column(el("abbr", code, title=atlas.name(code)), "code") for code in shown),
            ],
            (
                el(
                    "tr",
                    el("th", el("span", atlas.name(actor), class_="long"), el("span", actor, class_="short"), scope="row"),
                    (_cell(cells.get((actor, recipient)), actor == recipient) for recipient in shown),
                )
                for actor in shown
            ),
            class_="matrix",
        ),
        el("p", f"{counted(left_out, 'more country', 'more countries')} with fewer statements.", class_="note")
        if left_out else None,
    )  # fmt: skip


def _cell(pair: Pair | None, is_self: bool) -> Element:
    if pair is None:
        return el("td", class_="self" if is_self else None)
    tone = pair.goldstein_mean or 0.0
    shade = next((shade for least, shade in _SHADES if abs(tone) >= least), 0)
    side = "bad" if tone < 0 else "good"
    return el(
        "td", short(pair.event_count), "▾" if side == "bad" and shade else None,
        el("span", f" (mean tone {tone:+.1f})", class_="unseen"), class_=f"{side}-{shade}" if shade else None,
    )  # fmt: skip


def _topic(brief: Brief, topic: str, title: str) -> Element:
    rows = [row for row in brief.statements.rows if row.topic == topic]
    note = f"{number(len(rows))} of {number(rows[0].topic_count)}, known names on both sides first, then most sources." if rows else None
    return panel(
        brief.statements, title, note,
        el("ol", map(_statement, rows), class_="statements") if rows else el("p", "Nobody on this day.", class_="empty"),
        empty="Nothing on this day.",
    )  # fmt: skip


def _statement(row: Statement) -> Element:
    told = f" and {counted(row.article_count - 1, 'other article', 'other articles')}" if row.article_count > 1 else ""
    sources = f" · {counted(row.source_count, 'source', 'sources')}" if row.source_count > 1 else ""
    return el(
        "li",
        el("p", foreign(listed(row.actors, 3), limit=120), el("span", " → ", class_="arrow"),
           foreign(listed(row.recipients, 3), limit=120), class_="who"),
        el("blockquote", el("p", foreign(row.sentence, language=row.language, limit=260))) if row.sentence else None,
        el("p", link(row.url, foreign(row.publisher_name, limit=60)), told, sources, class_="meta"),
    )  # fmt: skip
