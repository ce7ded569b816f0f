"""Small charts that stand in a row of a table: a bar with the mean before as a tick, a line of eight days, a share."""

from collections.abc import Sequence

from transforms.brief.charts.frame import chart
from transforms.brief.markup import Element, el
from transforms.brief.wording import counted, mean, number

BAR_WIDTH = 120
SPARK_WIDTH = 64
_TALL = 16


def bar(name: str, today: int, before: float, highest: float) -> Element:
    """Today as a bar, the mean of the week before as a tick across it; `highest` is the full width."""
    wide = BAR_WIDTH - 2
    at = 1 + wide * min(before / highest, 1) if highest else 1.0
    return chart(
        f"{name}-bar", BAR_WIDTH, _TALL, "Against the week before",
        f"{counted(today, 'article', 'articles')}, {mean(before)} a day in the week before.",
        el("rect", class_="own", x=1, y=4, width=max(wide * today / highest if highest else 0, 1.0), height=8),
        el("line", class_="tick", x1=at, x2=at, y1=1, y2=15),
        class_="bar",
    )  # fmt: skip


def sparkline(name: str, counts: Sequence[int]) -> Element:
    """Eight days as a line, today as its dot."""
    highest = max(counts, default=0) or 1
    step = (SPARK_WIDTH - 6) / max(len(counts) - 1, 1)
    points = [(3 + place * step, _TALL - 3 - (_TALL - 6) * count / highest) for place, count in enumerate(counts)]
    return chart(
        f"{name}-days", SPARK_WIDTH, _TALL, "Eight days", f"Articles a day, today last: {', '.join(map(number, counts))}.",
        el("polyline", class_="line", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points)),
        el("circle", class_="dot", cx=points[-1][0], cy=points[-1][1], r=2.4),
        class_="spark",
    )  # fmt: skip


def split_bar(name: str, own: int, copies: int, highest: int) -> Element:
    """What a publisher wrote and what it took over, end to end; `highest` is the full width."""
    scale = (BAR_WIDTH - 2) / highest if highest else 0
    return chart(
        f"{name}-split", BAR_WIDTH, _TALL, "Own texts and copies",
        f"{counted(own, 'text of its own', 'texts of its own')}, {counted(copies, 'copy', 'copies')}.",
        el("rect", class_="own", x=1, y=4, width=own * scale, height=8) if own else None,
        el("rect", class_="copy", x=1 + own * scale, y=4, width=copies * scale, height=8) if copies else None,
        class_="bar",
    )  # fmt: skip
