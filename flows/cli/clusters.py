"""`dateline clusters`: what is a near-duplicate of what, and a person's word on it."""

import getpass
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection, text

from flows.cluster_windows import configured_windows
from flows.json_values import json_value
from flows.publishers.loading import load_publishers
from transforms.canonical_urls import canonical_url
from transforms.failures import PermanentError
from warehouse.core.clusters import join_clusters
from warehouse.engine import open_warehouse
from warehouse.ops.judgements import JudgementKind, StoredJudgement, find_articles, record_judgement

MEMBERS = """
SELECT m.cluster_id::text, a.article_id::text, p.publisher_code, a.external_id, a.canonical_url, v.headline,
  v.published_at, a.pub_status, m.relation, m.similarity_ratio, m.is_canonical, m.is_wire_copy, c.origin_agency,
  a.article_id = c.origin_article_id AS is_origin
FROM core.cluster_members m JOIN core.clusters c USING (cluster_id) JOIN core.articles a USING (article_id)
JOIN core.publishers p USING (publisher_id) JOIN core.article_versions v USING (article_version_id)
WHERE {condition}
ORDER BY c.member_count DESC, m.cluster_id, m.is_canonical DESC, v.published_at, a.article_id LIMIT :limit
"""
EXCERPTS = """
SELECT a.article_id::text, other.article_id::text AS other_id, v.headline AS other_headline, e.contained_ratio,
  e.text_id = mine.text_id AS is_whole
FROM core.version_texts mine JOIN core.excerpts e ON mine.text_id IN (e.text_id, e.excerpt_text_id)
JOIN core.version_texts t ON t.text_id = CASE WHEN e.text_id = mine.text_id THEN e.excerpt_text_id ELSE e.text_id END
JOIN core.articles a ON a.article_id = mine.article_id JOIN core.articles other ON other.article_id = t.article_id
JOIN core.article_versions v ON v.article_version_id = t.article_version_id
WHERE mine.article_id = :id AND mine.is_compared AND t.is_compared ORDER BY e.contained_ratio DESC, other_id LIMIT 20
"""


@click.group(
    epilog="""\b
An ARTICLE is named by its id, the agency's own id, or its address. Examples:
  dateline clusters show --limit 20
  dateline clusters show https://example.com/news/story-1 --json
  dateline clusters split TX-1 TX-7 --reason "weekly table of another week"
  dateline clusters join TX-1 TX-9 --reason "translated back" """
)
def command() -> None:
    """Near-duplicates: show clusters, and split or join them by a judgement that no rule overrides."""


@command.command()
@click.argument("article", required=False)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000), help="Members to show, largest clusters first.")
@click.option("--json", "as_json", is_flag=True, help="One member a line, as JSON.")
def show(article: str | None, limit: int, as_json: bool) -> None:
    """Show the cluster of ARTICLE (or of a cluster's id) with its members, or the largest clusters."""
    with open_warehouse(application="dateline clusters") as engine, engine.connect() as connection:
        excerpts: list[dict[str, Any]] = []
        if article is None:
            rows = _rows(connection, "true", limit=limit)
        else:
            rows = _rows(connection, "m.cluster_id::text = :name", limit=limit, name=article)
            if not rows:
                own = _article(connection, article)
                rows = _rows(connection, "m.cluster_id = (SELECT cluster_id FROM core.cluster_members WHERE article_id = :id)",
                             limit=limit, id=own)
                excerpts = [dict(row) for row in connection.execute(text(EXCERPTS), {"id": own}).mappings()]
    if as_json:
        for row in [*rows, *excerpts]:
            click.echo(json.dumps(row, ensure_ascii=False, default=json_value))
        return
    if not rows:
        click.echo("In no cluster: nothing is like it." if article else "There are no clusters.")
    _print(rows)
    for row in excerpts:
        relation = "contains most of" if row["is_whole"] else "is mostly contained in"
        click.echo(f"It {relation} {row['other_id']} ({row['other_headline'] or 'no headline'}): {row['contained_ratio']:.0%}.")


@command.command()
@click.argument("article")
@click.argument("other", required=False)
@click.option("--reason", help="Why, for whoever reads the judgement later.")
@click.option("--judge", default=getpass.getuser, show_default="your user name", help="Who judges.")
def split(article: str, other: str | None, reason: str | None, judge: str) -> None:
    """Keep ARTICLE and OTHER apart for good; without OTHER, keep ARTICLE out of every cluster."""
    _judge("cluster_split", article, other, reason, judge)


@command.command()
@click.argument("article")
@click.argument("other")
@click.option("--reason", help="Why, for whoever reads the judgement later.")
@click.option("--judge", default=getpass.getuser, show_default="your user name", help="Who judges.")
def join(article: str, other: str, reason: str | None, judge: str) -> None:
    """Put ARTICLE and OTHER into one cluster for good, however their texts differ."""
    _judge("cluster_join", article, other, reason, judge)


def _judge(kind: JudgementKind, article: str, other: str | None, reason: str | None, judge: str) -> None:
    windows = configured_windows()
    boilerplate = {code: publisher.boilerplate_patterns for code, publisher in load_publishers().items()
                   if publisher.boilerplate_patterns}
    with open_warehouse(application="dateline clusters") as engine, engine.begin() as connection:
        left = _article(connection, article)
        right = None if other is None else _article(connection, other)
        if left == right:
            raise PermanentError(f"{article} and {other} are the same article: name two.")
        record_judgement(connection, StoredJudgement(
            kind=kind, left_id=left, right_id=right, judge=judge, reason=reason, made_at=datetime.now(UTC)))
        change = join_clusters(connection, {left} if right is None else {left, right}, windows, boilerplate)
    click.echo(f"Recorded; {len(change.changed_clusters)} clusters changed.")


def _article(connection: Connection, name: str) -> UUID:
    found = find_articles(connection, name.strip(), canonical_url(name))
    if not found:
        raise PermanentError(f"No article is named {name}: give its id, the agency's own id, or its address.")
    if len(found) > 1:
        raise PermanentError(f"{len(found)} articles are named {name}: give the id of one: {', '.join(map(str, found))}.")
    return found[0]


def _rows(connection: Connection, condition: str, **parameters: object) -> list[dict[str, Any]]:
    statement = text(MEMBERS.format(condition=condition))
    return [dict(row) for row in connection.execute(statement, parameters).mappings()]


def _print(rows: list[dict[str, Any]]) -> None:
    console = Console(width=None if sys.stdout.isatty() else 200)
    for cluster_id in dict.fromkeys(row["cluster_id"] for row in rows):
        members = [row for row in rows if row["cluster_id"] == cluster_id]
        agency = members[0]["origin_agency"]
        table = Table(title=f"Cluster {cluster_id}" + (f", written by {agency}" if agency else ""), title_justify="left",
                      header_style="bold")
        for name in ("published", "publisher", "article", "headline", "relation", "alike", "is"):
            table.add_column(name, overflow="fold")
        for row in members:
            holds = {"origin": row["is_origin"], "wire copy": row["is_wire_copy"], "killed": row["pub_status"] == "canceled"}
            notes = [note for note, is_so in holds.items() if is_so]
            table.add_row(f"{row['published_at']:%Y-%m-%d %H:%M}" if row["published_at"] else "", row["publisher_code"],
                          row["external_id"] or row["canonical_url"] or row["article_id"], row["headline"] or "",
                          row["relation"], "" if row["similarity_ratio"] is None else f"{row['similarity_ratio']:.2f}",
                          ", ".join(notes))
        console.print(table)
