"""The publishers: who fell silent, who brought how much, who copied from whom, and what was not loaded."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from transforms.brief.charts.rows import bar, sparkline, split_bar
from transforms.brief.markup import Element, Node, el, foreign
from transforms.brief.records import Brief, PublisherDay
from transforms.brief.sections.frame import column, panel, section, table
from transforms.brief.wording import change, counted, mean, moment_text, number, plain_day, share

_GAPS = {"window": "not read yet", "silence": "no articles"}


def copies(brief: Brief) -> Element:
    """Who took over whose texts."""
    today = brief.days.rows[-1] if brief.days.rows else None
    lede = None
    if today and today.article_count:
        lede = (
            f"{counted(today.copy_count, 'article', 'articles')}, {share(today.copy_count, today.article_count)} of the"
            " day’s, repeat what another publisher wrote. They are kept, and left out of the counts of names and events."
        )
    copying = sorted(
        (row for row in brief.publishers.rows if row.copy_count),
        key=lambda row: (-row.copy_count / row.today, row.publisher_name),
    )
    return section(
        "copies", "Wire copies", lede,
        el(
            "div",
            panel(
                brief.copies, "Who copied from whom", None,
                table(
                    "Texts that publishers took over",
                    (column("Publisher"), column("Copied from"), column("Texts", "count")),
                    (
                        el("tr", el("th", foreign(row.publisher_name, limit=60), scope="row"),
                           el("td", foreign(row.origin_name, limit=60)), el("td", number(row.copy_count), class_="count"))
                        for row in brief.copies.rows
                    ),
                    class_="plain",
                ),
                empty="No publisher repeated another’s text on this day.",
            ),
            panel(
                brief.publishers, "How much is copied",
                [el("span", class_="key own"), "its own ", el("span", class_="key copy"), "copies"],
                _shares(copying[:12]) if copying else el("p", "Nothing on this day.", class_="empty"),
                empty="Nothing on this day.",
            ),
            class_="pair",
        ),
    )  # fmt: skip


def _shares(rows: Sequence[PublisherDay]) -> Element:
    return table(
        "Copies among the articles of a publisher",
        (column("Publisher"), column(el("span", "Own and copies", class_="unseen")), column("Articles", "count"), column("Copies", "count")),
        (
            el(
                "tr", el("th", foreign(row.publisher_name, limit=60), scope="row"),
                el("td", split_bar(f"copies-{place}", row.today - row.copy_count, row.copy_count, row.today), class_="bars"),
                el("td", number(row.today), class_="count"), el("td", share(row.copy_count, row.today), class_="count"),
            )
            for place, row in enumerate(rows, 1)
        ),
        class_="shares",
    )  # fmt: skip


def publishers(brief: Brief) -> Element:
    """Silent publishers in a sentence each, then all of them in a table."""
    rows = brief.publishers.rows
    silent = [row for row in rows if row.today == 0]
    low = [row for row in rows if row.today and row.today < (row.expected_daily_minimum or 0)]
    zone = ZoneInfo(brief.zone)
    more = rows[0].publisher_count - len(rows) if rows else 0
    return section(
        "publishers", "Sources", None,
        panel(
            brief.publishers, "Who fell silent", "Nothing on this day, or less than is expected of them.",
            el("ul", [*(_silent(row, zone) for row in silent[:12]), *map(_low, low[:12])], class_="silent")
            if silent or low else el("p", "Nobody: every publisher of the week was heard.", class_="empty"),
            empty="No publisher was heard in this week, and none is active.",
        ),
        panel(
            brief.publishers, "All that were heard this week",
            "Expected is what the publisher’s file calls normal for a day.",
            _table(rows, zone),
            el("p", f"{counted(more, 'more publisher', 'more publishers')} with fewer articles.", class_="note") if more else None,
            empty="None.",
        ),
    )  # fmt: skip


def _silent(row: PublisherDay, zone: ZoneInfo) -> Element:
    words: list[Node] = [el("b", foreign(row.publisher_name, limit=60)), ": nothing"]
    if row.mean_before:
        words.append(f", after {mean(row.mean_before)} a day in the week before")
    if row.last_published_at:
        words.append(f"; its last article is of {moment_text(row.last_published_at, zone)}")
    elif row.last_published_date:
        words.append(f"; its last article is of {plain_day(row.last_published_date)}")
    return el("li", words, ".")


def _low(row: PublisherDay) -> Element:
    least = float(row.expected_daily_minimum or 0)
    return el(
        "li", el("b", foreign(row.publisher_name, limit=60)),
        f": {counted(row.today, 'article', 'articles')}, at least {number(least)} expected.",
    )  # fmt: skip


def _table(rows: Sequence[PublisherDay], zone: ZoneInfo) -> Element:
    highest = max((max(row.today, row.mean_before) for row in rows), default=0)
    return table(
        "Articles by publisher",
        (
            column("Publisher"), column("Articles", "count"), column(el("span", "Bar", class_="unseen"), "wide"),
            column("Before", "count"), column("Change", "count"), column("Expected", "count wide"),
            column("Last article", "count wide"), column("8 days", "spark"),
        ),
        (
            el(
                "tr",
                el("th", foreign(row.publisher_name, limit=60), scope="row"),
                el("td", number(row.today), class_="count today"),
                el("td", bar(f"publisher-{place}", row.today, row.mean_before, highest), class_="wide"),
                el("td", mean(row.mean_before), class_="count"),
                el("td", change(row.today, row.mean_before), class_="count"),
                el("td", _expected(row), class_="count wide"),
                el("td", moment_text(row.last_published_at, zone) if row.last_published_at else "–", class_="count wide"),
                el("td", sparkline(f"publisher-{place}", row.counts), class_="spark"),
            )
            for place, row in enumerate(rows, 1)
        ),
        class_="publishers",
    )  # fmt: skip


def _expected(row: PublisherDay) -> str:
    least, most = row.expected_daily_minimum, row.expected_daily_maximum
    if least is None and most is None:
        return "–"
    if most is None:
        return f"≥ {number(float(least or 0))}"
    return f"{number(float(least or 0))}–{number(float(most))}"


def loading(brief: Brief) -> Element:
    """Freshness and coverage: what the warehouse holds, what was refused, where articles may be missing."""
    extent = brief.extent.rows[0] if brief.extent.rows else None
    zone = ZoneInfo(brief.zone)
    words = None
    if extent and extent.first_day and extent.last_day:
        words = (
            f"The warehouse holds {counted(extent.article_count, 'article', 'articles')}, from {plain_day(extent.first_day)}"
            f" to {plain_day(extent.last_day)} (UTC days)."
        )
        if extent.last_run_at:
            words += f" Its last run was published on {moment_text(extent.last_run_at, zone)}."
    gap_count = brief.gaps.rows[0].gap_count if brief.gaps.rows else 0
    total = brief.rejections.rows[0].total_count if brief.rejections.rows else 0
    return section(
        "loading", "Freshness and coverage", words,
        el(
            "div",
            panel(
                brief.rejections, "Not loaded",
                f"{counted(total, 'document', 'documents')} read on this day, by reason." if total else None,
                el(
                    "ul",
                    (
                        el("li", el("b", number(row.document_count)), f" × {row.reason.replace('_', ' ')}: ",
                           foreign(row.publisher_name, limit=60))
                        for row in brief.rejections.rows
                    ),
                ),
                empty="Nothing was refused on this day.",
            ),
            panel(
                brief.gaps, "Perhaps missing",
                f"{counted(gap_count, 'stretch', 'stretches')} of time, the first {len(brief.gaps.rows)}:"
                if gap_count > len(brief.gaps.rows) else None,
                el(
                    "ul",
                    (
                        el("li", el("b", foreign(row.publisher_name, limit=60)),
                           f": {_GAPS.get(row.gap_kind, row.gap_kind)}, {moment_text(row.gap_start, zone)} to"
                           f" {moment_text(row.gap_end, zone)}")
                        for row in brief.gaps.rows
                    ),
                ),
                empty="No gap is known on this day.",
            ),
            panel(
                brief.checks, "Checks that failed", None,
                el(
                    "ul",
                    (
                        el("li", el("b", row.check_name.replace("_", " ")),
                           f" ({row.severity}): {counted(row.offending_count, 'row', 'rows')}")
                        for row in brief.checks.rows
                    ),
                ),
                empty="None, in runs of this day.",
            ),
            class_="triple",
        ),
    )  # fmt: skip
