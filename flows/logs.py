"""Logs for people and for machines: plain lines, or one JSON object a line with the ids of run and window."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

VARIABLE = "DATELINE_LOG_FORMAT"

_context: ContextVar[tuple[tuple[str, str], ...]] = ContextVar("dateline_log_context", default=())


@contextmanager
def logging_context(**values: object) -> Iterator[None]:
    """Every log line within the block bears these values, such as `run_id`, `window`, `stage`."""
    token = _context.set((*_context.get(), *((name, str(value)) for name, value in values.items())))
    try:
        yield
    finally:
        _context.reset(token)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time in UTC, level, logger, message, context, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **dict(_context.get()),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """`message (run_id=..., window=...)`, with the level where it is a warning or worse."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter.format`."""
        said = record.getMessage()
        if record.levelno >= logging.WARNING:
            said = f"{record.levelname.lower()}: {said}"
        if context := ", ".join(f"{name}={value}" for name, value in _context.get()):
            said += f" ({context})"
        if record.exc_info:
            said += "\n" + self.formatException(record.exc_info)
        return said


def set_up_logging(*, is_verbose: bool = False, stream: TextIO | None = None) -> None:
    """Send Dateline's log to standard error, as DATELINE_LOG_FORMAT says (`json`, else plain). Twice is once."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if os.environ.get(VARIABLE) == "json" else PlainFormatter())
    handler.set_name("dateline")
    for name in ("flows", "warehouse", "transforms"):
        logger = logging.getLogger(name)
        logger.handlers = [kept for kept in logger.handlers if kept.get_name() != "dateline"]
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if is_verbose or os.environ.get(VARIABLE) == "json" else logging.WARNING)
        logger.propagate = False
