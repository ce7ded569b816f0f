"""Who was in the news, and against the week before."""

from collections.abc import Sequence
from math import sqrt

from transforms.brief.charts.rows import bar, sparkline
from transforms.brief.charts.world import Atlas
from transforms.brief.markup import Element, el, foreign
from transforms.brief.records import Brief, Name
from transforms.brief.sections.frame import column, panel, section, table
from transforms.brief.wording import change, mean, number

KINDS = (("person", "People"), ("organization", "Organizations"), ("country", "Countries"))
MOVERS = 6


def names(brief: Brief, atlas: Atlas) -> Element:
    """A table a kind (people, organizations, countries), and one of those who rose and fell most."""
    rows = brief.names.rows
    return section(
        "names", "Who was in the news",
        [
            "Articles that name them, wire copies left out. ", el("span", class_="key own"), "this day ",
            el("span", class_="key tick"), "a day in the week before, on average",
        ],
        el(
            "div",
            (
                _panel(brief, kind, title, [row for row in rows if row.kind == kind and row.place <= 12 and row.today], atlas)
                for kind, title in KINDS
            ),
            _panel(brief, "mover", "More and less than before", movers(rows), atlas),
            class_="pair",
        ),
    )  # fmt: skip


def movers(rows: Sequence[Name]) -> list[Name]:
    """Who rose most, then who fell, the furthest last; countries are always in the news and left out.

    A day that differs from the mean by less than an article, or than counts of this size vary by chance, is no news.
    """
    moved = [row for row in rows if row.kind != "country" and abs(row.today - row.mean_before) >= max(1.0, sqrt(row.mean_before))]
    rising = [row for row in moved if row.rising_place <= MOVERS and row.today > row.mean_before]
    falling = [row for row in moved if row.falling_place <= MOVERS and row.today < row.mean_before]
    return [*sorted(rising, key=lambda row: row.rising_place), *sorted(falling, key=lambda row: -row.falling_place)]


def _panel(brief: Brief, kind: str, title: str, rows: Sequence[Name], atlas: Atlas) -> Element:
    return panel(
        brief.names, title, None,
        _table(kind, title, rows, atlas) if rows else el("p", "None on this day.", class_="empty"),
        empty="Nobody was named on this day.",
    )  # fmt: skip


def _table(kind: str, title: str, rows: Sequence[Name], atlas: Atlas) -> Element:
    highest = max(max(row.today, row.mean_before) for row in rows)
    return table(
        f"{title} by articles that name them",
        (
            column("Name"), column("Articles", "count"), column(el("span", "Bar", class_="unseen"), "wide"),
            column("Before", "count"), column("Change", "count"), column("8 days", "spark"),
        ),
        (_row(f"{kind}-{place}", row, highest, atlas) for place, row in enumerate(rows, 1)),
        class_="names",
    )  # fmt: skip


def _row(name: str, row: Name, highest: float, atlas: Atlas) -> Element:
    about = row.office or (atlas.name(row.country_code) if row.country_code and row.kind == "person" else None)
    changed = change(row.today, row.mean_before)
    return el(
        "tr",
        el(
            "th", foreign(row.name, limit=60), el("span", foreign(about, limit=60), class_="about") if about else None,
            scope="row",
        ),
        el("td", number(row.today), class_="count today"),
        el("td", bar(name, row.today, row.mean_before, highest), class_="wide"),
        el("td", mean(row.mean_before), class_="count"),
        el("td", el("b", changed, class_="new") if changed == "new" else changed, class_="count"),
        el("td", sparkline(name, row.counts), class_="spark"),
    )  # fmt: skip
