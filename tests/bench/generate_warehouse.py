"""A warehouse full of invented articles, made in SQL: `fill(engine, articles=100_000)`.

Each article has one of 500 authors, a body of about 120 words and 20 mentions, both drawn by frequency, and two
events with two sides; one in ten is a wire copy. The articles are spread evenly over `days` up to `last_day`, in order.
"""

from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, Integer, bindparam, text

from warehouse.core.event_clusters import refresh_event_clusters
from warehouse.core.stale_events import mark_all_events_stale
from warehouse.day_counts import refresh_all_day_counts
from warehouse.raw.partitions import ensure_partitions

PUBLISHERS = 40
ENTITIES = 50_000
EVENT_TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
COUNTRIES = ["KAZ", "TUR", "RUS", "USA", "CHN", "GBR", "FRA", "DEU", "UKR", "POL", "IND", "PAK", "IRN", "IRQ", "SYR", "EGY", "ISR", "SAU", "JPN", "KOR", "BRA", "MEX", "ARG", "CAN", "AUS", "ZAF", "NGA", "KEN", "ETH", "NOR"]

# Words whose n-th comes about 1/n as often as the first, as in any text; `harbour` is in one article of a hundred.
_BODY = """
    SELECT string_agg('w' || floor(power(20000, u.x))::int, ' ')
    FROM (SELECT ('x' || substr(md5(n || ':' || k), 1, 8))::bit(32)::bigint / 4294967296::float8 AS x
          FROM generate_series(1, 120) k) u
"""
_PUBLISHED_DAY = """,
        (SELECT (published_at AT TIME ZONE 'UTC')::date FROM core.article_versions WHERE article_version_id = md5('v' || n)::uuid)
"""
_STATEMENTS = (
    """
    INSERT INTO core.publishers (publisher_id, publisher_code, name, language, is_active)
    SELECT md5('p' || n)::uuid, 'wire-' || n, 'Wire ' || n, 'en', true FROM generate_series(0, :publishers - 1) n
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO core.entities (entity_id, entity_key, name, kind, country_code, is_known)
    SELECT md5('e' || n)::uuid, 'e' || n, 'Entity Number ' || n,
        (ARRAY['person', 'organization', 'country', 'city'])[n % 4 + 1], (CAST(:countries AS text[]))[n % 30 + 1], n < 5000
    FROM generate_series(1, :entities) n ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO core.entity_aliases (entity_alias_id, entity_id, alias, script, source)
    SELECT md5('a' || n)::uuid, md5('e' || n)::uuid, 'Entity Number ' || n, 'Latn', 'name'
    FROM generate_series(1, :entities) n ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO raw.captures (capture_id, kind, publisher_id, path, fetched_at, outcome, content_sha256, content_month)
    SELECT md5('c' || n)::uuid, 'file', md5('p' || n % :publishers)::uuid, n || '.txt', :moment, 'content',
        sha256(n::text::bytea), date_trunc('month', CAST(:moment AS timestamptz))
    FROM generate_series(:first, :last) n
    """,
    """
    INSERT INTO core.articles (article_id, publisher_id, identity_kind, identity_key, external_id, first_seen_at,
        last_seen_at, current_version_id, pub_status)
    SELECT md5('x' || n)::uuid, md5('p' || n % :publishers)::uuid, 'external_id', n::text, n::text, :moment, :moment,
        md5('v' || n)::uuid, CASE WHEN n % 500 = 0 THEN 'canceled' ELSE 'usable' END
    FROM generate_series(:first, :last) n
    """,
    """
    INSERT INTO core.article_versions (article_version_id, article_id, capture_id, content_sha256, change_kind,
        valid_from, recorded_at, format, headline, dateline_place, dateline_country_code, body, language, published_at,
        published_at_source, published_at_precision, pub_status, parser_version)
    SELECT md5('v' || n)::uuid, md5('x' || n)::uuid, md5('c' || n)::uuid, sha256(n::text::bytea),
        CASE WHEN n % 200 = 1 THEN 'correction' ELSE 'initial' END, at, at, 'plain', 'Headline of article ' || n,
        'Harbour City', (CAST(:countries AS text[]))[n % 30 + 1],
        CASE WHEN n % 100 = 0 THEN 'harbour ' ELSE '' END || (BODY), 'en', at, 'wire', 'second',
        CASE WHEN n % 500 = 0 THEN 'canceled' ELSE 'usable' END, '1'
    FROM generate_series(:first, :last) n,
        LATERAL (SELECT CAST(:last_day AS date)::timestamp AT TIME ZONE 'UTC' - make_interval(secs =>
            86400 * :days * (1 - (n - :eldest) / CAST(:span AS float8)))) moments (at)
    """.replace("BODY", _BODY),
    """
    INSERT INTO core.version_authors (article_version_id, position, name)
    SELECT md5('v' || n)::uuid, 1, 'Author Number ' || n * 7 % 500 FROM generate_series(:first, :last) n
    """,
    """
    INSERT INTO core.clusters (cluster_id, canonical_article_id, origin_article_id, member_count, publisher_count,
        clusterer_version)
    SELECT md5('k' || n)::uuid, md5('x' || n)::uuid, md5('x' || n)::uuid, 2, 2, '1'
    FROM generate_series(:first, :last) n WHERE n % 10 = 1 AND n + 1 <= :last
    """,
    """
    INSERT INTO core.cluster_members (article_id, cluster_id, article_version_id, relation, similarity_ratio,
        is_canonical, is_wire_copy)
    SELECT md5('x' || n + d)::uuid, md5('k' || n)::uuid, md5('v' || n + d)::uuid,
        CASE d WHEN 0 THEN 'canonical' ELSE 'near' END, 0.9, d = 0, d = 1
    FROM generate_series(:first, :last) n, generate_series(0, 1) d WHERE n % 10 = 1 AND n + 1 <= :last
    """,
    """
    INSERT INTO core.mentions (mention_id, article_version_id, field, start_offset, end_offset, sentence_number,
        surface, kind, form, entity_id, confidence, annotator, annotator_version)
    SELECT md5('m' || n || ':' || k)::uuid, md5('v' || n)::uuid, 'body', k * 20, k * 20 + 8, k / 3, 'Entity ' || k,
        'person', 'name', md5('e' || least(:entities, ceil(power(:entities, u.x)))::int)::uuid, 0.9, 'rules', '1'
    FROM generate_series(:first, :last) n, generate_series(1, 20) k,
        LATERAL (SELECT ('x' || substr(md5(n || 'm' || k), 1, 8))::bit(32)::bigint / 4294967296::float8 AS x) u
    """,
    """
    INSERT INTO core.quotes (quote_id, article_version_id, field, start_offset, end_offset, quote_text, is_direct,
        verb, speaker_entity_id, confidence, annotator_version)
    SELECT md5('q' || n)::uuid, md5('v' || n)::uuid, 'body', 10, 40, 'We will see the end of it', true, 'said',
        md5('e' || ceil(power(:entities, u.x))::int)::uuid, 0.9, '1'
    FROM generate_series(:first, :last) n,
        LATERAL (SELECT ('x' || substr(md5(n || 'q'), 1, 8))::bit(32)::bigint / 4294967296::float8 AS x) u
    """,
    """
    INSERT INTO core.events (event_id, article_version_id, field, sentence_number, start_offset, end_offset,
        trigger_start_offset, trigger_end_offset, event_type, quad_class, goldstein, status, confidence, coder,
        coder_version PUBLISHED_DATE)
    SELECT md5('w' || n || ':' || k)::uuid, md5('v' || n)::uuid, 'body', k, 0, 100, 10, 20,
        (CAST(:event_types AS text[]))[t + 1], t / 4 + 1, 8 - t, 'actual', 0.8, 'frames', '1' PUBLISHED_DAY
    FROM generate_series(:first, :last) n, generate_series(1, 2) k,
        LATERAL (SELECT ('x' || substr(md5(n || 'w' || k), 1, 4))::bit(16)::int % 16 AS t) u
    """,
    """
    INSERT INTO core.event_participants (event_id, role, position, surface, country_code, sector)
    SELECT md5('w' || n || ':' || k)::uuid, r.role, 1, 'the government', (CAST(:countries AS text[]))[c % 30 + 1], 'GOV'
    FROM generate_series(:first, :last) n, generate_series(1, 2) k, (VALUES ('actor'), ('recipient')) r (role),
        LATERAL (SELECT ('x' || substr(md5(n || r.role || k), 1, 4))::bit(16)::int AS c) u
    """,
)


