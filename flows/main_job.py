"""What the main job consists of: where its captures come from, and its stages in order."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Engine

from flows.capture_documents import capture_documents
from flows.pipeline import Source
from flows.samples import Samples


def samples_source(engine: Engine, samples: Samples, *, stage_version: str) -> Source:
    """The sample dispatches as captures, in one transaction: a file that cannot be read leaves nothing behind."""
    documents = list(samples.documents())

    def capture(run_id: UUID) -> Mapping[str, int]:
        changes = capture_documents(engine, run_id, documents, samples.publishers, stage_version=stage_version)
        return {"new": changes.new_count, "unchanged": changes.unchanged_count}

    return Source(stage="capture-files", units=[("capture-samples", capture)])
