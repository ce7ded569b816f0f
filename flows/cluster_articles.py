"""Versions in, signatures and clusters of near-duplicates out. Signing runs in parallel, joining in one writer."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from flows.stages import Loaded
from transforms.clusters.clusters import CLUSTERER_VERSION
from transforms.clusters.pairs import VERIFIER_VERSION, Windows
from transforms.clusters.signatures import SIGNER_VERSION
from transforms.clusters.texts import SignedVersion, VersionText, sign_versions
from warehouse.core.clusters import load_clusters
from warehouse.core.signatures import read_version_texts
from warehouse.ops.claims import Claim

CLUSTER = "cluster"

logger = logging.getLogger(__name__)


def sign(version: VersionText) -> SignedVersion:
    """The signature of one version."""
    return sign_versions([version])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterArticles:
    """The stage `cluster`; its subjects are versions. `boilerplate` holds the patterns of publishers by code."""

    windows: Windows = field(default_factory=Windows)
    boilerplate: Mapping[str, tuple[str, ...]] | None = None
    name: str = CLUSTER
    version: str = f"{SIGNER_VERSION}.{VERIFIER_VERSION}.{CLUSTERER_VERSION}"

    def read(self, connection: Connection, claims: Sequence[Claim]) -> Mapping[UUID, VersionText]:
        """See `flows.stages.Stage`."""
        return read_version_texts(connection, [one.subject_id for one in claims], self.boilerplate)

    def compute(self) -> Callable[[VersionText], SignedVersion]:
        """See `flows.stages.Stage`."""
        return sign

    def load(self, connection: Connection, run_id: UUID, results: Mapping[UUID, SignedVersion]) -> Loaded:
        """Store the signatures and bring the clusters up to date, as the one writer."""
        change = load_clusters(connection, list(results.values()), self.windows, self.boilerplate)
        counts = {
            "signed": len(results), "clustered": change.clustered, "duplicates": change.duplicates,
            "changed_clusters": len(change.changed_clusters),
        }
        if change.crowded:
            logger.warning("%d texts share hashes with more others than are compared", change.crowded)
            counts["crowded"] = change.crowded
        return Loaded(outcomes=dict.fromkeys(results, "signed"), counts=counts)
