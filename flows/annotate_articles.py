"""Versions in; mentions, entities, quotes and events out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import Connection

from flows.reference.annotation import MODEL, load_annotation_reference
from flows.reference.annotators import model_name
from flows.stages import Loaded
from transforms.annotations.annotation import Annotations, Text
from transforms.annotations.annotator import VERSION, annotate
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.texts import read_texts
from warehouse.ops.claims import Claim

ANNOTATE = "annotate"


def annotate_text(text: Text, *, use_model: bool) -> Annotations:
    """The annotations of one text, with the reference of this process."""
    return annotate(text, load_annotation_reference(use_model=use_model))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotateArticles:
    """The stage `annotate`; its subjects are versions. Without `use_model` tables and rules answer alone."""

    use_model: bool = True
    name: str = ANNOTATE

    @property
    def version(self) -> str:
        """The annotator's version with the model that it used: other rules or another model are another version."""
        return f"{VERSION}/{model_name(MODEL) if self.use_model else 'rules'}"

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, Text]:
        """See `flows.stages.Stage`."""
        return read_texts(connection, [one.subject_id for one in claims])

    def compute(self) -> Callable[[Text], Annotations]:
        """See `flows.stages.Stage`."""
        return partial(annotate_text, use_model=self.use_model)

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, Annotations]) -> Loaded:
        """Make the stored annotations of these versions equal to the results."""
        given = [VersionAnnotations(article_version_id=key, annotations=found) for key, found in results.items()]
        load_annotations(connection, given, annotator_version=self.version)
        counts: Counter[str] = Counter(annotated=len(results))
        for found in results.values():
            counts.update(mentions=len(found.mentions), quotes=len(found.quotes), events=len(found.events))
        return Loaded(outcomes=dict.fromkeys(results, "annotated"), counts=counts)
