"""What a Parquet export remembers of itself, in `_export.json`: enough to write only what changed since."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from flows.exports.views import ViewShape
from transforms.failures import ConfigurationError
from warehouse.day_counts import days_changed_since, last_change

FILE = "_export.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportState:
    """The state of the warehouse that an export shows.

    `change_number` is that of the last change of any day, `exported_at` the moment of its snapshot, and
    `names_digest` stands for the names of publishers and known entities, which can change in rows of every day.
    """

    views: tuple[ViewShape, ...]
    change_number: int
    exported_at: datetime
    names_digest: str

    def save(self, folder: Path) -> None:
        """Write it into the folder of the export, in one step."""
        part = folder / f".{FILE}.part"
        part.write_text(json.dumps(asdict(self), default=datetime.isoformat, indent=1) + "\n", "utf-8")
        part.replace(folder / FILE)


def read_state(connection: Connection, views: tuple[ViewShape, ...]) -> ExportState:
    """The state that the snapshot of `connection` shows."""
    return ExportState(
        views=views,
        change_number=last_change(connection),
        exported_at=connection.execute(text("SELECT now()")).scalar_one(),
        names_digest=connection.execute(
            text(
                """
                SELECT md5(
                    (SELECT string_agg(concat_ws('|', publisher_code, name, is_full_text_shown), ',' ORDER BY publisher_code)
                     FROM core.publishers)
                    || coalesce((
                        SELECT string_agg(concat_ws('|', entity_id, name, kind, country_code, resolved_id), ',' ORDER BY entity_id)
                        FROM core.entities WHERE is_known OR resolved_id <> entity_id
                    ), '')
                )
                """
            )
        ).scalar() or "",
    )


def load_state(folder: Path) -> ExportState:
    """The state of the export in `folder`. Raises ConfigurationError where it holds none that can be read."""
    try:
        saved = json.loads((folder / FILE).read_text("utf-8"))
        return ExportState(
            views=tuple(
                ViewShape(name=one["name"], columns=tuple((name, kind) for name, kind in one["columns"]))
                for one in saved["views"]
            ),
            change_number=int(saved["change_number"]),
            exported_at=datetime.fromisoformat(saved["exported_at"]),
            names_digest=str(saved["names_digest"]),
        )
    except FileNotFoundError:
        raise ConfigurationError(
            f"{folder} is no Parquet export of all days: it has no {FILE}. Make a new one without --update."
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{folder / FILE} cannot be read ({error}). Make a new export without --update.") from None


def days_to_write(connection: Connection, before: ExportState, now: ExportState) -> tuple[date, ...] | None:
    """The days (UTC) that differ between the two states; None: any may.

    A warehouse whose last change is older than the export's is another one, or came out of a backup.
    """
    if now.names_digest != before.names_digest or now.change_number < before.change_number:
        return None
    released = connection.scalars(
        text(
            "SELECT DISTINCT (coalesce(published_at, valid_from) AT TIME ZONE 'UTC')::date FROM core.article_versions"
            " WHERE embargoed_until > :before AND embargoed_until <= :now"
        ),
        {"before": before.exported_at, "now": now.exported_at},
    )
    return tuple(sorted({*days_changed_since(connection, before.change_number), *released}))
