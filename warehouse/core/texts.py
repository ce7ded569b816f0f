"""Versions as texts to annotate."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select

from transforms.annotations.annotation import Text
from warehouse.tables.articles import article_versions


def read_texts(connection: Connection, version_ids: Collection[UUID]) -> dict[UUID, Text]:
    """The texts of these versions by id; a version that is gone is left out.

    A text's `published_at` is the time of publication, else that from which the version is valid.
    """
    columns = article_versions.c
    rows = connection.execute(select(article_versions).where(columns.article_version_id.in_(version_ids)))
    return {
        row.article_version_id: Text(
            id=str(row.article_version_id),
            body=row.body,
            headline=row.headline,
            dateline=row.dateline_text,
            dateline_place=row.dateline_place,
            agency=row.dateline_agency,
            country_code=row.dateline_country_code,
            language=row.language,
            published_at=row.published_at or row.valid_from,
        )
        for row in rows
    }
