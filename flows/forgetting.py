"""Taking down: an address and everything that came from it, in the warehouse and in its archives."""

from itertools import groupby

from sqlalchemy import Engine

from flows.archives.contents import erase_archived
from flows.cluster_windows import configured_windows
from flows.publishers.loading import load_publishers, publisher_of
from transforms.canonical_urls import canonical_url
from warehouse.core.clusters import join_clusters
from warehouse.forgetting import Traces, cluster_neighbours, find_traces, forget


def spellings(url: str) -> tuple[str, ...]:
    """The address as given, its canonical form, and the plain variants that publishers use for one page."""
    canonical = canonical_url(url, publisher_of(url, load_publishers()))
    bare = url.partition("#")[0]
    found = {url, bare, bare.rstrip("/"), bare.rstrip("/") + "/"} | ({canonical} if canonical else set())
    return tuple(sorted(found))


def look_up(engine: Engine, url: str) -> Traces:
    """What is held of an address."""
    with engine.connect() as connection:
        return find_traces(connection, spellings(url))


def take_down(engine: Engine, url: str, *, reason: str, requested_by: str | None) -> Traces:
    """Erase what is held of an address and leave tombstones; returns what there was.

    Archive files first, then the warehouse in one transaction: if the process dies between, doing it again
    finishes it. Clusters that an erased article was in are joined anew without it.
    """
    traces = look_up(engine, url)
    for archive_url, places in groupby(traces.archived, key=lambda place: place.archive_url):
        erase_archived(archive_url, [(place.offset, place.byte_count) for place in places])
    with engine.begin() as connection:
        neighbours = cluster_neighbours(connection, traces.article_ids)
        forget(connection, traces, reason=reason, requested_by=requested_by)
        join_clusters(connection, neighbours, configured_windows())
    return traces
