"""Retry-After in both of its forms."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRY_AFTER_MAXIMUM_SECONDS = 7 * 86_400.0


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds to wait from `now` (aware), 0 to a week; None where the header is missing or unreadable.

    `value` is a number of seconds or an HTTP date (RFC 9110, section 10.2.3).
    """
    value = (value or "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        seconds = float(value[:12])
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), RETRY_AFTER_MAXIMUM_SECONDS)
