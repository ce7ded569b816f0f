"""Values of the warehouse in JSON."""

from datetime import date, datetime
from decimal import Decimal


def json_value(value: object) -> int | float | str:
    """What JSON has no type for, as the `default` of json.dumps: sums and means are numbers there too, days and
    moments are ISO 8601 with their offset, all else is text."""
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
