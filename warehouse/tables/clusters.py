"""core: near-duplicates. A cluster is a function of the verified pairs and of people's judgements."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)
from sqlalchemy.dialects.postgresql import ARRAY

from warehouse.tables.columns import (
    choice,
    digest,
    flag,
    integer,
    key,
    metadata,
    moment,
    reference,
    share,
    size,
    string,
)
from warehouse.tables.columns import number as ratio

VERSION = "core.article_versions.article_version_id"

signatures = Table(
    "signatures",
    metadata,
    key("article_version_id", "The version whose text is signed."),
    reference("article_id", "core.articles.article_id", "Its article.", required=True, deletes="CASCADE"),
    digest("text_sha256", "Hash of the folded text: equal for exact duplicates.", required=True),
    integer("token_count", "Words of the folded text.", required=True),
    integer("shingle_count", "Distinct shingles.", required=True),
    Column("minhash", LargeBinary, nullable=False, comment="The MinHash values, packed."),
    Column(
        "bands", ARRAY(BigInteger), nullable=False, comment="One hash per band: what look-ups search for."
    ),
    moment("published_at", "Time by which the window judges pairs."),
    string("signer_version", "Version of shingling and hashing that derived the row.", required=True),
    ForeignKeyConstraint(["article_version_id"], [VERSION], ondelete="CASCADE"),
    size("text_sha256"),
    Index("signatures_bands_index", "bands", postgresql_using="gin"),
    Index("signatures_text_index", "text_sha256", postgresql_using="hash"),
    schema="core",
    comment="Grain: one row per signed version.",
)

similar_pairs = Table(
    "similar_pairs",
    metadata,
    reference(
        "left_version_id",
        VERSION,
        "The version with the lower id.",
        required=True,
        deletes="CASCADE",
        index=False,
    ),
    reference(
        "right_version_id", VERSION, "The version with the higher id.", required=True, deletes="CASCADE"
    ),
    string("relation", "exact: same folded text; near: verified on the texts.", required=True),
    ratio("similarity_ratio", "Share of shingles that both have, of those that either has.", required=True),
    string("verifier_version", "Version of the rules that verified it.", required=True),
    PrimaryKeyConstraint("left_version_id", "right_version_id"),
    choice("relation", ("exact", "near")),
    share("similarity_ratio"),
    CheckConstraint("left_version_id < right_version_id", name="order"),
    schema="core",
    comment="Grain: one row per verified pair of versions of two articles with nearly the same text.",
)

excerpts = Table(
    "excerpts",
    metadata,
    reference("version_id", VERSION, "The longer text.", required=True, deletes="CASCADE", index=False),
    reference(
        "excerpt_version_id", VERSION, "The text that it mostly contains.", required=True, deletes="CASCADE"
    ),
    ratio("contained_ratio", "Share of the excerpt's shingles that the longer text has.", required=True),
    string("verifier_version", "Version of the rules that verified it.", required=True),
    PrimaryKeyConstraint("version_id", "excerpt_version_id"),
    share("contained_ratio"),
    CheckConstraint("version_id <> excerpt_version_id", name="order"),
    schema="core",
    comment="Grain: one row per pair of versions where one text contains most of the other: a link, no membership.",
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
    ratio("similarity_ratio", "Similarity to the canonical member.", required=True),
    flag("is_canonical", "Whether it is the member shown for all."),
    flag("is_wire_copy", "Whether it repeats a text that another publisher wrote."),
    ForeignKeyConstraint(["article_id"], ["core.articles.article_id"], ondelete="CASCADE"),
    choice("relation", ("canonical", "exact", "near")),
    share("similarity_ratio"),
    Index("cluster_members_canonical_index", "cluster_id", unique=True, postgresql_where="is_canonical"),
    schema="core",
    comment="Grain: one row per article that belongs to a cluster.",
)
