"""The brief's colours, in a light and a dark scheme; a test computes their contrasts."""

from collections.abc import Mapping

# Shades of agreement (c) and conflict (x), the third the strongest; text on them is `ink`.
LIGHT: Mapping[str, str] = {
    "paper": "#fffefb",
    "panel": "#f6f3ec",
    "rule": "#d8d2c4",
    "ink": "#1c1a17",
    "muted": "#5f5a50",
    "link": "#17558c",
    "own": "#2f6ea5",
    "copy": "#846719",
    "own-pale": "#688cae",
    "copy-pale": "#9a8144",
    "before": "#6d675c",
    "good": "#1a6b4f",
    "bad": "#a8331f",
    "good-1": "#dcefe6",
    "good-2": "#bfe3d2",
    "good-3": "#93d0b4",
    "bad-1": "#fae3dc",
    "bad-2": "#f4c6b9",
    "bad-3": "#eba794",
    "land": "#cfc8b8",
}

DARK: Mapping[str, str] = {
    "paper": "#15171a",
    "panel": "#1f2226",
    "rule": "#3a3e44",
    "ink": "#eceae4",
    "muted": "#aaa79f",
    "link": "#8ec2f0",
    "own": "#6fa8dc",
    "copy": "#d2b055",
    "own-pale": "#4f7598",
    "copy-pale": "#8d783b",
    "before": "#98948a",
    "good": "#6fcfa6",
    "bad": "#f08d78",
    "good-1": "#1d3a2f",
    "good-2": "#235040",
    "good-3": "#2b6852",
    "bad-1": "#452420",
    "bad-2": "#602c25",
    "bad-3": "#7d372c",
    "land": "#3f444b",
}

# (foreground, background): text has to reach 4.5 to 1, a mark in a chart 3 to 1.
TEXT_PAIRS = tuple(
    (text, ground)
    for text in ("ink", "muted", "link", "good", "bad", "copy")
    for ground in ("paper", "panel")
) + tuple(("ink", ground) for ground in ("land", *(f"{side}-{shade}" for side in ("good", "bad") for shade in (1, 2, 3))))
MARK_PAIRS = tuple(
    (mark, ground) for mark in ("own", "copy", "own-pale", "copy-pale", "before", "good", "bad") for ground in ("paper", "panel")
) + tuple((mark, "land") for mark in ("good", "bad"))
# What may be faint, for it tells nothing of its own: lines between rows.
FAINT = ("rule",)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (`#rrggbb`), 1 to 21, as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
