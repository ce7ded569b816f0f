"""core: entities, what they are called, and who held which office."""

from typing import get_args

from sqlalchemy import CheckConstraint, Column, Computed, Index, Table, Text, UniqueConstraint, Uuid, text

from transforms.annotations.annotation import EntityKind
from warehouse.tables.columns import (
    big,
    choice,
    country,
    day,
    flag,
    integer,
    key,
    metadata,
    number,
    reference,
    string,
)

entities = Table(
    "entities",
    metadata,
    key("entity_id", "Derived from entity_key."),
    string(
        "entity_key",
        "Natural key: the identifier of a reference table, else kind and name, of people country and office too.",
        required=True,
    ),
    string("name", "Preferred name in English, else the fullest name seen.", required=True),
    string("kind", "person, organization, country, city, region, facility, place or other.", required=True),
    string("country_code", "Country it belongs to, ISO 3166-1 alpha-3."),
    string("sector", "PLOVER sector of the actor: GOV, MIL, OPP ..."),
    string("wikidata_id", "Wikidata item."),
    big("geonames_id", "GeoNames id."),
    number("latitude", "Degrees north, WGS 84."),
    number("longitude", "Degrees east, WGS 84."),
    string(
        "name_key",
        "What entities that may be one share: of people surname and first letter by sound, of organizations all; empty:"
        " can be no other; null: not compared yet.",
    ),
    flag("is_known", "Whether a reference table has it; false: found in texts."),
    reference("merged_into_id", "core.entities.entity_id", "The entity that it was found to be the same as."),
    Column(
        "resolved_id",
        Uuid,
        Computed("coalesce(merged_into_id, entity_id)", persisted=True),
        comment="The entity to count it as: the one it was merged into, else itself.",
    ),
    choice("kind", get_args(EntityKind)),
    country(),
    CheckConstraint("wikidata_id ~ '^Q[1-9][0-9]*$'", name="wikidata_id"),
    CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
    CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    CheckConstraint("merged_into_id <> entity_id", name="merged_into_id"),
    Index("entities_key_index", text("md5(entity_key)"), unique=True),
    Index("entities_name_index", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    Index("entities_name_key_index", "name_key"),
    Index("entities_uncompared_index", "entity_id", postgresql_where=text("name_key IS NULL")),
    Index("entities_resolved_index", "resolved_id"),
    Index("entities_kind_country_index", "kind", "country_code"),
    Index("entities_wikidata_id_index", "wikidata_id"),
    Index("entities_geonames_id_index", "geonames_id"),
    schema="core",
    comment="Grain: one row per person, organization or place that texts name.",
)

entity_aliases = Table(
    "entity_aliases",
    metadata,
    key("entity_alias_id", "Derived from entity, alias, language and valid_from."),
    reference("entity_id", "core.entities.entity_id", "Who is called so.", required=True, deletes="CASCADE"),
    string("alias", "The name as written.", required=True),
    Column(
        "alias_folded",
        Text,
        Computed("core.folded(alias)", persisted=True),
        comment="The name in lower case without accents, for look-up.",
    ),
    Column(
        "alias_romanised",
        Text,
        Computed("core.romanised(core.folded(alias))", persisted=True),
        comment="The same in Latin letters, where it is Cyrillic or Greek: for search.",
    ),
    string("script", "ISO 15924 code of its script: Latn, Cyrl, Arab ..."),
    string("language", "ISO 639-1 code, where the name belongs to one language."),
    day("valid_from", "First day on which it meant this entity; null: always did."),
    day("valid_until", "First day on which it no longer did; null: still does."),
    string("source", "What says so: the reference table, or text.", required=True),
    CheckConstraint("valid_until > valid_from", name="validity"),
    Index(
        "entity_aliases_alias_romanised_trigram_index",
        "alias_romanised",
        postgresql_using="gin",
        postgresql_ops={"alias_romanised": "gin_trgm_ops"},
    ),
    Index("entity_aliases_alias_folded_index", "alias_folded", postgresql_using="hash"),
    Index(
        "entity_aliases_alias_index",
        "entity_id",
        text("md5(alias)"),
        "language",
        "valid_from",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
    schema="core",
    comment="Grain: one row per name of an entity, in one language and stretch of time.",
)

offices = Table(
    "offices",
    metadata,
    key("office_id", "Derived from person, title, country and started_date."),
    reference("person_id", "core.entities.entity_id", "Who held it.", required=True, deletes="CASCADE"),
    string("title", "The office in English: President, Foreign Minister ...", required=True),
    string("country_code", "Country of the office, ISO 3166-1 alpha-3."),
    reference("organization_id", "core.entities.entity_id", "The organization, for offices of one."),
    string("sector", "PLOVER sector of the office."),
    day("started_date", "First day in office; null: not known."),
    day("ended_date", "Last day in office; null: still held or not known."),
    integer(
        "rank", "Which of several offices names the person first; 1 is first.", required=True, default="1"
    ),
    string("source", "The reference table that says so.", required=True),
    UniqueConstraint(
        "person_id", "title", "country_code", "started_date", postgresql_nulls_not_distinct=True
    ),
    CheckConstraint("ended_date >= started_date", name="tenure"),
    country(),
    Index("offices_country_index", "country_code", "title"),
    schema="core",
    comment="Grain: one row per person, office and stretch of time in it.",
)
