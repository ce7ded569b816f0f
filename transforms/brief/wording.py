"""Numbers, days and times as the brief writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
THIN_SPACE = "\u202f"


def number(value: float) -> str:
    """A count with its thousands parted: 1,234."""
    return f"{value:,.0f}"


def short(value: float) -> str:
    """A count in at most four signs, for a narrow cell: 987, 2.1k, 57k, 1.2M."""
    for least, unit, sign in ((999_500, 1_000_000, "M"), (999.5, 1_000, "k")):
        if value >= least:
            return f"{value / unit:.1f}{sign}" if value / unit < 9.95 else f"{value / unit:.0f}{sign}"
    return f"{value:.0f}"


def mean(value: float) -> str:
    """A mean: one decimal below ten, none above."""
    return f"{value:,.1f}" if 0 < value < 9.95 else number(value)


def counted(value: float, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number(value)} {one if value == 1 else many}"


def change(today: float, before: float) -> str:
    """How today differs from the mean before, in per cent, or in plain words where per cent mean nothing."""
    if before == 0:
        return "new" if today else "–"
    if before < 1:
        return "more" if today > before else "less"
    percent = 100 * (today - before) / before
    if abs(percent) < 0.5:
        return "±0" + THIN_SPACE + "%"
    if percent >= 1000:
        return f"{today / before:,.0f}×"
    return f"{'+' if percent > 0 else '−'}{abs(percent):,.0f}{THIN_SPACE}%"


def share(part: float, whole: float) -> str:
    """A part of a whole in per cent."""
    if not whole or not part:
        return "0" + THIN_SPACE + "%"
    percent = 100 * part / whole
    return ("<1" if percent < 0.5 else f"{percent:.0f}") + THIN_SPACE + "%"


def long_day(day: date) -> str:
    """Thursday, 19 March 1987."""
    return f"{_DAYS[day.weekday()]}, {plain_day(day)}"


def plain_day(day: date) -> str:
    """19 March 1987."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Thu 19."""
    return f"{_DAYS[day.weekday()][:3]} {day.day}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """09:30, on a clock in `zone`."""
    return f"{moment.astimezone(zone):%H:%M}"


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """19 March 1987, 09:30, on a clock in `zone`."""
    local = moment.astimezone(zone)
    return f"{plain_day(local.date())}, {local:%H:%M}"


def zone_text(moment: datetime, zone: ZoneInfo) -> str:
    """The zone with its distance from UTC at that moment: Asia/Almaty (UTC+5)."""
    offset = moment.astimezone(zone).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC" if zone.key == "UTC" else f"{zone.key} (UTC)"
    hours, rest = divmod(abs(minutes), 60)
    return f"{zone.key} (UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''})"


def listed(names: list[str], limit: int = 4) -> str:
    """Names as a sentence has them: A, B and 2 others."""
    if len(names) > limit:
        names = [*names[: limit - 1], f"{len(names) - limit + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
