"""core: near-duplicates. A cluster is a function of the verified pairs and of people's judgements."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.tables.columns import (
    choice,
    flag,
    integer,
    key,
    metadata,
    moment,
    reference,
    share,
    string,
)
from warehouse.tables.columns import number as ratio

VERSION = "core.article_versions.article_version_id"
TEXT = "core.signatures.text_id"

signatures = Table(
    "signatures",
    metadata,
    key("text_id", "Derived from the hash of the folded text: articles with the same words have the same text."),
    integer("word_count", "Words of the text.", required=True),
    Column(
        "bands",
        ARRAY(BigInteger),
        nullable=False,
        comment="One MinHash band per element: a near-duplicate shares at least one.",
    ),
    Column(
        "anchors",
        ARRAY(BigInteger),
        nullable=False,
        comment="Shingles chosen by their hash: an excerpt shares most of its own.",
    ),
    string("signer_version", "Version of shingling and hashing that derived the row.", required=True),
    # Without a list of pending entries, which every look-up would have to read through.
    Index("signatures_bands_index", "bands", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    Index("signatures_anchors_index", "anchors", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
    schema="core",
    comment="Grain: one row per distinct text that was signed, however many articles have it.",
)

version_texts = Table(
    "version_texts",
    metadata,
    key("article_version_id", "The version that was signed."),
    reference("article_id", "core.articles.article_id", "Its article.", required=True, deletes="CASCADE"),
    Column(
        "text_id",
        Uuid,
        ForeignKey("core.signatures.text_id"),
        comment="Its text; null: too short to be compared with anything.",
    ),
    moment("published_at", "Time by which windows judge pairs: of publication, else since when it is valid.", required=True),
    flag("is_compared", "Whether it is the version by which its article is compared: the latest that is no kill."),
    string("signer_version", "Version of the rules that say what of an article is compared.", required=True),
    ForeignKeyConstraint(["article_version_id"], [VERSION], ondelete="CASCADE"),
    Index("version_texts_text_index", "text_id", postgresql_where="is_compared"),
    Index("version_texts_compared_index", "article_id", unique=True, postgresql_where="is_compared"),
    schema="core",
    comment="Grain: one row per signed version: which text it has.",
)

similar_texts = Table(
    "similar_texts",
    metadata,
    reference("left_text_id", TEXT, "The text with the lower id.", required=True, deletes="CASCADE", index=False),
    reference("right_text_id", TEXT, "The text with the higher id.", required=True, deletes="CASCADE"),
    ratio("similarity_ratio", "Share of shingles that both have, of those that either has.", required=True),
    flag("differs_in_figures", "Whether not all their numbers are the same: perhaps the same table of another day."),
    flag("has_like_opening", "Whether the opening of one is in the other: more than boilerplate is alike."),
    string("verifier_version", "Version of the rules that verified it.", required=True),
    PrimaryKeyConstraint("left_text_id", "right_text_id"),
    share("similarity_ratio"),
    CheckConstraint("left_text_id < right_text_id", name="order"),
    schema="core",
    comment="Grain: one row per pair of texts that are nearly the same, verified word by word.",
)

excerpts = Table(
    "excerpts",
    metadata,
    reference("text_id", TEXT, "The longer text.", required=True, deletes="CASCADE", index=False),
    reference("excerpt_text_id", TEXT, "The text that it mostly contains.", required=True, deletes="CASCADE"),
    ratio("contained_ratio", "Share of the excerpt's shingles that the longer text has.", required=True),
    string("verifier_version", "Version of the rules that verified it.", required=True),
    PrimaryKeyConstraint("text_id", "excerpt_text_id"),
    share("contained_ratio"),
    CheckConstraint("text_id <> excerpt_text_id", name="order"),
    schema="core",
    comment="Grain: one row per pair of texts of which one contains most of the other: a link, no membership.",
)

clusters = Table(
    "clusters",
    metadata,
    key("cluster_id", "Derived from the member with the lowest id."),
    reference(
        "canonical_article_id", "core.articles.article_id", "The member shown for all.", deletes="CASCADE"
    ),
    reference(
        "origin_article_id", "core.articles.article_id", "The member that the others copy.", deletes="CASCADE"
    ),
    string("origin_agency", "Who wrote the text, by credit and first time."),
    integer("member_count", "Articles in it.", required=True),
    integer("publisher_count", "Publishers of these articles.", required=True),
    moment("first_published_at", "Earliest publication among the members."),
    moment("last_published_at", "Latest publication among the members."),
    string("clusterer_version", "Version of the rules that made it.", required=True),
    CheckConstraint("member_count >= 1", name="member_count"),
    schema="core",
    comment="Grain: one row per group of articles whose texts are the same or nearly so.",
)

cluster_members = Table(
    "cluster_members",
    metadata,
    key("article_id", "The article."),
    reference("cluster_id", "core.clusters.cluster_id", "Its cluster.", required=True, deletes="CASCADE"),
    reference(
        "article_version_id", VERSION, "The version that was compared.", required=True, deletes="CASCADE"
    ),
    string("relation", "To the canonical member: canonical, exact or near.", required=True),
    ratio("similarity_ratio", "Similarity to the canonical member; null: it is in the cluster through others."),
    flag("is_canonical", "Whether it is the member shown for all."),
    flag("is_wire_copy", "Whether it repeats a text that another publisher wrote."),
    ForeignKeyConstraint(["article_id"], ["core.articles.article_id"], ondelete="CASCADE"),
    choice("relation", ("canonical", "exact", "near")),
    share("similarity_ratio"),
    Index("cluster_members_canonical_index", "cluster_id", unique=True, postgresql_where="is_canonical"),
    schema="core",
    comment="Grain: one row per article that belongs to a cluster.",
)
