"""The appendix: every query that answered a figure, as it ran."""

from dataclasses import fields

from transforms.brief.markup import Element, el
from transforms.brief.records import Brief, Figure
from transforms.brief.sections.frame import section
from transforms.brief.wording import counted


def figures(brief: Brief) -> tuple[Figure[object], ...]:
    """All figures of a brief, in order."""
    values = (getattr(brief, field.name) for field in fields(brief))
    return tuple(value for value in values if isinstance(value, Figure))


def queries(brief: Brief) -> Element:
    """The questions with their SQL; a click into one selects all of it."""
    return section(
        "queries", "The SQL behind it",
        "Each query is printed as it ran, on the views of schema mart. One click selects it whole; “dateline sql” runs it.",
        (
            el(
                "article",
                el("h3", figure.question),
                el("pre", el("code", f"{figure.sql};"), tabindex=0, aria_label=f"SQL: {figure.question}"),
                el("p", figure.failure or counted(len(figure.rows), "row", "rows"), class_="note"),
                id=f"sql-{figure.name}", class_="query",
            )
            for figure in figures(brief)
        ),
    )  # fmt: skip
