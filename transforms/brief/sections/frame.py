"""What every section and figure stands in: a title, a word on what it counts, and the way to its SQL."""

from typing import Any

from transforms.brief.markup import Content, Element, el
from transforms.brief.records import Figure


def section(name: str, title: str, lede: Content, *content: Content) -> Element:
    """A section with a heading; `name` is its id, for the contents at the top."""
    return el(
        "section",
        el("h2", title, id=f"{name}-title"),
        el("p", lede, class_="lede") if lede else None,
        *content,
        id=name,
        aria_labelledby=f"{name}-title",
    )


def panel(figure: Figure[Any], title: str, note: Content, *content: Content, empty: str, class_: str = "") -> Element:
    """A figure with the link to its SQL. Where it has no rows, it says why in the place of `content`."""
    shown: Content = content if figure.rows else el("p", figure.failure or empty, class_="empty")
    return el(
        "figure",
        el(
            "figcaption",
            el("h3", title),
            sql_link(figure, title),
            el("p", note, class_="note") if note else None,
        ),
        shown,
        class_=f"panel {class_}".strip(),
    )  # fmt: skip


def sql_link(figure: Figure[Any], about: str) -> Element:
    """The link from a figure to the query that answered it."""
    return el("a", "SQL", el("span", f" behind “{about}”", class_="unseen"), href=f"#sql-{figure.name}", class_="sql")


def table(caption: str, headings: Content, rows: Content, *, class_: str) -> Element:
    """A table that scrolls in its place where it is too wide; its caption is for those who do not see it."""
    return el(
        "div",
        el(
            "table",
            el("caption", caption, class_="unseen"),
            el("thead", el("tr", headings)),
            el("tbody", rows),
            class_=class_,
        ),
        class_="scroll",
    )  # fmt: skip


def column(heading: Content, class_: str | None = None) -> Element:
    """A column's heading."""
    return el("th", heading, scope="col", class_=class_)