# Filling them costs most, and making them at the end a tenth of that.
_COSTLY_INDEXES = """
    SELECT indexdef FROM pg_indexes
    WHERE schemaname = 'core' AND tablename IN ('mentions', 'event_participants', 'events', 'quotes', 'article_versions')
        AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
CHUNK = 50_000


def fill(engine: Engine, *, articles: int, held: int = 0) -> None:
    """Bring a warehouse that holds the first `held` generated articles to `articles`, counts and events clustered."""
    with engine.begin() as connection:
        definitions = connection.scalars(text(_COSTLY_INDEXES)).all()
        for definition in definitions:
            connection.execute(text(f"DROP INDEX core.{definition.split()[2 if definition.startswith('CREATE INDEX') else 3]}"))
    for first in range(held + 1, articles + 1, CHUNK):
        with engine.begin() as connection:
            generate(connection, articles=min(CHUNK, articles + 1 - first), first=first, eldest=held + 1, span=articles - held)
    with engine.begin() as connection:
        for definition in definitions:
            connection.exec_driver_sql(definition)
    with engine.begin() as connection:
        mark_all_events_stale(connection)
    while True:
        with engine.begin() as connection:
            if not refresh_event_clusters(connection):
                break
    with engine.begin() as connection:
        refresh_all_day_counts(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def generate(
    connection: Connection, *, articles: int, first: int = 1, days: int = 365, last_day: date = date(2024, 6, 1),
    entities: int = ENTITIES, eldest: int | None = None, span: int | None = None,
) -> None:
    """Insert articles number `first` to `first + articles - 1`, checked by every constraint but foreign keys.

    They come in the order of their times, as from a wire; where they are a part of `span` articles, that begin with
    number `eldest`, they take their part of the days.
    """
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(text("SET LOCAL synchronous_commit = off"))
    ensure_partitions(connection, [date(2024, 6, 1)])
    parameters = {
        "publishers": PUBLISHERS,
        "entities": entities,
        "countries": COUNTRIES,
        "event_types": EVENT_TYPES,
        "moment": datetime(2024, 6, 1, tzinfo=UTC),
        "last_day": last_day,
        "days": days,
        "first": first,
        "eldest": first if eldest is None else eldest,
        "span": articles if span is None else span,
        "last": first + articles - 1,
    }
    # The migrations' test fills a warehouse of the first release, which has no such column.
    is_dated = connection.scalar(text("SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'core.events'::regclass AND attname = 'published_date')"))
    for statement in _STATEMENTS:
        statement = statement.replace(" PUBLISHED_DATE", ", published_date" if is_dated else "")
        statement = statement.replace(" PUBLISHED_DAY", _PUBLISHED_DAY if is_dated else "")
        needed = {name: value for name, value in parameters.items() if f":{name}" in statement}
        # A number without a type could be any of PostgreSQL's.
        numbers = [bindparam(name, type_=Integer) for name, value in needed.items() if isinstance(value, int)]
        connection.execute(text(statement).bindparams(*numbers), needed)
