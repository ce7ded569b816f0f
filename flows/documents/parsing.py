"""Parse many documents on all cores: in order, with a limit of CPU time for each, in flat memory."""

import json
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from types import FrameType
from typing import Any

from flows.documents.files import content_of
from flows.documents.sources import DocumentSource, UnreadableSourceError
from flows.publishers.loading import load_publishers, publisher_of
from flows.reference.ninjs_rules import load_ninjs_rules
from flows.reference.places import load_places
from transforms.articles.article import Article, Outcome, Rejection
from transforms.articles.charset import decode
from transforms.articles.pages.explanation import explain_page
from transforms.articles.parse_record import parse_record
from transforms.articles.reader import read_document
from transforms.articles.wire.json_values import UnreadableJson, key_before, parse_json
from transforms.articles.wire.ninjs_rules import Violation, violations
from transforms.articles.wire.ninjs_writing import to_ninjs
from transforms.documents import Document
from transforms.failures import PermanentError
from transforms.publishers import Publisher

# CPU seconds that one document may take before it is given up.
MAX_DOCUMENT_SECONDS = 10.0
AGAIN_SECONDS = 1.0
_BATCH = 64
_BATCHES_AHEAD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseOptions:
    """What `dateline parse` was asked for."""

    use_layouts: bool = True
    explain: bool = False
    to: str | None = None
    validate: str | None = None


class _OutOfTime(BaseException):
    """Raised in the middle of whatever runs; not an Exception, so that nothing on the way takes it for its own."""


def parse_sources(
    sources: Iterable[DocumentSource], options: ParseOptions, *, on_done: Callable[[int], None] | None = None
) -> Iterator[str]:
    """One JSON line per outcome, in the order of `sources`. `on_done` hears how many documents are done."""
    iterator = iter(sources)
    first = list(islice(iterator, _BATCH))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(first) < _BATCH or cores == 1:
        batch = first
        while batch:
            yield from parse_batch(batch, options)
            if on_done:
                on_done(len(batch))
            batch = list(islice(iterator, _BATCH))
        return
    # Loaded before the fork, the tables are shared by all workers.
    load_places()
    _publishers()
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        waiting: deque[tuple[Future[list[str]], int]] = deque()
        batch = first
        while batch or waiting:
            while batch and len(waiting) < cores * _BATCHES_AHEAD:
                waiting.append((pool.submit(parse_batch, batch, options), len(batch)))
                batch = list(islice(iterator, _BATCH))
            done, count = waiting.popleft()
            yield from done.result()
            if on_done:
                on_done(count)


def parse_batch(sources: list[DocumentSource], options: ParseOptions) -> list[str]:
    """The JSON lines of some documents; runs in a worker process."""
    return [line for source in sources for line in parse_source(source, options)]


def parse_source(source: DocumentSource, options: ParseOptions) -> list[str]:
    """The JSON lines of one document, a rejection where it could not be read or took too long."""
    if options.validate is not None:
        return [json.dumps(validate_source(source, options.validate), ensure_ascii=False)]
    publishers = _publishers()
    publisher = publishers.get(source.publisher_code or "") or (
        publisher_of(source.url, publishers) if source.url else None
    )
    outcomes: list[Outcome]
    explanation: tuple[str, ...] = ()
    try:
        content = content_of(source)
        document = Document(
            id=source.id,
            content=content,
            url=source.url,
            charset=source.charset,
            media_type=source.media_type,
            filename=source.path.name if source.path else None,
            fetched_at=source.fetched_at,
            publisher_code=publisher.code if publisher else source.publisher_code,
        )
        with _CpuLimit(MAX_DOCUMENT_SECONDS):
            outcomes = list(
                read_document(document, publisher=publisher, use_layouts=options.use_layouts, places=load_places())
            )
            if options.explain and len(outcomes) == 1 and getattr(outcomes[0], "format", None) == "html":
                text = decode(document.content, declared=document.charset).text
                explanation = explain_page(document, text, publisher=publisher, use_layouts=options.use_layouts)
    except UnreadableSourceError as error:
        fault = error.fault
        outcomes = [Rejection(document_id=source.id, reason=fault.reason, detail=str(error), offset=fault.offset)]
    except _OutOfTime:
        detail = f"reading took more than {MAX_DOCUMENT_SECONDS:g} s of CPU time"
        outcomes = [Rejection(document_id=source.id, reason="too_slow", detail=detail)]
    except MemoryError:
        outcomes = [Rejection(document_id=source.id, reason="too_large", detail="reading took too much memory")]
    records = [_record(outcome, options) for outcome in outcomes]
    if explanation:
        records[0]["explanation"] = list(explanation)
    return [json.dumps(record, ensure_ascii=False) for record in records]


def _record(outcome: Outcome, options: ParseOptions) -> dict[str, Any]:
    if options.to == "ninjs" and isinstance(outcome, Article):
        return to_ninjs(outcome)
    return parse_record(outcome, explain=options.explain)


def validate_source(source: DocumentSource, version: str) -> dict[str, Any]:
    """The verdict on one document against a version of ninjs: `is_valid`, and each violation with its field."""
    rules = load_ninjs_rules(version)
    found: tuple[Violation, ...]
    try:
        content = content_of(source)
        text = decode(content, declared=source.charset).text
        document, _ = parse_json(text)
        found = violations(document, rules)
    except PermanentError as error:
        found = (Violation(field="", message=str(error)),)
    except UnreadableJson as refusal:
        found = (Violation(field=key_before(text, refusal.offset), message=refusal.detail),)
    return {
        "id": source.id,
        "kind": "validation",
        "format": f"ninjs@{version}",
        "is_valid": not found,
        "violations": [{"field": violation.field, "message": violation.message} for violation in found],
    }


@lru_cache(maxsize=1)
def _publishers() -> dict[str, Publisher]:
    """All publishers, read once a process."""
    return load_publishers()


class _CpuLimit:
    """Interrupts what runs inside after some seconds of CPU time; does nothing where there is no such signal."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGPROF, self._stop)
            # Again and again: what is raised within a finalizer is lost.
            signal.setitimer(signal.ITIMER_PROF, self._seconds, AGAIN_SECONDS)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)

    @staticmethod
    def _stop(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTime
