"""What the main job consists of: where its captures come from, and its stages in order."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from flows.annotate_articles import AnnotateArticles
from flows.capture_documents import capture_documents
from flows.cluster_articles import ClusterArticles
from flows.cluster_windows import configured_windows
from flows.documents.samples import Samples
from flows.extract_articles import ExtractArticles
from flows.fetching import CAPTURE_STAGE, POLL_STAGE, fetch_units
from flows.load_reference import STAGE as REFERENCE_STAGE
from flows.load_reference import load_reference
from flows.pipeline import Source
from flows.stages import Stage
from flows.web.settings import read_web_settings
from transforms.publishers import Publisher


def stages_for(publishers: Mapping[str, Publisher], *, use_model: bool = True) -> Sequence[Stage[Any, Any]]:
    """The stages in the order of the data's way. Without `use_model` annotation is by tables and rules alone."""
    patterns = {code: publisher.boilerplate_patterns for code, publisher in publishers.items()}
    cluster = ClusterArticles(
        windows=configured_windows(), boilerplate={code: found for code, found in patterns.items() if found})
    annotate = AnnotateArticles(use_model=use_model)
    followers = {stage.name: stage.version for stage in (cluster, annotate)}
    return [ExtractArticles(publishers=publishers, followers=followers), cluster, annotate]


def reference_source(engine: Engine, *, use_model: bool = True) -> Source:
    """The reference tables, whose rows are equal but after an upgrade."""
    unit = partial(load_reference, engine, use_model=use_model)
    return Source(stage=REFERENCE_STAGE, units=[(REFERENCE_STAGE, unit)], is_preparation=True)


def samples_source(engine: Engine, samples: Samples, *, stage_version: str) -> Source:
    """The sample dispatches as captures, in one transaction: a file that cannot be read leaves nothing behind."""
    documents = list(samples.documents())

    def capture(run_id: UUID) -> Mapping[str, int]:
        changes = capture_documents(engine, run_id, documents, samples.publishers, stage_version=stage_version)
        return {"new": changes.new_count, "unchanged": changes.unchanged_count}

    return Source(stage="capture-files", units=[("capture-samples", capture)])


def web_sources(
    engine: Engine, publishers: Mapping[str, Publisher], *, stage_version: str, is_forced: bool = False
) -> Sequence[Source]:
    """The feeds that are due and the pages that are pending, of the publishers given.

    Raises `ConfigurationError` where the settings of the web client are wrong or no contact is given.
    """
    (_, poll), (_, capture) = fetch_units(
        engine, publishers, read_web_settings(), extract_version=stage_version, is_forced=is_forced
    )
    return (
        Source(stage=POLL_STAGE, units=[(POLL_STAGE, poll)]),
        Source(stage=CAPTURE_STAGE, units=[(CAPTURE_STAGE, capture)]),
    )
