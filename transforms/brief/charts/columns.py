"""Columns in a row, each of two parts: days or hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.brief.charts.frame import chart
from transforms.brief.markup import Element, el
from transforms.brief.wording import number

WIDTH = 360
HEIGHT = 150
_TOP = 18
_BOTTOM = 20
_MAXIMUM_GAP = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: `lower` and `upper` are stacked. `is_pale` steps back, as the days before do behind the day."""

    label: str
    lower: int
    upper: int
    is_pale: bool = False


def columns(
    name: str, title: str, description: str, given: Sequence[Column], *, has_values: bool, label_every: int = 1
) -> Element:
    """Columns side by side, their labels below; with `has_values` the sum of each stands on top of it."""
    highest = max((column.lower + column.upper for column in given), default=0) or 1
    room = HEIGHT - _TOP - _BOTTOM
    step = WIDTH / max(len(given), 1)
    gap = min(step * 0.28, _MAXIMUM_GAP)
    marks: list[Element] = []
    for place, column in enumerate(given):
        left, middle = place * step + gap / 2, (place + 0.5) * step
        pale = "-pale" if column.is_pale else ""
        foot = float(HEIGHT - _BOTTOM)
        for part, kind in ((column.lower, "own"), (column.upper, "copy")):
            tall = room * part / highest
            if part:
                marks.append(
                    el("rect", class_=kind + pale, x=left, y=foot - tall, width=step - gap, height=max(tall, 0.5))
                )
                foot -= tall
        if has_values:
            total = column.lower + column.upper
            marks.append(el("text", number(total), class_="value pale" if column.is_pale else "value", x=middle, y=foot - 5, text_anchor="middle"))
        if place % label_every == 0:
            marks.append(
                el("text", column.label, class_="label", x=middle, y=HEIGHT - 5, text_anchor="middle")
            )
    base = el("line", class_="axis", x1=0, x2=WIDTH, y1=HEIGHT - _BOTTOM, y2=HEIGHT - _BOTTOM)
    return chart(name, WIDTH, HEIGHT, title, description, marks, base, class_="columns")
