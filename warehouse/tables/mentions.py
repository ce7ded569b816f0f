"""core: where texts name entities, and the words they quote."""

from typing import get_args

from sqlalchemy import Index, Table

from transforms.annotations.annotation import EntityKind, Field, Form
from warehouse.tables.columns import (
    choice,
    country,
    flag,
    integer,
    key,
    metadata,
    number,
    reference,
    share,
    span,
    string,
)

mentions = Table(
    "mentions",
    metadata,
    key("mention_id", "Derived from version, field and offsets."),
    reference(
        "article_version_id",
        "core.article_versions.article_version_id",
        "The version whose text names it.",
        required=True,
        deletes="CASCADE",
        index=False,
    ),
    string("field", "The field that the offsets count in: headline, dateline or body.", required=True),
    integer("start_offset", "First code point, from 0.", required=True),
    integer("end_offset", "Code point behind the last.", required=True),
    integer("sentence_number", "Sentence of the field, from 0."),
    string("surface", "The words themselves.", required=True),
    string("kind", "What the words name.", required=True),
    string("form", "name, nominal, pronoun or demonym.", required=True),
    reference(
        "entity_id", "core.entities.entity_id", "Whom or what they name; null is left open.", index=False
    ),
    string("country_code", "Country that the words themselves name, ISO 3166-1 alpha-3."),
    string("sector", "PLOVER sector that the words themselves name."),
    string("office", "Office that the text or the tables give the person on that date."),
    number("confidence", "0 to 1.", required=True),
    string("annotator", "Who found it.", required=True),
    string("annotator_version", "Version of the annotation that derived the row.", required=True),
    choice("field", get_args(Field)),
    choice("kind", get_args(EntityKind)),
    choice("form", get_args(Form)),
    country(),
    share("confidence"),
    span(),
    Index("mentions_place_index", "article_version_id", "field", "start_offset", "end_offset", unique=True),
    Index("mentions_entity_index", "entity_id", "article_version_id"),
    schema="core",
    comment="Grain: one row per span of a version's text that names someone or something. Names do not nest.",
)

quotes = Table(
    "quotes",
    metadata,
    key("quote_id", "Derived from version, field and offsets."),
    reference(
        "article_version_id",
        "core.article_versions.article_version_id",
        "The version that quotes.",
        required=True,
        deletes="CASCADE",
        index=False,
    ),
    string("field", "The field that the offsets count in.", required=True),
    integer("start_offset", "First code point, behind the opening mark.", required=True),
    integer("end_offset", "Code point behind the last, before the closing mark.", required=True),
    string("quote_text", "The words, without marks.", required=True),
    flag("is_direct", "Whether the words are the speaker's own."),
    string("verb", "The verb of saying, as in the text."),
    reference(
        "speaker_mention_id",
        "core.mentions.mention_id",
        "Where the text names the speaker.",
        deletes="SET NULL",
    ),
    reference("speaker_entity_id", "core.entities.entity_id", "The speaker, where resolved."),
    number("confidence", "0 to 1.", required=True),
    string("annotator_version", "Version of the annotation that derived the row.", required=True),
    choice("field", get_args(Field)),
    share("confidence"),
    span(),
    Index("quotes_place_index", "article_version_id", "field", "start_offset", "end_offset", unique=True),
    schema="core",
    comment="Grain: one row per quotation in a version's text.",
)
