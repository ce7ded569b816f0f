"""How the warehouse is, as Prometheus reads it: text exposition format 0.0.4."""

from collections.abc import Iterable, Mapping

from warehouse.ops.health import Health

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Samples = Iterable[tuple[Mapping[str, str], float | None]]


def render_metrics(health: Health) -> str:
    """All metrics, each with its help and type; what is not known yet is left out."""
    publishers, stages = health.publishers, health.stages
    storage = health.storage
    lines: list[str] = []

    def add(name: str, said: str, samples: Samples, kind: str = "gauge") -> None:
        lines.append(f"# HELP dateline_{name} {said}")
        lines.append(f"# TYPE dateline_{name} {kind}")
        for labels, value in samples:
            if value is not None:
                inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
                lines.append(f"dateline_{name}{f'{{{inner}}}' if inner else ''} {value:.15g}")

    add("publisher_articles", "Articles of a publisher.", (({"publisher": p.code}, p.article_count) for p in publishers))
    add("publisher_articles_last_day", "Articles first seen in the last 24 hours.", (({"publisher": p.code}, p.articles_last_day) for p in publishers))
    add("publisher_silence_seconds", "Time since the newest article was first seen.", (({"publisher": p.code}, p.silence_seconds) for p in publishers))
    add("publisher_silent", "1 where a publisher is silent for longer than is usual.", (({"publisher": p.code}, float(p.is_silent)) for p in publishers))
    add("publisher_layout_changed", "1 where a publisher's documents suddenly read much worse.", (({"publisher": p.code}, float(p.is_layout_changed)) for p in publishers))
    add("work_rows", "Rows of the ledger that are not done.", (
        ({"stage": s.stage, "state": state}, count)
        for s in stages for state, count in (("pending", s.pending), ("claimed", s.claimed), ("quarantined", s.quarantined))
    ))
    add("work_expired_leases", "Claims whose worker is dead.", (({"stage": s.stage}, s.lapsed) for s in stages))
    add("work_settled_last_hour", "Rows done within the last hour.", (({"stage": s.stage}, s.settled_last_hour) for s in stages))
    add("work_oldest_pending_age_seconds", "Age of the oldest row to do.", (({"stage": s.stage}, s.oldest_pending_seconds or 0.0) for s in stages))
    add("quarantine_rows", "Rows in quarantine.", (({"stage": s.stage}, s.quarantined) for s in stages))
    add("rejections_last_day", "Documents refused in the last 24 hours.", (({}, health.rejected_last_day),))
    add("backfills_active", "Backfills that are planned, running or paused.", (({}, health.active_backfills),))
    add("run_last_success_age_seconds", "Time since a run last ended well.", (({}, health.last_success_seconds),))
    add("storage_bytes", "Bytes on disk, with indexes.", (
        ({"schema": name}, size)
        for name, size in (("raw", storage.raw_bytes), ("core", storage.core_bytes), ("ops", storage.ops_bytes))
    ))
    add("database_bytes", "Bytes of the whole database.", (({}, storage.database_bytes),))
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
