"""At the top: the day in five numbers, against the week before, and when its articles came."""

from zoneinfo import ZoneInfo

from transforms.brief.charts.columns import Column, columns
from transforms.brief.markup import Element, el
from transforms.brief.records import Brief, DayCount
from transforms.brief.sections.frame import panel, sql_link
from transforms.brief.wording import change, counted, mean, moment_text, number, plain_day, share, short_day


def overview(brief: Brief) -> Element:
    """The numbers and the two charts of days and hours, or a word on why there is nothing."""
    today = brief.days.rows[-1] if brief.days.rows else None
    if today is None or today.article_count == 0:
        return el("div", _nothing(brief), _charts(brief) if any(d.article_count for d in brief.days.rows) else None)
    return el("div", _numbers(brief, today), _charts(brief))


def _numbers(brief: Brief, today: DayCount) -> Element:
    before = brief.days.rows[:-1]
    corrections = brief.corrections.rows[0] if brief.corrections.rows else None
    kills = corrections.kill_count if corrections else 0

    def against(field: str) -> str:
        usual = sum(getattr(day, field) for day in before) / 7
        if not usual:
            return "nothing in the week before"
        return f"{change(getattr(today, field), usual)} {'than' if usual < 1 else 'on'} {mean(usual)} a day"

    cells = (
        ("Articles", number(today.article_count), against("article_count"), brief.days),
        ("Different texts", number(today.text_count), against("text_count"), brief.days),
        ("Wire copies", number(today.copy_count), f"{share(today.copy_count, today.article_count)} of the articles", brief.days),
        ("Publishers heard", number(today.publisher_count), against("publisher_count"), brief.days),
        (
            "Corrections", number(corrections.correction_count - kills if corrections else 0),
            f"and {counted(kills, 'kill', 'kills')}", brief.corrections,
        ),
    )  # fmt: skip
    return el(
        "dl",
        (
            el(
                "div", el("dt", title, sql_link(figure, title)), el("dd", value, class_="figure"),
                el("dd", note, class_="against"),
            )
            for title, value, note, figure in cells
        ),
        class_="numbers",
    )  # fmt: skip


def _nothing(brief: Brief) -> Element:
    extent = brief.extent.rows[0] if brief.extent.rows else None
    words = [f"There are no articles of {plain_day(brief.day)} in this warehouse."]
    if brief.days.failure:
        words = [f"The articles of {plain_day(brief.day)} could not be counted. {brief.days.failure}"]
    elif brief.day > brief.made_at.astimezone(ZoneInfo(brief.zone)).date():
        words = [f"{plain_day(brief.day)} is still to come."]
    if extent is None or extent.first_day is None or extent.last_day is None:
        words.append("It holds none at all yet: load some with “dateline run” or “dateline ingest”.")
    else:
        words.append(
            f"It holds {counted(extent.article_count, 'article', 'articles')}, from {plain_day(extent.first_day)}"
            f" to {plain_day(extent.last_day)}."
        )
        near = [day for day in (extent.day_before, extent.day_after) if day]
        if near:
            words.append(f"The nearest with articles: {' and '.join(map(plain_day, near))}.")
    if extent and extent.last_run_at:
        words.append(f"The last run was published on {moment_text(extent.last_run_at, ZoneInfo(brief.zone))}.")
    return el("p", " ".join(words), sql_link(brief.extent, "what the warehouse holds"), class_="nothing")


def _charts(brief: Brief) -> Element:
    days = brief.days.rows
    per_day = [
        Column(label=short_day(day.day), lower=day.article_count - day.copy_count, upper=day.copy_count,
               is_pale=day.day != brief.day)
        for day in days
    ]  # fmt: skip
    told = "; ".join(
        f"{short_day(day.day)}: {counted(day.article_count, 'article', 'articles')}, {number(day.copy_count)} of them copies"
        for day in days
    )
    by_hour = {row.hour: row for row in brief.hours.rows}
    per_hour = [
        Column(label=f"{hour:02}", lower=by_hour[hour].own_count if hour in by_hour else 0,
               upper=by_hour[hour].copy_count if hour in by_hour else 0)
        for hour in range(24)
    ]  # fmt: skip
    told_hours = "; ".join(
        f"{column.label}: {column.lower + column.upper}" for column in per_hour if column.lower + column.upper
    )
    return el(
        "div",
        panel(
            brief.days, "Eight days", _legend(),
            columns("days", "Articles a day", f"{told}.", per_day, has_values=True), empty="No articles.",
        ),
        panel(
            brief.hours, "Hour by hour", f"When they were published, {brief.zone} time.",
            columns("hours", "Articles an hour", f"{told_hours}.", per_hour, has_values=False, label_every=3),
            empty="No article of this day says at what hour it was published.",
        ),
        class_="pair",
    )  # fmt: skip


def _legend() -> list[Element | str]:
    return [
        el("span", class_="key own"), "a publisher’s own ", el("span", class_="key copy"), "copies of another’s text",
    ]  # fmt: skip
