"""Curves of figures over sizes as an SVG picture, both axes logarithmic."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, RIGHT, TOP = 720, 400, 70, 50, 210, 20
COLOURS = ("#0b5394", "#b45f06", "#38761d", "#741b47", "#444444")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A name and the figures by size, all above 0."""

    name: str
    points: Mapping[int, float]


def draw(curves: Sequence[Curve], *, across: str, up: str) -> str:
    """The picture; `across` and `up` say what the axes show."""
    sizes = sorted({size for curve in curves for size in curve.points})
    figures = [value for curve in curves for value in curve.points.values()]
    low, high = math.log10(sizes[0]), max(math.log10(sizes[-1]), math.log10(sizes[0]) + 1)
    floor, ceiling = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)))

    def place(size: float, value: float) -> tuple[float, float]:
        return (
            LEFT + (math.log10(size) - low) / (high - low) * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - (math.log10(value) - floor) / max(ceiling - floor, 1) * (HEIGHT - BOTTOM - TOP),
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(floor, ceiling + 1):
        _, y = place(sizes[0], 10**power)
        parts += [
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10**power:,}</text>',
        ]
    for size in sizes:
        x, _ = place(size, 10**floor)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>')
    for number, curve in enumerate(curves):
        colour = COLOURS[number % len(COLOURS)]
        points = [place(size, value) for size, value in sorted(curve.points.items())]
        parts.append(
            f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="'
            + " ".join(f"{x:.1f},{y:.1f}" for x, y in points) + '"/>'
        )
        parts += [
            f'<text x="{x:.1f}" y="{y - 6:.1f}" text-anchor="middle" font-size="10" fill="{colour}">{_figure(value)}</text>'
            for (x, y), (_, value) in zip(points, sorted(curve.points.items()), strict=True)
        ]
        parts.append(f'<text x="{points[-1][0] + 12:.1f}" y="{points[-1][1] + 4:.1f}" fill="{colour}">{escape(curve.name)}</text>')
    parts += [
        f'<text x="{(WIDTH - RIGHT + LEFT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">{escape(across)}</text>',
        f'<text x="10" y="14">{escape(up)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2f}"
