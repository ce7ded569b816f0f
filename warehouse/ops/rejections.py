"""What is no article, and why; and what a wire sends without text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete

from transforms.articles.article import Item, Rejection
from transforms.identity import derived_id
from warehouse.tables.articles import items
from warehouse.tables.operations import rejections
from warehouse.upserts import Changes, upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A rejection of the `document_number`th document (from 1; 0 is the whole) of a capture."""

    capture_id: UUID
    document_number: int
    rejection: Rejection


@dataclass(frozen=True, slots=True, kw_only=True)
class Textless:
    """An item without text, the `document_number`th document (from 1) of a capture."""

    capture_id: UUID
    document_number: int
    item: Item


def load_rejections(
    connection: Connection, given: Iterable[Refused], *, stage_version: str, run_id: UUID | None = None
) -> Changes:
    """Record rejections. One that is known with the same reason stays as it is."""
    rows: list[dict[str, Any]] = [
        {
            "rejection_id": derived_id("rejection", one.capture_id, one.document_number, one.rejection.stage),
            "capture_id": one.capture_id,
            "document_number": one.document_number,
            "stage": one.rejection.stage,
            "reason": one.rejection.reason,
            "detail": one.rejection.detail,
            "format": one.rejection.format,
            "byte_offset": one.rejection.offset,
            "stage_version": stage_version,
            "run_id": run_id,
        }
        for one in given
    ]
    return upsert(connection, rejections, rows, keep=("run_id",))


def load_items(connection: Connection, given: Iterable[Textless], *, parser_version: str) -> Changes:
    """Record what a wire sent without text."""
    return upsert(
        connection,
        items,
        [
            {
                "item_id": derived_id("item", one.capture_id, one.document_number),
                "capture_id": one.capture_id,
                "document_number": one.document_number,
                "item_type": one.item.item_type,
                "format": one.item.format,
                "external_id": one.item.external_id,
                "headline": one.item.headline,
                "published_at": one.item.published_at,
                "wire_version": one.item.version,
                "pub_status": one.item.pub_status,
                "warnings": list(one.item.warnings),
                "parser_version": parser_version,
            }
            for one in given
        ],
    )


def forget_stale(connection: Connection, capture_ids: Iterable[UUID], *, stage: str, stage_version: str) -> int:
    """Delete rejections and items of these captures that an older version of the stage made and this one did not."""
    ids = list(capture_ids)
    stale_rejections = delete(rejections).where(
        rejections.c.capture_id.in_(ids), rejections.c.stage == stage, rejections.c.stage_version != stage_version
    )
    stale_items = delete(items).where(items.c.capture_id.in_(ids), items.c.parser_version != stage_version)
    return connection.execute(stale_rejections).rowcount + connection.execute(stale_items).rowcount
