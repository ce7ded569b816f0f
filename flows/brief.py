"""Making the brief of a day: its figures from the warehouse, its page, its file."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine

from flows.reference.atlas import load_atlas
from transforms.brief.page import page
from transforms.brief.records import Brief
from transforms.brief.sections.queries import figures
from transforms.brief.wording import counted, plain_day
from transforms.failures import ConfigurationError, PermanentError
from warehouse.brief import read_brief

ZONE = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A brief as a page, and in a sentence or two."""

    day: date
    html: str
    summary: str


def read_zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name. Raises ConfigurationError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(f"There is no time zone {name!r}: it must be one like Asia/Almaty or UTC.") from None


def default_day(zone: ZoneInfo) -> date:
    """Yesterday, the last whole day."""
    return datetime.now(zone).date() - timedelta(days=1)


def make_page(engine: Engine, day: date, zone: ZoneInfo) -> MadePage:
    """The page of a day of `zone`. All figures are of one moment; nothing is written to the warehouse."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        brief = read_brief(connection, day, zone, now=datetime.now(UTC))
    return MadePage(day=day, html=page(brief, load_atlas()), summary=_summary(brief))


def write_page(html: str, target: Path) -> None:
    """Put the page where it belongs, whole or not at all; one of before is replaced. Raises PermanentError."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(html, "utf-8")
        os.replace(part, target)
    except OSError as error:
        raise PermanentError(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def _summary(brief: Brief) -> str:
    articles = brief.days.rows[-1].article_count if brief.days.rows else 0
    stopped = [figure for figure in figures(brief) if figure.failure]
    words = f"{plain_day(brief.day)} ({brief.zone}): {counted(articles, 'article', 'articles')}."
    if not articles and brief.day > brief.made_at.astimezone(ZoneInfo(brief.zone)).date():
        words = f"{plain_day(brief.day)} ({brief.zone}) is still to come: the page says so."
    if stopped:
        words += f" {counted(len(stopped), 'query was', 'queries were')} stopped, and the page says so."
    return words
