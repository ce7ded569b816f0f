"""core: who did what to whom."""

from typing import get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from transforms.annotations.annotation import EventStatus, Field
from warehouse.tables.columns import (
    choice,
    country,
    day,
    identifier,
    integer,
    key,
    metadata,
    number,
    reference,
    share,
    span,
    string,
)

ROLES = ("actor", "recipient", "claimant")

events = Table(
    "events",
    metadata,
    key("event_id", "Derived from version, field, trigger, type, and both sides."),
    reference(
        "article_version_id",
        "core.article_versions.article_version_id",
        "The version that states it.",
        required=True,
        deletes="CASCADE",
    ),
    string("field", "The field that the offsets count in.", required=True),
    integer("sentence_number", "Sentence of the field, from 0.", required=True),
    integer("start_offset", "First code point of the sentence.", required=True),
    integer("end_offset", "Code point behind the sentence.", required=True),
    integer("trigger_start_offset", "First code point of the words that say what was done.", required=True),
    integer("trigger_end_offset", "Code point behind these words.", required=True),
    string("event_type", "PLOVER type: CONSULT, SUPPORT, ASSAULT ...", required=True),
    integer(
        "quad_class", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.", required=True
    ),
    string("cameo_code", "CAMEO code."),
    string("cameo_edition", "Edition that the code is from."),
    number("goldstein", "Goldstein value of the code, -10 to 10."),
    number("plover_score", "PLOVER's score of type and mode, -10 to 10."),
    string("status", "actual, future, negated, hypothetical or historical.", required=True),
    day("event_date", "Day of the event, or the first day of the period that date_precision names."),
    string("date_precision", "How exact the day is: day, week, month or year."),
    string("date_source", "What it was taken from."),
    string("place_text", "Where it took place, as written."),
    string("place_country_code", "Country of the place, ISO 3166-1 alpha-3."),
    reference("place_entity_id", "core.entities.entity_id", "The place, where resolved."),
    string("place_source", "sentence, or dateline (a prior, not an answer)."),
    number("confidence", "0 to 1, calibrated.", required=True),
    string("coder", "Which coder and rule coded it.", required=True),
    string("coder_version", "Version of the annotation that derived the row.", required=True),
    day("published_date", "Day of publication (UTC) of the version that states it; null where that gives none."),
    choice("field", get_args(Field)),
    choice("status", get_args(EventStatus)),
    CheckConstraint("quad_class BETWEEN 1 AND 4", name="quad_class"),
    CheckConstraint("goldstein BETWEEN -10 AND 10", name="goldstein"),
    CheckConstraint("plover_score BETWEEN -10 AND 10", name="plover_score"),
    country("place_country_code"),
    share("confidence"),
    span(),
    span("trigger_start_offset", "trigger_end_offset"),
    Index("events_type_index", "event_type", "event_date"),
    Index("events_date_index", "event_date"),
    Index("events_day_index", text("coalesce(event_date, published_date)")),
    schema="core",
    comment="Grain: one row per coded statement in a sentence of a version's text.",
)

event_modes = Table(
    "event_modes",
    metadata,
    reference(
        "event_id", "core.events.event_id", "The event.", required=True, deletes="CASCADE", index=False
    ),
    Column("mode", Text, nullable=False, comment="PLOVER mode of the event's type."),
    PrimaryKeyConstraint("event_id", "mode"),
    schema="core",
    comment="Grain: one row per mode of an event.",
)

event_contexts = Table(
    "event_contexts",
    metadata,
    reference(
        "event_id", "core.events.event_id", "The event.", required=True, deletes="CASCADE", index=False
    ),
    Column("context", Text, nullable=False, comment="PLOVER context: diplomatic, economic, military ..."),
    PrimaryKeyConstraint("event_id", "context"),
    schema="core",
    comment="Grain: one row per context of an event.",
)

event_sizes = Table(
    "event_sizes",
    metadata,
    reference(
        "event_id", "core.events.event_id", "The event.", required=True, deletes="CASCADE", index=False
    ),
    Column("kind", Text, nullable=False, comment="What was counted: dead, injured, arrested ..."),
    integer("minimum", "At least so many."),
    integer("maximum", "At most so many."),
    PrimaryKeyConstraint("event_id", "kind"),
    CheckConstraint("maximum >= minimum", name="bounds"),
    schema="core",
    comment="Grain: one row per count that the sentence gives for an event.",
)

event_participants = Table(
    "event_participants",
    metadata,
    reference(
        "event_id", "core.events.event_id", "The event.", required=True, deletes="CASCADE", index=False
    ),
    Column(
        "role", Text, nullable=False, comment="actor, recipient, or claimant (who says that it happened)."
    ),
    Column("position", Integer, nullable=False, comment="Place among those of the same role, from 1."),
    string("surface", "How the text names the participant.", required=True),
    integer("start_offset", "First code point; null where resolved from outside the sentence."),
    integer("end_offset", "Code point behind the last."),
    string("country_code", "Country of the participant, ISO 3166-1 alpha-3."),
    string("sector", "PLOVER sector: GOV, MIL, REB ..."),
    reference("entity_id", "core.entities.entity_id", "The participant, where resolved."),
    PrimaryKeyConstraint("event_id", "role", "position"),
    choice("role", ROLES),
    country(),
    span(),
    Index("event_participants_country_index", "country_code", "role", "event_id"),
    schema="core",
    comment="Grain: one row per actor, recipient or claimant of an event; lists, never pairs.",
)

event_clusters = Table(
    "event_clusters",
    metadata,
    key(
        "event_cluster_id",
        "Derived from type, status, sides and first day; of several that agree in these, from code and place too.",
    ),
    identifier(
        "event_group_id",
        "Derived from type, status and sides: a statement bears on clusters that share it alone.",
        required=True,
    ),
    string("event_type", "PLOVER type that the members share.", required=True),
    string("status", "actual or future: what else is stated is no event of the world.", required=True),
    Column("event_date", Date, nullable=False, comment="First day (UTC) that a member gives, or is told on."),
    string("clusterer_version", "Version of the rules that joined them.", required=True),
    Column("last_day", Date, nullable=False, comment="No member gives, or is told on, a later day (UTC)."),
    choice("status", ("actual", "future")),
    Index("event_clusters_type_index", "event_type", "event_date"),
    Index("event_clusters_date_index", "event_date"),
    Index("event_clusters_group_index", "event_group_id", "event_date"),
    schema="core",
    comment="Grain: one row per event of the world that one or more articles state.",
)

stale_events = Table(
    "stale_events",
    metadata,
    Column("stale_event_id", BigInteger, Identity(always=True), primary_key=True, comment="Running number."),
    identifier("subject_id", "The version, or the event cluster.", required=True),
    schema="ops",
    comment="Grain: one row per version whose events changed, or event cluster that lost some, and batch: to be clustered anew.",
)

event_cluster_members = Table(
    "event_cluster_members",
    metadata,
    reference(
        "event_id", "core.events.event_id", "The statement.", required=True, deletes="CASCADE", index=False
    ),
    reference(
        "event_cluster_id",
        "core.event_clusters.event_cluster_id",
        "What it states.",
        required=True,
        deletes="CASCADE",
    ),
    UniqueConstraint("event_id"),
    PrimaryKeyConstraint("event_cluster_id", "event_id"),
    schema="core",
    comment="Grain: one row per coded statement of an event of the world; a statement belongs to one.",
)
