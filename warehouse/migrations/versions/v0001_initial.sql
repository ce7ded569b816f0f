-- The first schema: raw, core, ops and an empty mart. Extensions: those of PostgreSQL itself, all trusted.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA raw;
CREATE SCHEMA core;
CREATE SCHEMA ops;
CREATE SCHEMA mart;
COMMENT ON SCHEMA raw IS 'What came in, as it came: feed items, captures and their bytes.';
COMMENT ON SCHEMA core IS 'What it says: articles with their versions, duplicates, entities and events.';
COMMENT ON SCHEMA ops IS 'How it went: work to do, runs, windows, rejections, quarantine, politeness, judgements.';
COMMENT ON SCHEMA mart IS 'What analysts see: stable, documented views. Everything else may change without notice.';

-- ----------------------------------------------------------------------
-- Full-text search: one configuration per language that PostgreSQL can stem, all blind to accents.
CREATE TEXT SEARCH CONFIGURATION core.words (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION core.words ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
COMMENT ON TEXT SEARCH CONFIGURATION core.words IS 'Words as they are, without accents: for languages that have no stemmer.';
CREATE TEXT SEARCH CONFIGURATION core.words_ar (COPY = pg_catalog.arabic);
ALTER TEXT SEARCH CONFIGURATION core.words_ar ALTER MAPPING FOR hword, hword_part, word WITH unaccent, arabic_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_ar IS 'Stemmed Arabic words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_de (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION core.words_de ALTER MAPPING FOR hword, hword_part, word WITH unaccent, german_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_de IS 'Stemmed German words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_en (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION core.words_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_en IS 'Stemmed English words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_es (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION core.words_es ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_es IS 'Stemmed Spanish words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_fr (COPY = pg_catalog.french);
ALTER TEXT SEARCH CONFIGURATION core.words_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_fr IS 'Stemmed French words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_it (COPY = pg_catalog.italian);
ALTER TEXT SEARCH CONFIGURATION core.words_it ALTER MAPPING FOR hword, hword_part, word WITH unaccent, italian_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_it IS 'Stemmed Italian words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_nl (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION core.words_nl ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_nl IS 'Stemmed Dutch words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_pt (COPY = pg_catalog.portuguese);
ALTER TEXT SEARCH CONFIGURATION core.words_pt ALTER MAPPING FOR hword, hword_part, word WITH unaccent, portuguese_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_pt IS 'Stemmed Portuguese words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_ru (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION core.words_ru ALTER MAPPING FOR hword, hword_part, word WITH unaccent, russian_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_ru IS 'Stemmed Russian words, without accents.';
CREATE TEXT SEARCH CONFIGURATION core.words_tr (COPY = pg_catalog.turkish);
ALTER TEXT SEARCH CONFIGURATION core.words_tr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, turkish_stem;
COMMENT ON TEXT SEARCH CONFIGURATION core.words_tr IS 'Stemmed Turkish words, without accents.';

CREATE FUNCTION core.search_configuration(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE language
    WHEN 'ar' THEN 'core.words_ar'::regconfig
    WHEN 'de' THEN 'core.words_de'::regconfig
    WHEN 'en' THEN 'core.words_en'::regconfig
    WHEN 'es' THEN 'core.words_es'::regconfig
    WHEN 'fr' THEN 'core.words_fr'::regconfig
    WHEN 'it' THEN 'core.words_it'::regconfig
    WHEN 'nl' THEN 'core.words_nl'::regconfig
    WHEN 'pt' THEN 'core.words_pt'::regconfig
    WHEN 'ru' THEN 'core.words_ru'::regconfig
    WHEN 'tr' THEN 'core.words_tr'::regconfig
    ELSE 'core.words'::regconfig
END;
COMMENT ON FUNCTION core.search_configuration IS 'The text search configuration of a language (ISO 639-1).';

-- A tsvector may hold 1 MiB: of a longer text the first 150,000 characters are searched.
CREATE FUNCTION core.search_vector(language text, headline text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(core.search_configuration(language), coalesce(left(headline, 10000), '')), 'A')
    || to_tsvector(core.search_configuration(language), left(body, 150000));
COMMENT ON FUNCTION core.search_vector IS 'What full-text search looks through: headline (weight A) and body.';

-- The dictionary is named, so that the answer depends on nothing but the text.
CREATE FUNCTION core.folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, name));
COMMENT ON FUNCTION core.folded IS 'A name in lower case and without accents, for look-up.';


-- ----------------------------------------------------------------------
-- core.subjects
CREATE TABLE core.subjects (
    subject_id UUID NOT NULL,
    scheme TEXT NOT NULL,
    code TEXT,
    name TEXT,
    CONSTRAINT subjects_pk PRIMARY KEY (subject_id),
    CONSTRAINT subjects_content_check CHECK (code IS NOT NULL OR name IS NOT NULL)
);
CREATE INDEX subjects_code_index ON core.subjects USING hash (code);
COMMENT ON TABLE core.subjects IS 'Grain: one row per subject of a vocabulary that a document was filed under.';
COMMENT ON COLUMN core.subjects.subject_id IS 'Derived from scheme, code and name.';
COMMENT ON COLUMN core.subjects.scheme IS 'Vocabulary: medtop, subj, anpa, keyword ...';
COMMENT ON COLUMN core.subjects.code IS 'Code in that vocabulary, where it has codes.';
COMMENT ON COLUMN core.subjects.name IS 'Name in words, where given.';

-- ----------------------------------------------------------------------
-- core.signatures
CREATE TABLE core.signatures (
    text_id UUID NOT NULL,
    word_count INTEGER NOT NULL,
    bands BIGINT[] NOT NULL,
    anchors BIGINT[] NOT NULL,
    signer_version TEXT NOT NULL,
    CONSTRAINT signatures_pk PRIMARY KEY (text_id)
);
CREATE INDEX signatures_anchors_index ON core.signatures USING gin (anchors) WITH (fastupdate = off);
CREATE INDEX signatures_bands_index ON core.signatures USING gin (bands) WITH (fastupdate = off);
COMMENT ON TABLE core.signatures IS 'Grain: one row per distinct text that was signed, however many articles have it.';
COMMENT ON COLUMN core.signatures.text_id IS 'Derived from the hash of the folded text: articles with the same words have the same text.';
COMMENT ON COLUMN core.signatures.word_count IS 'Words of the text.';
COMMENT ON COLUMN core.signatures.bands IS 'One MinHash band per element: a near-duplicate shares at least one.';
COMMENT ON COLUMN core.signatures.anchors IS 'Shingles chosen by their hash: an excerpt shares most of its own.';
COMMENT ON COLUMN core.signatures.signer_version IS 'Version of shingling and hashing that derived the row.';

-- ----------------------------------------------------------------------
-- core.entities
CREATE TABLE core.entities (
    entity_id UUID NOT NULL,
    entity_key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country_code TEXT,
    sector TEXT,
    wikidata_id TEXT,
    geonames_id BIGINT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    is_known BOOLEAN DEFAULT 'false' NOT NULL,
    merged_into_id UUID,
    resolved_id UUID GENERATED ALWAYS AS (coalesce(merged_into_id, entity_id)) STORED,
    CONSTRAINT entities_pk PRIMARY KEY (entity_id),
    CONSTRAINT entities_kind_check CHECK (kind IN ('person', 'organization', 'country', 'city', 'region', 'facility', 'place', 'other')),
    CONSTRAINT entities_country_code_check CHECK (country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT entities_wikidata_id_check CHECK (wikidata_id ~ '^Q[1-9][0-9]*$'),
    CONSTRAINT entities_latitude_check CHECK (latitude BETWEEN -90 AND 90),
    CONSTRAINT entities_longitude_check CHECK (longitude BETWEEN -180 AND 180),
    CONSTRAINT entities_merged_into_id_check CHECK (merged_into_id <> entity_id),
    CONSTRAINT entities_merged_into_id_fk FOREIGN KEY(merged_into_id) REFERENCES core.entities (entity_id)
);
CREATE INDEX entities_geonames_id_index ON core.entities (geonames_id);
CREATE UNIQUE INDEX entities_key_index ON core.entities (md5(entity_key));
CREATE INDEX entities_kind_country_index ON core.entities (kind, country_code);
CREATE INDEX entities_merged_into_id_index ON core.entities (merged_into_id);
CREATE INDEX entities_name_index ON core.entities USING gin (name gin_trgm_ops);
CREATE INDEX entities_resolved_index ON core.entities (resolved_id);
CREATE INDEX entities_wikidata_id_index ON core.entities (wikidata_id);
COMMENT ON TABLE core.entities IS 'Grain: one row per person, organization or place that texts name.';
COMMENT ON COLUMN core.entities.entity_id IS 'Derived from entity_key.';
COMMENT ON COLUMN core.entities.entity_key IS 'Natural key: the identifier of a reference table, else kind, name and country.';
COMMENT ON COLUMN core.entities.name IS 'Preferred name in English, else the fullest name seen.';
COMMENT ON COLUMN core.entities.kind IS 'person, organization, country, city, region, facility, place or other.';
COMMENT ON COLUMN core.entities.country_code IS 'Country it belongs to, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.entities.sector IS 'PLOVER sector of the actor: GOV, MIL, OPP ...';
COMMENT ON COLUMN core.entities.wikidata_id IS 'Wikidata item.';
COMMENT ON COLUMN core.entities.geonames_id IS 'GeoNames id.';
COMMENT ON COLUMN core.entities.latitude IS 'Degrees north, WGS 84.';
COMMENT ON COLUMN core.entities.longitude IS 'Degrees east, WGS 84.';
COMMENT ON COLUMN core.entities.is_known IS 'Whether a reference table has it; false: found in texts.';
COMMENT ON COLUMN core.entities.merged_into_id IS 'The entity that it was found to be the same as.';
COMMENT ON COLUMN core.entities.resolved_id IS 'The entity to count it as: the one it was merged into, else itself.';

-- ----------------------------------------------------------------------
-- core.event_clusters
CREATE TABLE core.event_clusters (
    event_cluster_id UUID NOT NULL,
    event_type TEXT NOT NULL,
    event_date DATE,
    clusterer_version TEXT NOT NULL,
    CONSTRAINT event_clusters_pk PRIMARY KEY (event_cluster_id)
);
CREATE INDEX event_clusters_type_index ON core.event_clusters (event_type, event_date);
COMMENT ON TABLE core.event_clusters IS 'Grain: one row per event of the world that one or more articles state.';
COMMENT ON COLUMN core.event_clusters.event_cluster_id IS 'Derived from the event that opens it.';
COMMENT ON COLUMN core.event_clusters.event_type IS 'PLOVER type that the members share.';
COMMENT ON COLUMN core.event_clusters.event_date IS 'Day that the members agree on.';
COMMENT ON COLUMN core.event_clusters.clusterer_version IS 'Version of the rules that joined them.';

-- ----------------------------------------------------------------------
-- core.publishers
CREATE TABLE core.publishers (
    publisher_id UUID NOT NULL,
    publisher_code TEXT NOT NULL,
    name TEXT NOT NULL,
    country_code TEXT,
    language TEXT,
    time_zone TEXT,
    agency TEXT,
    is_active BOOLEAN DEFAULT 'false' NOT NULL,
    is_full_text_shown BOOLEAN DEFAULT 'true' NOT NULL,
    retention_days INTEGER,
    expected_daily_minimum DOUBLE PRECISION,
    expected_daily_maximum DOUBLE PRECISION,
    CONSTRAINT publishers_pk PRIMARY KEY (publisher_id),
    CONSTRAINT publishers_publisher_code_key UNIQUE (publisher_code),
    CONSTRAINT publishers_publisher_code_check CHECK (publisher_code ~ '^[a-z0-9][a-z0-9_-]*$'),
    CONSTRAINT publishers_country_code_check CHECK (country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT publishers_retention_days_check CHECK (retention_days > 0)
);
COMMENT ON TABLE core.publishers IS 'Grain: one row per publisher that documents were read from.';
COMMENT ON COLUMN core.publishers.publisher_id IS 'Derived from publisher_code.';
COMMENT ON COLUMN core.publishers.publisher_code IS 'Short stable name, that of the file under seeds/publishers.';
COMMENT ON COLUMN core.publishers.name IS 'Name as the publisher writes it.';
COMMENT ON COLUMN core.publishers.country_code IS 'Country of the publisher, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.publishers.language IS 'Main language, ISO 639-1.';
COMMENT ON COLUMN core.publishers.time_zone IS 'IANA zone assumed where a document prints none.';
COMMENT ON COLUMN core.publishers.agency IS 'The wire agency that the publisher is, as its datelines print it; null for others.';
COMMENT ON COLUMN core.publishers.is_active IS 'Whether scheduled runs read it.';
COMMENT ON COLUMN core.publishers.is_full_text_shown IS 'Whether mart views may show bodies; false where the licence forbids it.';
COMMENT ON COLUMN core.publishers.retention_days IS 'Days that captures and texts are kept; null keeps them.';
COMMENT ON COLUMN core.publishers.expected_daily_minimum IS 'Articles a day below which the publisher counts as silent; null expects nothing.';
COMMENT ON COLUMN core.publishers.expected_daily_maximum IS 'Articles a day above which something is wrong; null expects nothing.';

-- ----------------------------------------------------------------------
-- ops.work
CREATE TABLE ops.work (
    stage TEXT NOT NULL,
    subject_id UUID NOT NULL,
    stage_version TEXT NOT NULL,
    input_sha256 BYTEA,
    state TEXT DEFAULT 'pending' NOT NULL,
    priority INTEGER DEFAULT '0' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    worker TEXT,
    lease_until TIMESTAMP WITH TIME ZONE,
    fence BIGINT DEFAULT '0' NOT NULL,
    outcome TEXT,
    reason TEXT,
    run_id UUID,
    enqueued_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT work_pk PRIMARY KEY (stage, subject_id),
    CONSTRAINT work_state_check CHECK (state IN ('pending', 'claimed', 'done', 'quarantined')),
    CONSTRAINT work_lease_check CHECK ((state = 'claimed') = (lease_until IS NOT NULL))
)
 WITH (fillfactor = 80);
CREATE INDEX work_lease_index ON ops.work (lease_until) WHERE state = 'claimed';
CREATE INDEX work_pending_index ON ops.work (stage, priority, enqueued_at, subject_id) WHERE state = 'pending';
CREATE INDEX work_subject_index ON ops.work (subject_id);
COMMENT ON TABLE ops.work IS 'Grain: one row per stage and subject: the ledger of what is to do and what is done.';
COMMENT ON COLUMN ops.work.stage IS 'extract, sign, cluster, annotate ...';
COMMENT ON COLUMN ops.work.subject_id IS 'The capture or version to work on.';
COMMENT ON COLUMN ops.work.stage_version IS 'Version of the stage that the row asks for or was done with.';
COMMENT ON COLUMN ops.work.input_sha256 IS 'Hash of the input, where the stage depends on more than the subject.';
COMMENT ON COLUMN ops.work.state IS 'pending, claimed, done or quarantined.';
COMMENT ON COLUMN ops.work.priority IS 'Lower goes first: 0 scheduled, 10 backfill, 20 replay.';
COMMENT ON COLUMN ops.work.attempts IS 'Claims so far that did not settle.';
COMMENT ON COLUMN ops.work.worker IS 'Who holds the claim.';
COMMENT ON COLUMN ops.work.lease_until IS 'When the claim lapses.';
COMMENT ON COLUMN ops.work.fence IS 'Counts the claims: only the newest claim may settle.';
COMMENT ON COLUMN ops.work.outcome IS 'What came of it: new, changed, unchanged, rejected, item ...';
COMMENT ON COLUMN ops.work.reason IS 'Why the last attempt failed.';
COMMENT ON COLUMN ops.work.run_id IS 'The run that settled it.';
COMMENT ON COLUMN ops.work.enqueued_at IS 'When it became pending.';
COMMENT ON COLUMN ops.work.settled_at IS 'When it was settled.';

-- ----------------------------------------------------------------------
-- ops.runs
CREATE TABLE ops.runs (
    run_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT DEFAULT 'running' NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    heartbeat_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    worker TEXT NOT NULL,
    code_version TEXT NOT NULL,
    flow_run_id TEXT,
    parameters JSONB DEFAULT '{}' NOT NULL,
    is_published BOOLEAN DEFAULT 'false' NOT NULL,
    detail TEXT,
    CONSTRAINT runs_pk PRIMARY KEY (run_id),
    CONSTRAINT runs_state_check CHECK (state IN ('running', 'succeeded', 'failed', 'canceled', 'crashed')),
    CONSTRAINT runs_end_check CHECK ((state = 'running') = (finished_at IS NULL))
);
CREATE INDEX runs_started_at_index ON ops.runs (started_at);
COMMENT ON TABLE ops.runs IS 'Grain: one row per run of a flow or command that loads.';
COMMENT ON COLUMN ops.runs.run_id IS 'Random.';
COMMENT ON COLUMN ops.runs.kind IS 'What ran: run, ingest, backfill, replay, report ...';
COMMENT ON COLUMN ops.runs.state IS 'running, succeeded, failed, canceled or crashed.';
COMMENT ON COLUMN ops.runs.started_at IS 'When it began.';
COMMENT ON COLUMN ops.runs.heartbeat_at IS 'When it last said that it lives.';
COMMENT ON COLUMN ops.runs.finished_at IS 'When it ended.';
COMMENT ON COLUMN ops.runs.worker IS 'Host and process.';
COMMENT ON COLUMN ops.runs.code_version IS 'Version of Dateline.';
COMMENT ON COLUMN ops.runs.flow_run_id IS 'Prefect''s id of the flow run; null without Prefect.';
COMMENT ON COLUMN ops.runs.parameters IS 'What it was asked to do.';
COMMENT ON COLUMN ops.runs.is_published IS 'Whether its checks let it be published.';
COMMENT ON COLUMN ops.runs.detail IS 'Why it failed, for a person.';

-- ----------------------------------------------------------------------
-- ops.workers
CREATE TABLE ops.workers (
    worker TEXT NOT NULL,
    host TEXT NOT NULL,
    process_id INTEGER NOT NULL,
    stage TEXT,
    run_id UUID,
    code_version TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    heartbeat_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    stopped_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT workers_pk PRIMARY KEY (worker)
);
COMMENT ON TABLE ops.workers IS 'Grain: one row per process that claims work.';
COMMENT ON COLUMN ops.workers.worker IS 'Host, process and start: unique.';
COMMENT ON COLUMN ops.workers.host IS 'Host name.';
COMMENT ON COLUMN ops.workers.process_id IS 'Process id on that host.';
COMMENT ON COLUMN ops.workers.stage IS 'What it works on; null: everything.';
COMMENT ON COLUMN ops.workers.run_id IS 'The run that it works for.';
COMMENT ON COLUMN ops.workers.code_version IS 'Version of Dateline.';
COMMENT ON COLUMN ops.workers.started_at IS 'When it began.';
COMMENT ON COLUMN ops.workers.heartbeat_at IS 'When it last said that it lives.';
COMMENT ON COLUMN ops.workers.stopped_at IS 'When it ended by itself or was found dead.';

-- ----------------------------------------------------------------------
-- ops.hosts
CREATE TABLE ops.hosts (
    host TEXT NOT NULL,
    interval_milliseconds INTEGER DEFAULT '5000' NOT NULL,
    next_request_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    retry_after TIMESTAMP WITH TIME ZONE,
    holder TEXT,
    lease_until TIMESTAMP WITH TIME ZONE,
    fence BIGINT DEFAULT '0' NOT NULL,
    failure_count INTEGER DEFAULT '0' NOT NULL,
    status_code INTEGER,
    requested_at TIMESTAMP WITH TIME ZONE,
    request_count BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT hosts_pk PRIMARY KEY (host)
);
COMMENT ON TABLE ops.hosts IS 'Grain: one row per host that was asked: politeness shared by all processes.';
COMMENT ON COLUMN ops.hosts.host IS 'Host name, in lower case, with the port if not the usual one.';
COMMENT ON COLUMN ops.hosts.interval_milliseconds IS 'Pause between two requests.';
COMMENT ON COLUMN ops.hosts.next_request_at IS 'Not to be asked before.';
COMMENT ON COLUMN ops.hosts.retry_after IS 'The host itself asked to be left alone until then.';
COMMENT ON COLUMN ops.hosts.holder IS 'The process whose request is under way.';
COMMENT ON COLUMN ops.hosts.lease_until IS 'When that process is taken for dead.';
COMMENT ON COLUMN ops.hosts.fence IS 'Counts the holders.';
COMMENT ON COLUMN ops.hosts.failure_count IS 'Failures since the last answer.';
COMMENT ON COLUMN ops.hosts.status_code IS 'Last HTTP status.';
COMMENT ON COLUMN ops.hosts.requested_at IS 'Last request.';
COMMENT ON COLUMN ops.hosts.request_count IS 'Requests ever.';

-- ----------------------------------------------------------------------
-- ops.robots
CREATE TABLE ops.robots (
    origin TEXT NOT NULL,
    outcome TEXT NOT NULL,
    status_code INTEGER,
    body TEXT,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT robots_pk PRIMARY KEY (origin)
);
COMMENT ON TABLE ops.robots IS 'Grain: one row per origin with its robots.txt.';
COMMENT ON COLUMN ops.robots.origin IS 'Scheme, host and port.';
COMMENT ON COLUMN ops.robots.outcome IS 'content, absent (4xx: all is allowed) or unreachable (5xx: nothing is).';
COMMENT ON COLUMN ops.robots.status_code IS 'HTTP status, null where there was no answer.';
COMMENT ON COLUMN ops.robots.body IS 'The rules, cut at the size that RFC 9309 asks for.';
COMMENT ON COLUMN ops.robots.fetched_at IS 'When.';
COMMENT ON COLUMN ops.robots.expires_at IS 'To be asked again after.';

-- ----------------------------------------------------------------------
-- ops.judgements
CREATE TABLE ops.judgements (
    judgement_id UUID NOT NULL,
    kind TEXT NOT NULL,
    left_id UUID NOT NULL,
    right_id UUID,
    reason TEXT,
    judge TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT judgements_pk PRIMARY KEY (judgement_id),
    CONSTRAINT judgements_kind_check CHECK (kind IN ('cluster_join', 'cluster_split', 'entity_merge', 'entity_split', 'mention_link'))
);
CREATE INDEX judgements_left_index ON ops.judgements (left_id, kind);
CREATE INDEX judgements_right_index ON ops.judgements (right_id, kind);
COMMENT ON TABLE ops.judgements IS 'Grain: one row per judgement of a person, which no rule overrides.';
COMMENT ON COLUMN ops.judgements.judgement_id IS 'Derived from kind, both sides and made_at.';
COMMENT ON COLUMN ops.judgements.kind IS 'cluster_join, cluster_split, entity_merge, entity_split, mention_link.';
COMMENT ON COLUMN ops.judgements.left_id IS 'One side: an article, entity or mention.';
COMMENT ON COLUMN ops.judgements.right_id IS 'The other side; null: of everything.';
COMMENT ON COLUMN ops.judgements.reason IS 'Why, in the words of who judged.';
COMMENT ON COLUMN ops.judgements.judge IS 'Who judged.';
COMMENT ON COLUMN ops.judgements.made_at IS 'When.';
COMMENT ON COLUMN ops.judgements.revoked_at IS 'When it was taken back; null: it stands.';

-- ----------------------------------------------------------------------
-- ops.tombstones
CREATE TABLE ops.tombstones (
    tombstone_id UUID NOT NULL,
    kind TEXT NOT NULL,
    target_sha256 BYTEA NOT NULL,
    article_id UUID,
    reason TEXT NOT NULL,
    requested_by TEXT,
    forgotten_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT tombstones_pk PRIMARY KEY (tombstone_id),
    CONSTRAINT tombstones_kind_target_sha256_key UNIQUE (kind, target_sha256),
    CONSTRAINT tombstones_kind_check CHECK (kind IN ('url', 'article', 'content')),
    CONSTRAINT tombstones_target_sha256_check CHECK (octet_length(target_sha256) = 32)
);
COMMENT ON TABLE ops.tombstones IS 'Grain: one row per address, article or content that was taken down and stays down.';
COMMENT ON COLUMN ops.tombstones.tombstone_id IS 'Derived from kind and target_sha256.';
COMMENT ON COLUMN ops.tombstones.kind IS 'What stays down: url, article or content.';
COMMENT ON COLUMN ops.tombstones.target_sha256 IS 'Hash of the address, of the article''s key or of the bytes: nothing of it is kept.';
COMMENT ON COLUMN ops.tombstones.article_id IS 'The id that it had.';
COMMENT ON COLUMN ops.tombstones.reason IS 'Why it was taken down.';
COMMENT ON COLUMN ops.tombstones.requested_by IS 'Who asked.';
COMMENT ON COLUMN ops.tombstones.forgotten_at IS 'When.';

-- ----------------------------------------------------------------------
-- ops.mart_files
CREATE TABLE ops.mart_files (
    file_name TEXT NOT NULL,
    content_sha256 BYTEA NOT NULL,
    applied_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT mart_files_pk PRIMARY KEY (file_name),
    CONSTRAINT mart_files_content_sha256_check CHECK (octet_length(content_sha256) = 32)
);
COMMENT ON TABLE ops.mart_files IS 'Grain: one row per file of the mart, as the migration last applied it.';
COMMENT ON COLUMN ops.mart_files.file_name IS 'Name of the file under warehouse/mart.';
COMMENT ON COLUMN ops.mart_files.content_sha256 IS 'Hash of the file as it was applied.';
COMMENT ON COLUMN ops.mart_files.applied_at IS 'When.';

-- ----------------------------------------------------------------------
-- raw.contents
CREATE TABLE raw.contents (
    content_month DATE NOT NULL,
    content_sha256 BYTEA NOT NULL,
    coding TEXT NOT NULL,
    byte_count BIGINT NOT NULL,
    content BYTEA NOT NULL,
    CONSTRAINT contents_pk PRIMARY KEY (content_month, content_sha256),
    CONSTRAINT contents_coding_check CHECK (coding IN ('zstd', 'identity')),
    CONSTRAINT contents_content_sha256_check CHECK (octet_length(content_sha256) = 32)
)
 PARTITION BY RANGE (content_month);
COMMENT ON TABLE raw.contents IS 'Grain: one row per distinct content and month. Partitioned by month; nothing references it.';
COMMENT ON COLUMN raw.contents.content_month IS 'First day of the month of capture: the partition.';
COMMENT ON COLUMN raw.contents.content_sha256 IS 'Hash of the bytes before compression.';
COMMENT ON COLUMN raw.contents.coding IS 'How `content` is compressed: zstd, or identity where that does not pay.';
COMMENT ON COLUMN raw.contents.byte_count IS 'Bytes before compression.';
COMMENT ON COLUMN raw.contents.content IS 'The bytes, compressed as `coding` says.';

-- ----------------------------------------------------------------------
-- core.articles
CREATE TABLE core.articles (
    article_id UUID NOT NULL,
    publisher_id UUID NOT NULL,
    identity_kind TEXT NOT NULL,
    identity_key TEXT NOT NULL,
    external_id TEXT,
    canonical_url TEXT,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    current_version_id UUID,
    pub_status TEXT DEFAULT 'usable' NOT NULL,
    CONSTRAINT articles_pk PRIMARY KEY (article_id),
    CONSTRAINT articles_identity_kind_check CHECK (identity_kind IN ('external_id', 'canonical_url', 'text')),
    CONSTRAINT articles_pub_status_check CHECK (pub_status IN ('usable', 'withheld', 'canceled')),
    CONSTRAINT articles_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id),
    CONSTRAINT articles_current_version_id_key UNIQUE (current_version_id)
);
CREATE INDEX articles_canonical_url_index ON core.articles USING hash (canonical_url);
CREATE INDEX articles_external_id_index ON core.articles USING hash (external_id);
CREATE UNIQUE INDEX articles_identity_index ON core.articles (publisher_id, identity_kind, md5(identity_key));
CREATE INDEX articles_seen_index ON core.articles (publisher_id, last_seen_at);
COMMENT ON TABLE core.articles IS 'Grain: one row per article of a publisher, however often it was changed.';
COMMENT ON COLUMN core.articles.article_id IS 'Derived from publisher, identity_kind and identity_key.';
COMMENT ON COLUMN core.articles.publisher_id IS 'Who published it.';
COMMENT ON COLUMN core.articles.identity_kind IS 'What identifies it: external_id, canonical_url or text.';
COMMENT ON COLUMN core.articles.identity_key IS 'The agency''s own id, the canonical address, or the hash of the folded text.';
COMMENT ON COLUMN core.articles.external_id IS 'The agency''s own id, where it has one.';
COMMENT ON COLUMN core.articles.canonical_url IS 'The canonical address, where it has one.';
COMMENT ON COLUMN core.articles.first_seen_at IS 'Earliest capture.';
COMMENT ON COLUMN core.articles.last_seen_at IS 'Latest capture that showed it.';
COMMENT ON COLUMN core.articles.current_version_id IS 'The latest version by the wire''s clock.';
COMMENT ON COLUMN core.articles.pub_status IS 'Status of the current version; canceled is a kill.';

-- ----------------------------------------------------------------------
-- core.similar_texts
CREATE TABLE core.similar_texts (
    left_text_id UUID NOT NULL,
    right_text_id UUID NOT NULL,
    similarity_ratio DOUBLE PRECISION NOT NULL,
    differs_in_figures BOOLEAN DEFAULT 'false' NOT NULL,
    has_like_opening BOOLEAN DEFAULT 'false' NOT NULL,
    verifier_version TEXT NOT NULL,
    CONSTRAINT similar_texts_pk PRIMARY KEY (left_text_id, right_text_id),
    CONSTRAINT similar_texts_similarity_ratio_check CHECK (similarity_ratio BETWEEN 0 AND 1),
    CONSTRAINT similar_texts_order_check CHECK (left_text_id < right_text_id),
    CONSTRAINT similar_texts_left_text_id_fk FOREIGN KEY(left_text_id) REFERENCES core.signatures (text_id) ON DELETE CASCADE,
    CONSTRAINT similar_texts_right_text_id_fk FOREIGN KEY(right_text_id) REFERENCES core.signatures (text_id) ON DELETE CASCADE
);
CREATE INDEX similar_texts_right_text_id_index ON core.similar_texts (right_text_id);
COMMENT ON TABLE core.similar_texts IS 'Grain: one row per pair of texts that are nearly the same, verified word by word.';
COMMENT ON COLUMN core.similar_texts.left_text_id IS 'The text with the lower id.';
COMMENT ON COLUMN core.similar_texts.right_text_id IS 'The text with the higher id.';
COMMENT ON COLUMN core.similar_texts.similarity_ratio IS 'Share of shingles that both have, of those that either has.';
COMMENT ON COLUMN core.similar_texts.differs_in_figures IS 'Whether not all their numbers are the same: perhaps the same table of another day.';
COMMENT ON COLUMN core.similar_texts.has_like_opening IS 'Whether the opening of one is in the other: more than boilerplate is alike.';
COMMENT ON COLUMN core.similar_texts.verifier_version IS 'Version of the rules that verified it.';

-- ----------------------------------------------------------------------
-- core.excerpts
CREATE TABLE core.excerpts (
    text_id UUID NOT NULL,
    excerpt_text_id UUID NOT NULL,
    contained_ratio DOUBLE PRECISION NOT NULL,
    verifier_version TEXT NOT NULL,
    CONSTRAINT excerpts_pk PRIMARY KEY (text_id, excerpt_text_id),
    CONSTRAINT excerpts_contained_ratio_check CHECK (contained_ratio BETWEEN 0 AND 1),
    CONSTRAINT excerpts_order_check CHECK (text_id <> excerpt_text_id),
    CONSTRAINT excerpts_text_id_fk FOREIGN KEY(text_id) REFERENCES core.signatures (text_id) ON DELETE CASCADE,
    CONSTRAINT excerpts_excerpt_text_id_fk FOREIGN KEY(excerpt_text_id) REFERENCES core.signatures (text_id) ON DELETE CASCADE
);
CREATE INDEX excerpts_excerpt_text_id_index ON core.excerpts (excerpt_text_id);
COMMENT ON TABLE core.excerpts IS 'Grain: one row per pair of texts of which one contains most of the other: a link, no membership.';
COMMENT ON COLUMN core.excerpts.text_id IS 'The longer text.';
COMMENT ON COLUMN core.excerpts.excerpt_text_id IS 'The text that it mostly contains.';
COMMENT ON COLUMN core.excerpts.contained_ratio IS 'Share of the excerpt''s shingles that the longer text has.';
COMMENT ON COLUMN core.excerpts.verifier_version IS 'Version of the rules that verified it.';

-- ----------------------------------------------------------------------
-- core.entity_aliases
CREATE TABLE core.entity_aliases (
    entity_alias_id UUID NOT NULL,
    entity_id UUID NOT NULL,
    alias TEXT NOT NULL,
    alias_folded TEXT GENERATED ALWAYS AS (core.folded(alias)) STORED,
    script TEXT,
    language TEXT,
    valid_from DATE,
    valid_until DATE,
    source TEXT NOT NULL,
    CONSTRAINT entity_aliases_pk PRIMARY KEY (entity_alias_id),
    CONSTRAINT entity_aliases_validity_check CHECK (valid_until > valid_from),
    CONSTRAINT entity_aliases_entity_id_fk FOREIGN KEY(entity_id) REFERENCES core.entities (entity_id) ON DELETE CASCADE
);
CREATE INDEX entity_aliases_alias_folded_index ON core.entity_aliases USING hash (alias_folded);
CREATE INDEX entity_aliases_alias_folded_trigram_index ON core.entity_aliases USING gin (alias_folded gin_trgm_ops);
CREATE UNIQUE INDEX entity_aliases_alias_index ON core.entity_aliases (entity_id, md5(alias), language, valid_from) NULLS NOT DISTINCT;
CREATE INDEX entity_aliases_entity_id_index ON core.entity_aliases (entity_id);
COMMENT ON TABLE core.entity_aliases IS 'Grain: one row per name of an entity, in one language and stretch of time.';
COMMENT ON COLUMN core.entity_aliases.entity_alias_id IS 'Derived from entity, alias, language and valid_from.';
COMMENT ON COLUMN core.entity_aliases.entity_id IS 'Who is called so.';
COMMENT ON COLUMN core.entity_aliases.alias IS 'The name as written.';
COMMENT ON COLUMN core.entity_aliases.alias_folded IS 'The name in lower case without accents, for look-up.';
COMMENT ON COLUMN core.entity_aliases.script IS 'ISO 15924 code of its script: Latn, Cyrl, Arab ...';
COMMENT ON COLUMN core.entity_aliases.language IS 'ISO 639-1 code, where the name belongs to one language.';
COMMENT ON COLUMN core.entity_aliases.valid_from IS 'First day on which it meant this entity; null: always did.';
COMMENT ON COLUMN core.entity_aliases.valid_until IS 'First day on which it no longer did; null: still does.';
COMMENT ON COLUMN core.entity_aliases.source IS 'What says so: the reference table, or text.';

-- ----------------------------------------------------------------------
-- core.offices
CREATE TABLE core.offices (
    office_id UUID NOT NULL,
    person_id UUID NOT NULL,
    title TEXT NOT NULL,
    country_code TEXT,
    organization_id UUID,
    sector TEXT,
    started_date DATE,
    ended_date DATE,
    rank INTEGER DEFAULT '1' NOT NULL,
    source TEXT NOT NULL,
    CONSTRAINT offices_pk PRIMARY KEY (office_id),
    CONSTRAINT offices_person_id_title_country_code_started_date_key UNIQUE NULLS NOT DISTINCT (person_id, title, country_code, started_date),
    CONSTRAINT offices_tenure_check CHECK (ended_date >= started_date),
    CONSTRAINT offices_country_code_check CHECK (country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT offices_person_id_fk FOREIGN KEY(person_id) REFERENCES core.entities (entity_id) ON DELETE CASCADE,
    CONSTRAINT offices_organization_id_fk FOREIGN KEY(organization_id) REFERENCES core.entities (entity_id)
);
CREATE INDEX offices_country_index ON core.offices (country_code, title);
CREATE INDEX offices_organization_id_index ON core.offices (organization_id);
CREATE INDEX offices_person_id_index ON core.offices (person_id);
COMMENT ON TABLE core.offices IS 'Grain: one row per person, office and stretch of time in it.';
COMMENT ON COLUMN core.offices.office_id IS 'Derived from person, title, country and started_date.';
COMMENT ON COLUMN core.offices.person_id IS 'Who held it.';
COMMENT ON COLUMN core.offices.title IS 'The office in English: President, Foreign Minister ...';
COMMENT ON COLUMN core.offices.country_code IS 'Country of the office, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.offices.organization_id IS 'The organization, for offices of one.';
COMMENT ON COLUMN core.offices.sector IS 'PLOVER sector of the office.';
COMMENT ON COLUMN core.offices.started_date IS 'First day in office; null: not known.';
COMMENT ON COLUMN core.offices.ended_date IS 'Last day in office; null: still held or not known.';
COMMENT ON COLUMN core.offices.rank IS 'Which of several offices names the person first; 1 is first.';
COMMENT ON COLUMN core.offices.source IS 'The reference table that says so.';

-- ----------------------------------------------------------------------
-- core.feeds
CREATE TABLE core.feeds (
    feed_id UUID NOT NULL,
    publisher_id UUID NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    is_active BOOLEAN DEFAULT 'true' NOT NULL,
    is_validator_distrusted BOOLEAN DEFAULT 'false' NOT NULL,
    etag TEXT,
    last_modified TEXT,
    cursor TEXT,
    interval_seconds INTEGER DEFAULT '900' NOT NULL,
    weight DOUBLE PRECISION DEFAULT '1' NOT NULL,
    failure_count INTEGER DEFAULT '0' NOT NULL,
    next_poll_at TIMESTAMP WITH TIME ZONE,
    polled_at TIMESTAMP WITH TIME ZONE,
    succeeded_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT feeds_pk PRIMARY KEY (feed_id),
    CONSTRAINT feeds_publisher_id_url_key UNIQUE (publisher_id, url),
    CONSTRAINT feeds_kind_check CHECK (kind IN ('rss', 'atom', 'json', 'news_sitemap', 'sitemap', 'sitemap_index', 'section', 'archive')),
    CONSTRAINT feeds_interval_seconds_check CHECK (interval_seconds > 0),
    CONSTRAINT feeds_weight_check CHECK (weight > 0 AND weight <= 1),
    CONSTRAINT feeds_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id)
);
CREATE INDEX feeds_due_index ON core.feeds (next_poll_at) WHERE is_active;
CREATE INDEX feeds_publisher_id_index ON core.feeds (publisher_id);
COMMENT ON TABLE core.feeds IS 'Grain: one row per feed, sitemap or section page of a publisher, with the state of polling it.';
COMMENT ON COLUMN core.feeds.feed_id IS 'Derived from publisher and url.';
COMMENT ON COLUMN core.feeds.publisher_id IS 'Whose feed it is.';
COMMENT ON COLUMN core.feeds.url IS 'Address of the feed.';
COMMENT ON COLUMN core.feeds.kind IS 'Form of the feed.';
COMMENT ON COLUMN core.feeds.is_active IS 'Whether it is polled.';
COMMENT ON COLUMN core.feeds.is_validator_distrusted IS 'Whether ETag and Last-Modified of this server lie and are not sent back.';
COMMENT ON COLUMN core.feeds.etag IS 'ETag of the last answer with content.';
COMMENT ON COLUMN core.feeds.last_modified IS 'Last-Modified of the last answer with content, as sent.';
COMMENT ON COLUMN core.feeds.cursor IS 'Where to go on in a feed of many pages.';
COMMENT ON COLUMN core.feeds.interval_seconds IS 'Adaptive pause between two polls.';
COMMENT ON COLUMN core.feeds.weight IS '1 is healthy; failures halve it, success restores it.';
COMMENT ON COLUMN core.feeds.failure_count IS 'Failures since the last success.';
COMMENT ON COLUMN core.feeds.next_poll_at IS 'Not to be polled before; null is at once.';
COMMENT ON COLUMN core.feeds.polled_at IS 'Last poll, whatever came of it.';
COMMENT ON COLUMN core.feeds.succeeded_at IS 'Last poll that was answered with a feed or with 304.';

-- ----------------------------------------------------------------------
-- ops.run_counts
CREATE TABLE ops.run_counts (
    run_id UUID NOT NULL,
    unit TEXT NOT NULL,
    outcome TEXT NOT NULL,
    unit_count BIGINT NOT NULL,
    is_subset BOOLEAN DEFAULT 'false' NOT NULL,
    CONSTRAINT run_counts_pk PRIMARY KEY (run_id, unit, outcome),
    CONSTRAINT run_counts_unit_check CHECK (unit IN ('feed_item', 'capture', 'document')),
    CONSTRAINT run_counts_unit_count_check CHECK (unit_count >= 0),
    CONSTRAINT run_counts_run_id_fk FOREIGN KEY(run_id) REFERENCES ops.runs (run_id) ON DELETE CASCADE
);
COMMENT ON TABLE ops.run_counts IS 'Grain: one row per run, unit and outcome.';
COMMENT ON COLUMN ops.run_counts.run_id IS 'The run.';
COMMENT ON COLUMN ops.run_counts.unit IS 'What is counted: feed_item, capture or document.';
COMMENT ON COLUMN ops.run_counts.outcome IS 'What became of it; `seen` is the total that the rest must add up to.';
COMMENT ON COLUMN ops.run_counts.unit_count IS 'How many.';
COMMENT ON COLUMN ops.run_counts.is_subset IS 'Whether it is an `of which` of another outcome, such as duplicate, and not added up.';

-- ----------------------------------------------------------------------
-- ops.check_results
CREATE TABLE ops.check_results (
    run_id UUID NOT NULL,
    check_name TEXT NOT NULL,
    severity TEXT NOT NULL,
    is_passed BOOLEAN DEFAULT 'false' NOT NULL,
    offending_count BIGINT NOT NULL,
    sample JSONB DEFAULT '{}' NOT NULL,
    elapsed_milliseconds INTEGER NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT check_results_pk PRIMARY KEY (run_id, check_name),
    CONSTRAINT check_results_severity_check CHECK (severity IN ('warning', 'error')),
    CONSTRAINT check_results_run_id_fk FOREIGN KEY(run_id) REFERENCES ops.runs (run_id) ON DELETE CASCADE
);
CREATE INDEX check_results_name_index ON ops.check_results (check_name, checked_at);
COMMENT ON TABLE ops.check_results IS 'Grain: one row per check and run.';
COMMENT ON COLUMN ops.check_results.run_id IS 'The run that was judged.';
COMMENT ON COLUMN ops.check_results.check_name IS 'Name of the file under warehouse/checks.';
COMMENT ON COLUMN ops.check_results.severity IS 'warning, or error: the run is not published.';
COMMENT ON COLUMN ops.check_results.is_passed IS 'Whether no row offended.';
COMMENT ON COLUMN ops.check_results.offending_count IS 'Rows that offended.';
COMMENT ON COLUMN ops.check_results.sample IS 'Some of them.';
COMMENT ON COLUMN ops.check_results.elapsed_milliseconds IS 'How long the check took.';
COMMENT ON COLUMN ops.check_results.checked_at IS 'When.';

-- ----------------------------------------------------------------------
-- ops.backfills
CREATE TABLE ops.backfills (
    backfill_id UUID NOT NULL,
    publisher_id UUID NOT NULL,
    since TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    window_interval TEXT NOT NULL,
    reprocess TEXT DEFAULT 'none' NOT NULL,
    active_maximum INTEGER DEFAULT '1' NOT NULL,
    request_maximum BIGINT,
    request_count BIGINT DEFAULT '0' NOT NULL,
    is_backwards BOOLEAN DEFAULT 'false' NOT NULL,
    state TEXT DEFAULT 'planned' NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT backfills_pk PRIMARY KEY (backfill_id),
    CONSTRAINT backfills_bounds_check CHECK (until > since),
    CONSTRAINT backfills_active_maximum_check CHECK (active_maximum > 0),
    CONSTRAINT backfills_window_interval_check CHECK (window_interval IN ('hour', 'day', 'week', 'month')),
    CONSTRAINT backfills_reprocess_check CHECK (reprocess IN ('none', 'failed', 'all')),
    CONSTRAINT backfills_state_check CHECK (state IN ('planned', 'running', 'paused', 'done', 'failed', 'canceled')),
    CONSTRAINT backfills_active_excl EXCLUDE USING gist (publisher_id WITH =, tstzrange(since, until) WITH &&) WHERE (state IN ('planned', 'running', 'paused')),
    CONSTRAINT backfills_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id)
);
CREATE INDEX backfills_publisher_index ON ops.backfills (publisher_id, requested_at);
COMMENT ON TABLE ops.backfills IS 'Grain: one row per backfill that someone asked for. Two at work never overlap.';
COMMENT ON COLUMN ops.backfills.backfill_id IS 'Derived from publisher, bounds, interval and requested_at.';
COMMENT ON COLUMN ops.backfills.publisher_id IS 'Whose windows.';
COMMENT ON COLUMN ops.backfills.since IS 'First moment.';
COMMENT ON COLUMN ops.backfills.until IS 'Moment behind the last.';
COMMENT ON COLUMN ops.backfills.window_interval IS 'Length of a window: hour, day, week or month.';
COMMENT ON COLUMN ops.backfills.reprocess IS 'Which windows that are done are done again: none, failed or all.';
COMMENT ON COLUMN ops.backfills.active_maximum IS 'Windows at work at once.';
COMMENT ON COLUMN ops.backfills.request_maximum IS 'Requests that it may make; null: any number.';
COMMENT ON COLUMN ops.backfills.request_count IS 'Requests that it made.';
COMMENT ON COLUMN ops.backfills.is_backwards IS 'Whether the newest window goes first.';
COMMENT ON COLUMN ops.backfills.state IS 'planned, running, paused, done, failed or canceled.';
COMMENT ON COLUMN ops.backfills.requested_by IS 'Who asked.';
COMMENT ON COLUMN ops.backfills.requested_at IS 'When.';
COMMENT ON COLUMN ops.backfills.finished_at IS 'When it ended.';

-- ----------------------------------------------------------------------
-- core.clusters
CREATE TABLE core.clusters (
    cluster_id UUID NOT NULL,
    canonical_article_id UUID,
    origin_article_id UUID,
    origin_agency TEXT,
    member_count INTEGER NOT NULL,
    publisher_count INTEGER NOT NULL,
    first_published_at TIMESTAMP WITH TIME ZONE,
    last_published_at TIMESTAMP WITH TIME ZONE,
    clusterer_version TEXT NOT NULL,
    CONSTRAINT clusters_pk PRIMARY KEY (cluster_id),
    CONSTRAINT clusters_member_count_check CHECK (member_count >= 1),
    CONSTRAINT clusters_canonical_article_id_fk FOREIGN KEY(canonical_article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE,
    CONSTRAINT clusters_origin_article_id_fk FOREIGN KEY(origin_article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE
);
CREATE INDEX clusters_canonical_article_id_index ON core.clusters (canonical_article_id);
CREATE INDEX clusters_origin_article_id_index ON core.clusters (origin_article_id);
COMMENT ON TABLE core.clusters IS 'Grain: one row per group of articles whose texts are the same or nearly so.';
COMMENT ON COLUMN core.clusters.cluster_id IS 'Derived from the member with the lowest id.';
COMMENT ON COLUMN core.clusters.canonical_article_id IS 'The member shown for all.';
COMMENT ON COLUMN core.clusters.origin_article_id IS 'The member that the others copy.';
COMMENT ON COLUMN core.clusters.origin_agency IS 'Who wrote the text, by credit and first time.';
COMMENT ON COLUMN core.clusters.member_count IS 'Articles in it.';
COMMENT ON COLUMN core.clusters.publisher_count IS 'Publishers of these articles.';
COMMENT ON COLUMN core.clusters.first_published_at IS 'Earliest publication among the members.';
COMMENT ON COLUMN core.clusters.last_published_at IS 'Latest publication among the members.';
COMMENT ON COLUMN core.clusters.clusterer_version IS 'Version of the rules that made it.';

-- ----------------------------------------------------------------------
-- raw.feed_polls
CREATE TABLE raw.feed_polls (
    feed_poll_id UUID NOT NULL,
    feed_id UUID NOT NULL,
    run_id UUID,
    polled_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT,
    status_code INTEGER,
    item_count INTEGER DEFAULT '0' NOT NULL,
    new_item_count INTEGER DEFAULT '0' NOT NULL,
    byte_count BIGINT DEFAULT '0' NOT NULL,
    elapsed_milliseconds INTEGER,
    content_sha256 BYTEA,
    content_month DATE,
    CONSTRAINT feed_polls_pk PRIMARY KEY (feed_poll_id),
    CONSTRAINT feed_polls_feed_id_fk FOREIGN KEY(feed_id) REFERENCES core.feeds (feed_id) ON DELETE CASCADE
);
CREATE INDEX feed_polls_feed_index ON raw.feed_polls (feed_id, polled_at);
CREATE INDEX feed_polls_polled_at_index ON raw.feed_polls (polled_at);
COMMENT ON TABLE raw.feed_polls IS 'Grain: one row per request to a feed.';
COMMENT ON COLUMN raw.feed_polls.feed_poll_id IS 'Derived from feed and polled_at.';
COMMENT ON COLUMN raw.feed_polls.feed_id IS 'The feed that was asked.';
COMMENT ON COLUMN raw.feed_polls.run_id IS 'The run that asked.';
COMMENT ON COLUMN raw.feed_polls.polled_at IS 'When the request was sent.';
COMMENT ON COLUMN raw.feed_polls.outcome IS 'What came of it: content, not_modified, refused, failed ...';
COMMENT ON COLUMN raw.feed_polls.detail IS 'A sentence for a person where it was not content.';
COMMENT ON COLUMN raw.feed_polls.status_code IS 'HTTP status, null where there was no answer.';
COMMENT ON COLUMN raw.feed_polls.item_count IS 'Items that the feed listed.';
COMMENT ON COLUMN raw.feed_polls.new_item_count IS 'Items of these that were not known.';
COMMENT ON COLUMN raw.feed_polls.byte_count IS 'Bytes received.';
COMMENT ON COLUMN raw.feed_polls.elapsed_milliseconds IS 'From request to last byte.';
COMMENT ON COLUMN raw.feed_polls.content_sha256 IS 'Hash of the decoded bytes, kept in raw.contents.';
COMMENT ON COLUMN raw.feed_polls.content_month IS 'Month of raw.contents that holds the bytes.';

-- ----------------------------------------------------------------------
-- raw.feed_items
CREATE TABLE raw.feed_items (
    feed_item_id UUID NOT NULL,
    feed_id UUID NOT NULL,
    publisher_id UUID NOT NULL,
    item_key TEXT NOT NULL,
    url TEXT,
    title TEXT,
    summary TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    updated_at TIMESTAMP WITH TIME ZONE,
    item JSONB DEFAULT '{}' NOT NULL,
    first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT DEFAULT 'pending' NOT NULL,
    reason TEXT,
    attempts INTEGER DEFAULT '0' NOT NULL,
    next_attempt_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT feed_items_pk PRIMARY KEY (feed_item_id),
    CONSTRAINT feed_items_state_check CHECK (state IN ('pending', 'fetched', 'not_modified', 'refused', 'failed')),
    CONSTRAINT feed_items_feed_id_fk FOREIGN KEY(feed_id) REFERENCES core.feeds (feed_id) ON DELETE CASCADE,
    CONSTRAINT feed_items_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id)
);
CREATE UNIQUE INDEX feed_items_key_index ON raw.feed_items (feed_id, md5(item_key));
CREATE INDEX feed_items_pending_index ON raw.feed_items (next_attempt_at, first_seen_at) WHERE state = 'pending';
CREATE INDEX feed_items_publisher_id_index ON raw.feed_items (publisher_id);
CREATE INDEX feed_items_url_index ON raw.feed_items USING hash (url);
COMMENT ON TABLE raw.feed_items IS 'Grain: one row per item of a feed, with what became of it.';
COMMENT ON COLUMN raw.feed_items.feed_item_id IS 'Derived from feed and item_key.';
COMMENT ON COLUMN raw.feed_items.feed_id IS 'The feed that listed it.';
COMMENT ON COLUMN raw.feed_items.publisher_id IS 'Publisher of the feed.';
COMMENT ON COLUMN raw.feed_items.item_key IS 'The item''s guid, else its address.';
COMMENT ON COLUMN raw.feed_items.url IS 'Address of the article, absolute; null where the item has none.';
COMMENT ON COLUMN raw.feed_items.title IS 'Title as the feed gives it.';
COMMENT ON COLUMN raw.feed_items.summary IS 'Summary as the feed gives it.';
COMMENT ON COLUMN raw.feed_items.published_at IS 'Time that the feed gives, in UTC.';
COMMENT ON COLUMN raw.feed_items.updated_at IS 'Time of change that the feed gives, in UTC.';
COMMENT ON COLUMN raw.feed_items.item IS 'What else the feed says of the item.';
COMMENT ON COLUMN raw.feed_items.first_seen_at IS 'First poll that listed it.';
COMMENT ON COLUMN raw.feed_items.last_seen_at IS 'Latest poll that listed it in a changed form.';
COMMENT ON COLUMN raw.feed_items.state IS 'What became of it.';
COMMENT ON COLUMN raw.feed_items.reason IS 'Stable code of why it was refused or failed.';
COMMENT ON COLUMN raw.feed_items.attempts IS 'Requests made for it.';
COMMENT ON COLUMN raw.feed_items.next_attempt_at IS 'Not to be asked for before; null is at once.';

-- ----------------------------------------------------------------------
-- ops.windows
CREATE TABLE ops.windows (
    window_id UUID NOT NULL,
    publisher_id UUID NOT NULL,
    series_id UUID NOT NULL,
    backfill_id UUID,
    window_start TIMESTAMP WITH TIME ZONE NOT NULL,
    window_end TIMESTAMP WITH TIME ZONE NOT NULL,
    previous_end TIMESTAMP WITH TIME ZONE,
    state TEXT DEFAULT 'pending' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    worker TEXT,
    lease_until TIMESTAMP WITH TIME ZONE,
    fence BIGINT DEFAULT '0' NOT NULL,
    reason TEXT,
    run_id UUID,
    item_count BIGINT,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT windows_pk PRIMARY KEY (window_id),
    CONSTRAINT windows_bounds_check CHECK (window_end > window_start),
    CONSTRAINT windows_previous_end_check CHECK (previous_end = window_start),
    CONSTRAINT windows_series_id_check CHECK (series_id = coalesce(backfill_id, publisher_id)),
    CONSTRAINT windows_lease_check CHECK ((state = 'claimed') = (lease_until IS NOT NULL)),
    CONSTRAINT windows_state_check CHECK (state IN ('pending', 'claimed', 'done', 'failed', 'canceled')),
    CONSTRAINT windows_series_id_window_end_key UNIQUE (series_id, window_end),
    CONSTRAINT windows_series_id_previous_end_key UNIQUE NULLS NOT DISTINCT (series_id, previous_end),
    CONSTRAINT windows_series_id_previous_end_fk FOREIGN KEY(series_id, previous_end) REFERENCES ops.windows (series_id, window_end) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT windows_overlap_excl EXCLUDE USING gist (series_id WITH =, tstzrange(window_start, window_end) WITH &&),
    CONSTRAINT windows_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id),
    CONSTRAINT windows_backfill_id_fk FOREIGN KEY(backfill_id) REFERENCES ops.backfills (backfill_id) ON DELETE CASCADE
);
CREATE INDEX windows_backfill_id_index ON ops.windows (backfill_id);
CREATE INDEX windows_pending_index ON ops.windows (series_id, window_start) WHERE state = 'pending';
CREATE INDEX windows_publisher_index ON ops.windows (publisher_id, window_start);
COMMENT ON TABLE ops.windows IS 'Grain: one row per publisher and stretch of time. A series has neither gaps nor overlaps: each window but the first points at the end of the one before.';
COMMENT ON COLUMN ops.windows.window_id IS 'Derived from publisher, series and window_start.';
COMMENT ON COLUMN ops.windows.publisher_id IS 'Whose window.';
COMMENT ON COLUMN ops.windows.series_id IS 'The backfill, or the publisher for scheduled windows.';
COMMENT ON COLUMN ops.windows.backfill_id IS 'The backfill; null: scheduled.';
COMMENT ON COLUMN ops.windows.window_start IS 'First moment.';
COMMENT ON COLUMN ops.windows.window_end IS 'Moment behind the last.';
COMMENT ON COLUMN ops.windows.previous_end IS 'End of the window before, which is this start; null: the first of its series.';
COMMENT ON COLUMN ops.windows.state IS 'pending, claimed, done, failed or canceled.';
COMMENT ON COLUMN ops.windows.attempts IS 'Claims so far that did not settle.';
COMMENT ON COLUMN ops.windows.worker IS 'Who holds the claim.';
COMMENT ON COLUMN ops.windows.lease_until IS 'When the claim lapses.';
COMMENT ON COLUMN ops.windows.fence IS 'Counts the claims: only the newest may settle.';
COMMENT ON COLUMN ops.windows.reason IS 'Why the last attempt failed.';
COMMENT ON COLUMN ops.windows.run_id IS 'The run that read it last.';
COMMENT ON COLUMN ops.windows.item_count IS 'Items found.';
COMMENT ON COLUMN ops.windows.settled_at IS 'When it was settled.';

-- ----------------------------------------------------------------------
-- raw.captures
CREATE TABLE raw.captures (
    capture_id UUID NOT NULL,
    kind TEXT NOT NULL,
    publisher_id UUID,
    feed_item_id UUID,
    run_id UUID,
    url TEXT,
    final_url TEXT,
    path TEXT,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome TEXT NOT NULL,
    status_code INTEGER,
    media_type TEXT,
    charset TEXT,
    request_headers JSONB DEFAULT '{}' NOT NULL,
    response_headers JSONB DEFAULT '{}' NOT NULL,
    elapsed_milliseconds INTEGER,
    content_sha256 BYTEA,
    content_month DATE,
    byte_count BIGINT DEFAULT '0' NOT NULL,
    archive_url TEXT,
    archive_offset BIGINT,
    archive_byte_count BIGINT,
    published_hint TIMESTAMP WITH TIME ZONE,
    published_hint_source TEXT,
    CONSTRAINT captures_pk PRIMARY KEY (capture_id),
    CONSTRAINT captures_kind_check CHECK (kind IN ('fetch', 'file', 'record')),
    CONSTRAINT captures_content_sha256_check CHECK (octet_length(content_sha256) = 32),
    CONSTRAINT captures_source_check CHECK (url IS NOT NULL OR path IS NOT NULL),
    CONSTRAINT captures_content_check CHECK (outcome <> 'content' OR content_sha256 IS NOT NULL),
    CONSTRAINT captures_content_month_check CHECK (content_month = date_trunc('month', content_month)),
    CONSTRAINT captures_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id),
    CONSTRAINT captures_feed_item_id_fk FOREIGN KEY(feed_item_id) REFERENCES raw.feed_items (feed_item_id) ON DELETE SET NULL
);
CREATE INDEX captures_content_index ON raw.captures USING hash (content_sha256);
CREATE INDEX captures_feed_item_id_index ON raw.captures (feed_item_id);
CREATE INDEX captures_fetched_at_index ON raw.captures (fetched_at);
CREATE INDEX captures_publisher_index ON raw.captures (publisher_id, fetched_at);
CREATE INDEX captures_run_index ON raw.captures (run_id);
CREATE INDEX captures_url_index ON raw.captures USING hash (url);
COMMENT ON TABLE raw.captures IS 'Grain: one row per fetch, file or archive record that was captured.';
COMMENT ON COLUMN raw.captures.capture_id IS 'Derived from url or path, content hash, publisher, and the time where the source gives one.';
COMMENT ON COLUMN raw.captures.kind IS 'fetch (from the web), file (from disk) or record (from an archive).';
COMMENT ON COLUMN raw.captures.publisher_id IS 'Publisher, where known before reading.';
COMMENT ON COLUMN raw.captures.feed_item_id IS 'The feed item that led to it.';
COMMENT ON COLUMN raw.captures.run_id IS 'The run that captured it.';
COMMENT ON COLUMN raw.captures.url IS 'Address that was asked for; null for files.';
COMMENT ON COLUMN raw.captures.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN raw.captures.path IS 'Path of the file or name of the archive''s member; null for fetches.';
COMMENT ON COLUMN raw.captures.fetched_at IS 'When it was fetched or read.';
COMMENT ON COLUMN raw.captures.outcome IS 'content, or what came instead: not_modified, gone, refused, too_large ...';
COMMENT ON COLUMN raw.captures.status_code IS 'HTTP status, null for files.';
COMMENT ON COLUMN raw.captures.media_type IS 'Media type that the server or the file name declares.';
COMMENT ON COLUMN raw.captures.charset IS 'Character set that the server declares.';
COMMENT ON COLUMN raw.captures.request_headers IS 'Headers sent, names in lower case.';
COMMENT ON COLUMN raw.captures.response_headers IS 'Headers received, names in lower case.';
COMMENT ON COLUMN raw.captures.elapsed_milliseconds IS 'From request to last byte.';
COMMENT ON COLUMN raw.captures.content_sha256 IS 'Hash of the decoded bytes; null where there were none.';
COMMENT ON COLUMN raw.captures.content_month IS 'Month of raw.contents that holds the bytes.';
COMMENT ON COLUMN raw.captures.byte_count IS 'Bytes of the decoded content.';
COMMENT ON COLUMN raw.captures.archive_url IS 'WARC file that the bytes were moved to; null while they are in raw.contents.';
COMMENT ON COLUMN raw.captures.archive_offset IS 'Byte at which the record begins in that file.';
COMMENT ON COLUMN raw.captures.archive_byte_count IS 'Bytes of the record in that file.';
COMMENT ON COLUMN raw.captures.published_hint IS 'Publication time known from outside the document.';
COMMENT ON COLUMN raw.captures.published_hint_source IS 'Where that came from: feed, crawl_record ...';

-- ----------------------------------------------------------------------
-- core.article_versions
CREATE TABLE core.article_versions (
    article_version_id UUID NOT NULL,
    article_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    document_number INTEGER DEFAULT '1' NOT NULL,
    content_sha256 BYTEA NOT NULL,
    change_kind TEXT NOT NULL,
    change_summary TEXT,
    valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
    valid_to TIMESTAMP WITH TIME ZONE,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    superseded_at TIMESTAMP WITH TIME ZONE,
    format TEXT NOT NULL,
    url TEXT,
    headline TEXT,
    subheadline TEXT,
    slugline TEXT,
    byline TEXT,
    credit TEXT,
    dateline_text TEXT,
    dateline_place TEXT,
    dateline_places TEXT[] DEFAULT '{}' NOT NULL,
    dateline_region TEXT,
    dateline_country_code TEXT,
    dateline_date DATE,
    dateline_agency TEXT,
    body TEXT NOT NULL,
    language TEXT,
    section TEXT,
    genre TEXT,
    urgency INTEGER,
    ed_note TEXT,
    sign_off TEXT,
    rights TEXT,
    image_url TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    published_at_source TEXT,
    published_at_precision TEXT,
    published_at_zone TEXT,
    modified_at TIMESTAMP WITH TIME ZONE,
    embargoed_until TIMESTAMP WITH TIME ZONE,
    wire_version TEXT,
    pub_status TEXT NOT NULL,
    is_paywalled BOOLEAN,
    is_partial BOOLEAN DEFAULT 'false' NOT NULL,
    charset TEXT,
    charset_source TEXT,
    replacement_ratio DOUBLE PRECISION DEFAULT '0' NOT NULL,
    provenance JSONB DEFAULT '{}' NOT NULL,
    warnings TEXT[] DEFAULT '{}' NOT NULL,
    parser_version TEXT NOT NULL,
    search_vector TSVECTOR GENERATED ALWAYS AS (core.search_vector(language, headline, body)) STORED,
    CONSTRAINT article_versions_pk PRIMARY KEY (article_version_id),
    CONSTRAINT article_versions_capture_id_document_number_article_id_key UNIQUE (capture_id, document_number, article_id),
    CONSTRAINT article_versions_validity_check CHECK (valid_to >= valid_from),
    CONSTRAINT article_versions_record_check CHECK (superseded_at >= recorded_at),
    CONSTRAINT article_versions_change_kind_check CHECK (change_kind IN ('initial', 'update', 'correction', 'kill', 'revival')),
    CONSTRAINT article_versions_published_at_precision_check CHECK (published_at_precision IN ('second', 'minute', 'hour', 'day', 'month', 'year')),
    CONSTRAINT article_versions_pub_status_check CHECK (pub_status IN ('usable', 'withheld', 'canceled')),
    CONSTRAINT article_versions_dateline_country_code_check CHECK (dateline_country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT article_versions_urgency_check CHECK (urgency BETWEEN 1 AND 9),
    CONSTRAINT article_versions_replacement_ratio_check CHECK (replacement_ratio BETWEEN 0 AND 1),
    CONSTRAINT article_versions_content_sha256_check CHECK (octet_length(content_sha256) = 32),
    CONSTRAINT article_versions_validity_excl EXCLUDE USING gist (article_id WITH =, tstzrange(valid_from, valid_to) WITH &&) WHERE (superseded_at IS NULL) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT article_versions_article_id_fk FOREIGN KEY(article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE,
    CONSTRAINT article_versions_capture_id_fk FOREIGN KEY(capture_id) REFERENCES raw.captures (capture_id)
);
CREATE INDEX article_versions_article_index ON core.article_versions (article_id, valid_from);
CREATE INDEX article_versions_capture_id_index ON core.article_versions (capture_id);
CREATE INDEX article_versions_content_sha256_index ON core.article_versions USING hash (content_sha256);
CREATE INDEX article_versions_corrections_index ON core.article_versions (valid_from) WHERE change_kind IN ('correction', 'kill');
CREATE INDEX article_versions_published_at_index ON core.article_versions (published_at DESC NULLS LAST);
CREATE INDEX article_versions_search_vector_index ON core.article_versions USING gin (search_vector);
CREATE INDEX article_versions_undated_index ON core.article_versions (valid_from) WHERE published_at IS NULL;
COMMENT ON TABLE core.article_versions IS 'Grain: one row per version of an article: a text that differs from the one before it on the wire.';
COMMENT ON COLUMN core.article_versions.article_version_id IS 'Derived from article, capture and document number.';
COMMENT ON COLUMN core.article_versions.article_id IS 'The article.';
COMMENT ON COLUMN core.article_versions.capture_id IS 'The capture that showed this version.';
COMMENT ON COLUMN core.article_versions.document_number IS 'Which document of the capture, from 1.';
COMMENT ON COLUMN core.article_versions.content_sha256 IS 'Hash of normalised headline, body and status: what makes a version.';
COMMENT ON COLUMN core.article_versions.change_kind IS 'What the version did to the one before it.';
COMMENT ON COLUMN core.article_versions.change_summary IS 'What changed, for a person.';
COMMENT ON COLUMN core.article_versions.valid_from IS 'When it became the article''s text, by the wire''s clock.';
COMMENT ON COLUMN core.article_versions.valid_to IS 'When the next version replaced it, by the wire''s clock; null: it stands.';
COMMENT ON COLUMN core.article_versions.recorded_at IS 'When we learned of it.';
COMMENT ON COLUMN core.article_versions.superseded_at IS 'When we learned that it was no version after all; null: it is one.';
COMMENT ON COLUMN core.article_versions.format IS 'Format of the document: html, nitf, newsml-g2, ninjs, plain ...';
COMMENT ON COLUMN core.article_versions.url IS 'Address as captured.';
COMMENT ON COLUMN core.article_versions.headline IS 'Headline; null where the document has none, never guessed.';
COMMENT ON COLUMN core.article_versions.subheadline IS 'Line below the headline.';
COMMENT ON COLUMN core.article_versions.slugline IS 'The wire''s own short name of the story.';
COMMENT ON COLUMN core.article_versions.byline IS 'The line that names the authors, as printed.';
COMMENT ON COLUMN core.article_versions.credit IS 'Whom the text is credited to.';
COMMENT ON COLUMN core.article_versions.dateline_text IS 'The dateline as printed.';
COMMENT ON COLUMN core.article_versions.dateline_place IS 'First city of the dateline.';
COMMENT ON COLUMN core.article_versions.dateline_places IS 'Every city of the dateline.';
COMMENT ON COLUMN core.article_versions.dateline_region IS 'Region that the dateline names.';
COMMENT ON COLUMN core.article_versions.dateline_country_code IS 'Country of the dateline''s place, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.article_versions.dateline_date IS 'Day that the dateline prints.';
COMMENT ON COLUMN core.article_versions.dateline_agency IS 'Agency that the dateline names.';
COMMENT ON COLUMN core.article_versions.body IS 'The text, paragraphs separated by a blank line.';
COMMENT ON COLUMN core.article_versions.language IS 'ISO 639-1 code of the text''s language.';
COMMENT ON COLUMN core.article_versions.section IS 'Section of the publication.';
COMMENT ON COLUMN core.article_versions.genre IS 'Genre as the wire names it.';
COMMENT ON COLUMN core.article_versions.urgency IS 'The wire''s urgency, 1 (most) to 9.';
COMMENT ON COLUMN core.article_versions.ed_note IS 'Note to editors.';
COMMENT ON COLUMN core.article_versions.sign_off IS 'Initials or line that closes the text.';
COMMENT ON COLUMN core.article_versions.rights IS 'Rights statement.';
COMMENT ON COLUMN core.article_versions.image_url IS 'Address of the lead picture.';
COMMENT ON COLUMN core.article_versions.published_at IS 'Time of publication.';
COMMENT ON COLUMN core.article_versions.published_at_source IS 'Where that time came from: jsonld, wire, feed, crawl_record ...';
COMMENT ON COLUMN core.article_versions.published_at_precision IS 'How exact it is.';
COMMENT ON COLUMN core.article_versions.published_at_zone IS 'IANA zone that was assumed; null where the document printed its own.';
COMMENT ON COLUMN core.article_versions.modified_at IS 'Time of the last change that the document gives.';
COMMENT ON COLUMN core.article_versions.embargoed_until IS 'Not for release before.';
COMMENT ON COLUMN core.article_versions.wire_version IS 'The wire''s own number or name of the version.';
COMMENT ON COLUMN core.article_versions.pub_status IS 'usable, withheld or canceled (IPTC).';
COMMENT ON COLUMN core.article_versions.is_paywalled IS 'Whether the page says it is not free; null: does not say.';
COMMENT ON COLUMN core.article_versions.is_partial IS 'Whether the text is cut or a single take.';
COMMENT ON COLUMN core.article_versions.charset IS 'Character set that the bytes were read with.';
COMMENT ON COLUMN core.article_versions.charset_source IS 'What said so.';
COMMENT ON COLUMN core.article_versions.replacement_ratio IS 'Share of characters that could not be decoded.';
COMMENT ON COLUMN core.article_versions.provenance IS 'Which element gave which field.';
COMMENT ON COLUMN core.article_versions.warnings IS 'What was odd about the document.';
COMMENT ON COLUMN core.article_versions.parser_version IS 'Version of the reader that derived the row.';
COMMENT ON COLUMN core.article_versions.search_vector IS 'The words of headline and body, stemmed for the language and without accents.';

-- ----------------------------------------------------------------------
-- core.sightings
CREATE TABLE core.sightings (
    capture_id UUID NOT NULL,
    document_number INTEGER NOT NULL,
    article_id UUID NOT NULL,
    wire_at TIMESTAMP WITH TIME ZONE NOT NULL,
    captured_at TIMESTAMP WITH TIME ZONE NOT NULL,
    wire_sequence INTEGER,
    is_kill BOOLEAN DEFAULT 'false' NOT NULL,
    parser_version TEXT NOT NULL,
    content_sha256 BYTEA NOT NULL,
    previous_parser_version TEXT,
    previous_content_sha256 BYTEA,
    CONSTRAINT sightings_pk PRIMARY KEY (capture_id, document_number),
    CONSTRAINT sightings_capture_id_fk FOREIGN KEY(capture_id) REFERENCES raw.captures (capture_id) ON DELETE CASCADE,
    CONSTRAINT sightings_content_sha256_check CHECK (octet_length(content_sha256) = 32),
    CONSTRAINT sightings_previous_content_sha256_check CHECK (octet_length(previous_content_sha256) = 32),
    CONSTRAINT sightings_article_id_fk FOREIGN KEY(article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE
);
CREATE INDEX sightings_article_id_index ON core.sightings (article_id);
COMMENT ON TABLE core.sightings IS 'Grain: one row per document that was read as an article; the versions are a function of these rows.';
COMMENT ON COLUMN core.sightings.capture_id IS 'The capture that was read.';
COMMENT ON COLUMN core.sightings.document_number IS 'Which document of the capture, from 1.';
COMMENT ON COLUMN core.sightings.article_id IS 'The article that it showed.';
COMMENT ON COLUMN core.sightings.wire_at IS 'Time of the text by the wire''s clock.';
COMMENT ON COLUMN core.sightings.captured_at IS 'Time of the capture by ours.';
COMMENT ON COLUMN core.sightings.wire_sequence IS 'The wire''s own number of the version, where it is a number.';
COMMENT ON COLUMN core.sightings.is_kill IS 'Whether it withdraws the article: of two with one time by the wire''s clock it counts as the later.';
COMMENT ON COLUMN core.sightings.parser_version IS 'Version of the reader that read it last.';
COMMENT ON COLUMN core.sightings.content_sha256 IS 'Hash of headline, body and status as that reader read them.';
COMMENT ON COLUMN core.sightings.previous_parser_version IS 'Version of the reader before that one.';
COMMENT ON COLUMN core.sightings.previous_content_sha256 IS 'The hash as that reader read them: a better reader is no update.';

-- ----------------------------------------------------------------------
-- core.items
CREATE TABLE core.items (
    item_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    document_number INTEGER DEFAULT '1' NOT NULL,
    item_type TEXT NOT NULL,
    format TEXT NOT NULL,
    external_id TEXT,
    headline TEXT,
    published_at TIMESTAMP WITH TIME ZONE,
    wire_version TEXT,
    pub_status TEXT NOT NULL,
    warnings TEXT[] DEFAULT '{}' NOT NULL,
    parser_version TEXT NOT NULL,
    CONSTRAINT items_pk PRIMARY KEY (item_id),
    CONSTRAINT items_capture_id_document_number_key UNIQUE (capture_id, document_number),
    CONSTRAINT items_pub_status_check CHECK (pub_status IN ('usable', 'withheld', 'canceled')),
    CONSTRAINT items_capture_id_fk FOREIGN KEY(capture_id) REFERENCES raw.captures (capture_id) ON DELETE CASCADE
);
CREATE INDEX items_capture_id_index ON core.items (capture_id);
COMMENT ON TABLE core.items IS 'Grain: one row per document that a wire sent without text: a picture, a video, planning.';
COMMENT ON COLUMN core.items.item_id IS 'Derived from capture and document number.';
COMMENT ON COLUMN core.items.capture_id IS 'The capture that held it.';
COMMENT ON COLUMN core.items.document_number IS 'Which document of the capture, from 1.';
COMMENT ON COLUMN core.items.item_type IS 'picture, video, audio, composite, planning, event ...';
COMMENT ON COLUMN core.items.format IS 'Format of the document.';
COMMENT ON COLUMN core.items.external_id IS 'The agency''s own id.';
COMMENT ON COLUMN core.items.headline IS 'Headline or title.';
COMMENT ON COLUMN core.items.published_at IS 'Time of publication.';
COMMENT ON COLUMN core.items.wire_version IS 'The wire''s own number of the version.';
COMMENT ON COLUMN core.items.pub_status IS 'usable, withheld or canceled (IPTC).';
COMMENT ON COLUMN core.items.warnings IS 'What was odd about the document.';
COMMENT ON COLUMN core.items.parser_version IS 'Version of the reader that derived the row.';

-- ----------------------------------------------------------------------
-- ops.rejections
CREATE TABLE ops.rejections (
    rejection_id UUID NOT NULL,
    capture_id UUID NOT NULL,
    document_number INTEGER DEFAULT '1' NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    format TEXT,
    byte_offset BIGINT,
    stage_version TEXT NOT NULL,
    run_id UUID,
    rejected_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT rejections_pk PRIMARY KEY (rejection_id),
    CONSTRAINT rejections_capture_id_document_number_stage_key UNIQUE (capture_id, document_number, stage),
    CONSTRAINT rejections_capture_id_fk FOREIGN KEY(capture_id) REFERENCES raw.captures (capture_id) ON DELETE CASCADE
);
CREATE INDEX rejections_reason_index ON ops.rejections (reason, rejected_at);
COMMENT ON TABLE ops.rejections IS 'Grain: one row per document that is no article, with the reason.';
COMMENT ON COLUMN ops.rejections.rejection_id IS 'Derived from capture, document number and stage.';
COMMENT ON COLUMN ops.rejections.capture_id IS 'The capture.';
COMMENT ON COLUMN ops.rejections.document_number IS 'Which document of the capture, from 1; 0 is the whole.';
COMMENT ON COLUMN ops.rejections.stage IS 'Stage that refused it.';
COMMENT ON COLUMN ops.rejections.reason IS 'Stable code.';
COMMENT ON COLUMN ops.rejections.detail IS 'A sentence for a person.';
COMMENT ON COLUMN ops.rejections.format IS 'Format, where recognised.';
COMMENT ON COLUMN ops.rejections.byte_offset IS 'Byte at which a parser gave up.';
COMMENT ON COLUMN ops.rejections.stage_version IS 'Version of the stage that refused it.';
COMMENT ON COLUMN ops.rejections.run_id IS 'The run that refused it.';
COMMENT ON COLUMN ops.rejections.rejected_at IS 'When.';

-- ----------------------------------------------------------------------
-- ops.quarantine
CREATE TABLE ops.quarantine (
    quarantine_id UUID NOT NULL,
    stage TEXT NOT NULL,
    subject_id UUID NOT NULL,
    capture_id UUID,
    reason TEXT NOT NULL,
    exception_type TEXT,
    detail TEXT NOT NULL,
    traceback TEXT,
    attempts INTEGER NOT NULL,
    stage_version TEXT NOT NULL,
    run_id UUID,
    quarantined_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT quarantine_pk PRIMARY KEY (quarantine_id),
    CONSTRAINT quarantine_stage_subject_id_key UNIQUE (stage, subject_id),
    CONSTRAINT quarantine_capture_id_fk FOREIGN KEY(capture_id) REFERENCES raw.captures (capture_id) ON DELETE CASCADE
);
CREATE INDEX quarantine_capture_id_index ON ops.quarantine (capture_id);
CREATE INDEX quarantine_open_index ON ops.quarantine (stage, reason) WHERE released_at IS NULL;
COMMENT ON TABLE ops.quarantine IS 'Grain: one row per stage and subject that failed for good.';
COMMENT ON COLUMN ops.quarantine.quarantine_id IS 'Derived from stage and subject.';
COMMENT ON COLUMN ops.quarantine.stage IS 'Stage that failed.';
COMMENT ON COLUMN ops.quarantine.subject_id IS 'What it failed on.';
COMMENT ON COLUMN ops.quarantine.capture_id IS 'The capture behind it.';
COMMENT ON COLUMN ops.quarantine.reason IS 'Stable code.';
COMMENT ON COLUMN ops.quarantine.exception_type IS 'Class of the exception.';
COMMENT ON COLUMN ops.quarantine.detail IS 'Text of the exception.';
COMMENT ON COLUMN ops.quarantine.traceback IS 'Where it was raised.';
COMMENT ON COLUMN ops.quarantine.attempts IS 'How often it was tried.';
COMMENT ON COLUMN ops.quarantine.stage_version IS 'Version of the stage that failed.';
COMMENT ON COLUMN ops.quarantine.run_id IS 'The run in which it failed last.';
COMMENT ON COLUMN ops.quarantine.quarantined_at IS 'When.';
COMMENT ON COLUMN ops.quarantine.released_at IS 'When it was put back to work; null: it is in quarantine.';

-- ----------------------------------------------------------------------
-- core.version_authors
CREATE TABLE core.version_authors (
    article_version_id UUID NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT version_authors_pk PRIMARY KEY (article_version_id, position),
    CONSTRAINT version_authors_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE
);
CREATE INDEX version_authors_name_index ON core.version_authors USING hash (name);
COMMENT ON TABLE core.version_authors IS 'Grain: one row per author of a version.';
COMMENT ON COLUMN core.version_authors.article_version_id IS 'The version.';
COMMENT ON COLUMN core.version_authors.position IS 'Place in the byline, from 1.';
COMMENT ON COLUMN core.version_authors.name IS 'The author''s name.';

-- ----------------------------------------------------------------------
-- core.version_subjects
CREATE TABLE core.version_subjects (
    article_version_id UUID NOT NULL,
    position INTEGER NOT NULL,
    subject_id UUID NOT NULL,
    CONSTRAINT version_subjects_pk PRIMARY KEY (article_version_id, position),
    CONSTRAINT version_subjects_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE,
    CONSTRAINT version_subjects_subject_id_fk FOREIGN KEY(subject_id) REFERENCES core.subjects (subject_id)
);
CREATE INDEX version_subjects_subject_id_index ON core.version_subjects (subject_id);
COMMENT ON TABLE core.version_subjects IS 'Grain: one row per subject that a version was filed under.';
COMMENT ON COLUMN core.version_subjects.article_version_id IS 'The version.';
COMMENT ON COLUMN core.version_subjects.position IS 'Place in the document, from 1.';
COMMENT ON COLUMN core.version_subjects.subject_id IS 'The subject.';

-- ----------------------------------------------------------------------
-- core.version_links
CREATE TABLE core.version_links (
    article_version_id UUID NOT NULL,
    position INTEGER NOT NULL,
    relation TEXT NOT NULL,
    external_id TEXT,
    url TEXT,
    CONSTRAINT version_links_pk PRIMARY KEY (article_version_id, position),
    CONSTRAINT version_links_target_check CHECK (external_id IS NOT NULL OR url IS NOT NULL),
    CONSTRAINT version_links_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE
);
CREATE INDEX version_links_external_id_index ON core.version_links USING hash (external_id);
COMMENT ON TABLE core.version_links IS 'Grain: one row per relation to another article that a version states.';
COMMENT ON COLUMN core.version_links.article_version_id IS 'The version that holds the link.';
COMMENT ON COLUMN core.version_links.position IS 'Place in the document, from 1.';
COMMENT ON COLUMN core.version_links.relation IS 'corrects, kills, updates, continues, translates, syndicated_from ...';
COMMENT ON COLUMN core.version_links.external_id IS 'The other article''s own id.';
COMMENT ON COLUMN core.version_links.url IS 'The other article''s address.';

-- ----------------------------------------------------------------------
-- core.version_texts
CREATE TABLE core.version_texts (
    article_version_id UUID NOT NULL,
    article_id UUID NOT NULL,
    text_id UUID,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    is_compared BOOLEAN DEFAULT 'false' NOT NULL,
    signer_version TEXT NOT NULL,
    CONSTRAINT version_texts_pk PRIMARY KEY (article_version_id),
    CONSTRAINT version_texts_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE,
    CONSTRAINT version_texts_article_id_fk FOREIGN KEY(article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE,
    CONSTRAINT version_texts_text_id_fk FOREIGN KEY(text_id) REFERENCES core.signatures (text_id)
);
CREATE INDEX version_texts_article_id_index ON core.version_texts (article_id);
CREATE UNIQUE INDEX version_texts_compared_index ON core.version_texts (article_id) WHERE is_compared;
CREATE INDEX version_texts_text_index ON core.version_texts (text_id) WHERE is_compared;
COMMENT ON TABLE core.version_texts IS 'Grain: one row per signed version: which text it has.';
COMMENT ON COLUMN core.version_texts.article_version_id IS 'The version that was signed.';
COMMENT ON COLUMN core.version_texts.article_id IS 'Its article.';
COMMENT ON COLUMN core.version_texts.text_id IS 'Its text; null: too short to be compared with anything.';
COMMENT ON COLUMN core.version_texts.published_at IS 'Time by which windows judge pairs: of publication, else since when it is valid.';
COMMENT ON COLUMN core.version_texts.is_compared IS 'Whether it is the version by which its article is compared: the latest that is no kill.';
COMMENT ON COLUMN core.version_texts.signer_version IS 'Version of the rules that say what of an article is compared.';

-- ----------------------------------------------------------------------
-- core.cluster_members
CREATE TABLE core.cluster_members (
    article_id UUID NOT NULL,
    cluster_id UUID NOT NULL,
    article_version_id UUID NOT NULL,
    relation TEXT NOT NULL,
    similarity_ratio DOUBLE PRECISION,
    is_canonical BOOLEAN DEFAULT 'false' NOT NULL,
    is_wire_copy BOOLEAN DEFAULT 'false' NOT NULL,
    CONSTRAINT cluster_members_pk PRIMARY KEY (article_id),
    CONSTRAINT cluster_members_article_id_fk FOREIGN KEY(article_id) REFERENCES core.articles (article_id) ON DELETE CASCADE,
    CONSTRAINT cluster_members_relation_check CHECK (relation IN ('canonical', 'exact', 'near')),
    CONSTRAINT cluster_members_similarity_ratio_check CHECK (similarity_ratio BETWEEN 0 AND 1),
    CONSTRAINT cluster_members_cluster_id_fk FOREIGN KEY(cluster_id) REFERENCES core.clusters (cluster_id) ON DELETE CASCADE,
    CONSTRAINT cluster_members_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE
);
CREATE INDEX cluster_members_article_version_id_index ON core.cluster_members (article_version_id);
CREATE UNIQUE INDEX cluster_members_canonical_index ON core.cluster_members (cluster_id) WHERE is_canonical;
CREATE INDEX cluster_members_cluster_id_index ON core.cluster_members (cluster_id);
COMMENT ON TABLE core.cluster_members IS 'Grain: one row per article that belongs to a cluster.';
COMMENT ON COLUMN core.cluster_members.article_id IS 'The article.';
COMMENT ON COLUMN core.cluster_members.cluster_id IS 'Its cluster.';
COMMENT ON COLUMN core.cluster_members.article_version_id IS 'The version that was compared.';
COMMENT ON COLUMN core.cluster_members.relation IS 'To the canonical member: canonical, exact or near.';
COMMENT ON COLUMN core.cluster_members.similarity_ratio IS 'Similarity to the canonical member; null: it is in the cluster through others.';
COMMENT ON COLUMN core.cluster_members.is_canonical IS 'Whether it is the member shown for all.';
COMMENT ON COLUMN core.cluster_members.is_wire_copy IS 'Whether it repeats a text that another publisher wrote.';

-- ----------------------------------------------------------------------
-- core.events
CREATE TABLE core.events (
    event_id UUID NOT NULL,
    article_version_id UUID NOT NULL,
    field TEXT NOT NULL,
    sentence_number INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    trigger_start_offset INTEGER NOT NULL,
    trigger_end_offset INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    cameo_code TEXT,
    cameo_edition TEXT,
    goldstein DOUBLE PRECISION,
    plover_score DOUBLE PRECISION,
    status TEXT NOT NULL,
    event_date DATE,
    date_precision TEXT,
    date_source TEXT,
    place_text TEXT,
    place_country_code TEXT,
    place_entity_id UUID,
    place_source TEXT,
    confidence DOUBLE PRECISION NOT NULL,
    coder TEXT NOT NULL,
    coder_version TEXT NOT NULL,
    CONSTRAINT events_pk PRIMARY KEY (event_id),
    CONSTRAINT events_field_check CHECK (field IN ('body', 'headline', 'dateline')),
    CONSTRAINT events_status_check CHECK (status IN ('actual', 'future', 'negated', 'hypothetical', 'historical')),
    CONSTRAINT events_quad_class_check CHECK (quad_class BETWEEN 1 AND 4),
    CONSTRAINT events_goldstein_check CHECK (goldstein BETWEEN -10 AND 10),
    CONSTRAINT events_plover_score_check CHECK (plover_score BETWEEN -10 AND 10),
    CONSTRAINT events_place_country_code_check CHECK (place_country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT events_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT events_start_span_check CHECK (start_offset >= 0 AND end_offset > start_offset),
    CONSTRAINT events_trigger_start_span_check CHECK (trigger_start_offset >= 0 AND trigger_end_offset > trigger_start_offset),
    CONSTRAINT events_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE,
    CONSTRAINT events_place_entity_id_fk FOREIGN KEY(place_entity_id) REFERENCES core.entities (entity_id)
);
CREATE INDEX events_article_version_id_index ON core.events (article_version_id);
CREATE INDEX events_date_index ON core.events (event_date);
CREATE INDEX events_place_entity_id_index ON core.events (place_entity_id);
CREATE INDEX events_type_index ON core.events (event_type, event_date);
COMMENT ON TABLE core.events IS 'Grain: one row per coded statement in a sentence of a version''s text.';
COMMENT ON COLUMN core.events.event_id IS 'Derived from version, field, trigger, type, and both sides.';
COMMENT ON COLUMN core.events.article_version_id IS 'The version that states it.';
COMMENT ON COLUMN core.events.field IS 'The field that the offsets count in.';
COMMENT ON COLUMN core.events.sentence_number IS 'Sentence of the field, from 0.';
COMMENT ON COLUMN core.events.start_offset IS 'First code point of the sentence.';
COMMENT ON COLUMN core.events.end_offset IS 'Code point behind the sentence.';
COMMENT ON COLUMN core.events.trigger_start_offset IS 'First code point of the words that say what was done.';
COMMENT ON COLUMN core.events.trigger_end_offset IS 'Code point behind these words.';
COMMENT ON COLUMN core.events.event_type IS 'PLOVER type: CONSULT, SUPPORT, ASSAULT ...';
COMMENT ON COLUMN core.events.quad_class IS '1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.';
COMMENT ON COLUMN core.events.cameo_code IS 'CAMEO code.';
COMMENT ON COLUMN core.events.cameo_edition IS 'Edition that the code is from.';
COMMENT ON COLUMN core.events.goldstein IS 'Goldstein value of the code, -10 to 10.';
COMMENT ON COLUMN core.events.plover_score IS 'PLOVER''s score of type and mode, -10 to 10.';
COMMENT ON COLUMN core.events.status IS 'actual, future, negated, hypothetical or historical.';
COMMENT ON COLUMN core.events.event_date IS 'Day of the event, or the first day of the period that date_precision names.';
COMMENT ON COLUMN core.events.date_precision IS 'How exact the day is: day, week, month or year.';
COMMENT ON COLUMN core.events.date_source IS 'What it was taken from.';
COMMENT ON COLUMN core.events.place_text IS 'Where it took place, as written.';
COMMENT ON COLUMN core.events.place_country_code IS 'Country of the place, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.events.place_entity_id IS 'The place, where resolved.';
COMMENT ON COLUMN core.events.place_source IS 'sentence, or dateline (a prior, not an answer).';
COMMENT ON COLUMN core.events.confidence IS '0 to 1, calibrated.';
COMMENT ON COLUMN core.events.coder IS 'Which coder and rule coded it.';
COMMENT ON COLUMN core.events.coder_version IS 'Version of the annotation that derived the row.';

-- ----------------------------------------------------------------------
-- core.mentions
CREATE TABLE core.mentions (
    mention_id UUID NOT NULL,
    article_version_id UUID NOT NULL,
    field TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    sentence_number INTEGER,
    surface TEXT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    entity_id UUID,
    country_code TEXT,
    sector TEXT,
    office TEXT,
    confidence DOUBLE PRECISION NOT NULL,
    annotator TEXT NOT NULL,
    annotator_version TEXT NOT NULL,
    CONSTRAINT mentions_pk PRIMARY KEY (mention_id),
    CONSTRAINT mentions_field_check CHECK (field IN ('body', 'headline', 'dateline')),
    CONSTRAINT mentions_kind_check CHECK (kind IN ('person', 'organization', 'country', 'city', 'region', 'facility', 'place', 'other')),
    CONSTRAINT mentions_form_check CHECK (form IN ('name', 'nominal', 'pronoun', 'demonym')),
    CONSTRAINT mentions_country_code_check CHECK (country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT mentions_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT mentions_start_span_check CHECK (start_offset >= 0 AND end_offset > start_offset),
    CONSTRAINT mentions_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE,
    CONSTRAINT mentions_entity_id_fk FOREIGN KEY(entity_id) REFERENCES core.entities (entity_id)
);
CREATE INDEX mentions_entity_index ON core.mentions (entity_id, article_version_id);
CREATE UNIQUE INDEX mentions_place_index ON core.mentions (article_version_id, field, start_offset, end_offset);
COMMENT ON TABLE core.mentions IS 'Grain: one row per span of a version''s text that names someone or something. Names do not nest.';
COMMENT ON COLUMN core.mentions.mention_id IS 'Derived from version, field and offsets.';
COMMENT ON COLUMN core.mentions.article_version_id IS 'The version whose text names it.';
COMMENT ON COLUMN core.mentions.field IS 'The field that the offsets count in: headline, dateline or body.';
COMMENT ON COLUMN core.mentions.start_offset IS 'First code point, from 0.';
COMMENT ON COLUMN core.mentions.end_offset IS 'Code point behind the last.';
COMMENT ON COLUMN core.mentions.sentence_number IS 'Sentence of the field, from 0.';
COMMENT ON COLUMN core.mentions.surface IS 'The words themselves.';
COMMENT ON COLUMN core.mentions.kind IS 'What the words name.';
COMMENT ON COLUMN core.mentions.form IS 'name, nominal, pronoun or demonym.';
COMMENT ON COLUMN core.mentions.entity_id IS 'Whom or what they name; null is left open.';
COMMENT ON COLUMN core.mentions.country_code IS 'Country that the words themselves name, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.mentions.sector IS 'PLOVER sector that the words themselves name.';
COMMENT ON COLUMN core.mentions.office IS 'Office that the text or the tables give the person on that date.';
COMMENT ON COLUMN core.mentions.confidence IS '0 to 1.';
COMMENT ON COLUMN core.mentions.annotator IS 'Who found it.';
COMMENT ON COLUMN core.mentions.annotator_version IS 'Version of the annotation that derived the row.';

-- ----------------------------------------------------------------------
-- core.event_modes
CREATE TABLE core.event_modes (
    event_id UUID NOT NULL,
    mode TEXT NOT NULL,
    CONSTRAINT event_modes_pk PRIMARY KEY (event_id, mode),
    CONSTRAINT event_modes_event_id_fk FOREIGN KEY(event_id) REFERENCES core.events (event_id) ON DELETE CASCADE
);
COMMENT ON TABLE core.event_modes IS 'Grain: one row per mode of an event.';
COMMENT ON COLUMN core.event_modes.event_id IS 'The event.';
COMMENT ON COLUMN core.event_modes.mode IS 'PLOVER mode of the event''s type.';

-- ----------------------------------------------------------------------
-- core.event_contexts
CREATE TABLE core.event_contexts (
    event_id UUID NOT NULL,
    context TEXT NOT NULL,
    CONSTRAINT event_contexts_pk PRIMARY KEY (event_id, context),
    CONSTRAINT event_contexts_event_id_fk FOREIGN KEY(event_id) REFERENCES core.events (event_id) ON DELETE CASCADE
);
COMMENT ON TABLE core.event_contexts IS 'Grain: one row per context of an event.';
COMMENT ON COLUMN core.event_contexts.event_id IS 'The event.';
COMMENT ON COLUMN core.event_contexts.context IS 'PLOVER context: diplomatic, economic, military ...';

-- ----------------------------------------------------------------------
-- core.event_sizes
CREATE TABLE core.event_sizes (
    event_id UUID NOT NULL,
    kind TEXT NOT NULL,
    minimum INTEGER,
    maximum INTEGER,
    CONSTRAINT event_sizes_pk PRIMARY KEY (event_id, kind),
    CONSTRAINT event_sizes_bounds_check CHECK (maximum >= minimum),
    CONSTRAINT event_sizes_event_id_fk FOREIGN KEY(event_id) REFERENCES core.events (event_id) ON DELETE CASCADE
);
COMMENT ON TABLE core.event_sizes IS 'Grain: one row per count that the sentence gives for an event.';
COMMENT ON COLUMN core.event_sizes.event_id IS 'The event.';
COMMENT ON COLUMN core.event_sizes.kind IS 'What was counted: dead, injured, arrested ...';
COMMENT ON COLUMN core.event_sizes.minimum IS 'At least so many.';
COMMENT ON COLUMN core.event_sizes.maximum IS 'At most so many.';

-- ----------------------------------------------------------------------
-- core.event_participants
CREATE TABLE core.event_participants (
    event_id UUID NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    surface TEXT NOT NULL,
    start_offset INTEGER,
    end_offset INTEGER,
    country_code TEXT,
    sector TEXT,
    entity_id UUID,
    CONSTRAINT event_participants_pk PRIMARY KEY (event_id, role, position),
    CONSTRAINT event_participants_role_check CHECK (role IN ('actor', 'recipient', 'claimant')),
    CONSTRAINT event_participants_country_code_check CHECK (country_code ~ '^[A-Z]{3}$'),
    CONSTRAINT event_participants_start_span_check CHECK (start_offset >= 0 AND end_offset > start_offset),
    CONSTRAINT event_participants_event_id_fk FOREIGN KEY(event_id) REFERENCES core.events (event_id) ON DELETE CASCADE,
    CONSTRAINT event_participants_entity_id_fk FOREIGN KEY(entity_id) REFERENCES core.entities (entity_id)
);
CREATE INDEX event_participants_country_index ON core.event_participants (country_code, role, event_id);
CREATE INDEX event_participants_entity_id_index ON core.event_participants (entity_id);
COMMENT ON TABLE core.event_participants IS 'Grain: one row per actor, recipient or claimant of an event; lists, never pairs.';
COMMENT ON COLUMN core.event_participants.event_id IS 'The event.';
COMMENT ON COLUMN core.event_participants.role IS 'actor, recipient, or claimant (who says that it happened).';
COMMENT ON COLUMN core.event_participants.position IS 'Place among those of the same role, from 1.';
COMMENT ON COLUMN core.event_participants.surface IS 'How the text names the participant.';
COMMENT ON COLUMN core.event_participants.start_offset IS 'First code point; null where resolved from outside the sentence.';
COMMENT ON COLUMN core.event_participants.end_offset IS 'Code point behind the last.';
COMMENT ON COLUMN core.event_participants.country_code IS 'Country of the participant, ISO 3166-1 alpha-3.';
COMMENT ON COLUMN core.event_participants.sector IS 'PLOVER sector: GOV, MIL, REB ...';
COMMENT ON COLUMN core.event_participants.entity_id IS 'The participant, where resolved.';

-- ----------------------------------------------------------------------
-- core.event_cluster_members
CREATE TABLE core.event_cluster_members (
    event_id UUID NOT NULL,
    event_cluster_id UUID NOT NULL,
    CONSTRAINT event_cluster_members_pk PRIMARY KEY (event_cluster_id, event_id),
    CONSTRAINT event_cluster_members_event_id_key UNIQUE (event_id),
    CONSTRAINT event_cluster_members_event_id_fk FOREIGN KEY(event_id) REFERENCES core.events (event_id) ON DELETE CASCADE,
    CONSTRAINT event_cluster_members_event_cluster_id_fk FOREIGN KEY(event_cluster_id) REFERENCES core.event_clusters (event_cluster_id) ON DELETE CASCADE
);
CREATE INDEX event_cluster_members_event_cluster_id_index ON core.event_cluster_members (event_cluster_id);
COMMENT ON TABLE core.event_cluster_members IS 'Grain: one row per coded statement of an event of the world; a statement belongs to one.';
COMMENT ON COLUMN core.event_cluster_members.event_id IS 'The statement.';
COMMENT ON COLUMN core.event_cluster_members.event_cluster_id IS 'What it states.';

-- ----------------------------------------------------------------------
-- core.quotes
CREATE TABLE core.quotes (
    quote_id UUID NOT NULL,
    article_version_id UUID NOT NULL,
    field TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    quote_text TEXT NOT NULL,
    is_direct BOOLEAN DEFAULT 'false' NOT NULL,
    verb TEXT,
    speaker_mention_id UUID,
    speaker_entity_id UUID,
    confidence DOUBLE PRECISION NOT NULL,
    annotator_version TEXT NOT NULL,
    CONSTRAINT quotes_pk PRIMARY KEY (quote_id),
    CONSTRAINT quotes_field_check CHECK (field IN ('body', 'headline', 'dateline')),
    CONSTRAINT quotes_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    CONSTRAINT quotes_start_span_check CHECK (start_offset >= 0 AND end_offset > start_offset),
    CONSTRAINT quotes_article_version_id_fk FOREIGN KEY(article_version_id) REFERENCES core.article_versions (article_version_id) ON DELETE CASCADE,
    CONSTRAINT quotes_speaker_mention_id_fk FOREIGN KEY(speaker_mention_id) REFERENCES core.mentions (mention_id) ON DELETE SET NULL,
    CONSTRAINT quotes_speaker_entity_id_fk FOREIGN KEY(speaker_entity_id) REFERENCES core.entities (entity_id)
);
CREATE UNIQUE INDEX quotes_place_index ON core.quotes (article_version_id, field, start_offset, end_offset);
CREATE INDEX quotes_speaker_entity_id_index ON core.quotes (speaker_entity_id);
CREATE INDEX quotes_speaker_mention_id_index ON core.quotes (speaker_mention_id);
COMMENT ON TABLE core.quotes IS 'Grain: one row per quotation in a version''s text.';
COMMENT ON COLUMN core.quotes.quote_id IS 'Derived from version, field and offsets.';
COMMENT ON COLUMN core.quotes.article_version_id IS 'The version that quotes.';
COMMENT ON COLUMN core.quotes.field IS 'The field that the offsets count in.';
COMMENT ON COLUMN core.quotes.start_offset IS 'First code point, behind the opening mark.';
COMMENT ON COLUMN core.quotes.end_offset IS 'Code point behind the last, before the closing mark.';
COMMENT ON COLUMN core.quotes.quote_text IS 'The words, without marks.';
COMMENT ON COLUMN core.quotes.is_direct IS 'Whether the words are the speaker''s own.';
COMMENT ON COLUMN core.quotes.verb IS 'The verb of saying, as in the text.';
COMMENT ON COLUMN core.quotes.speaker_mention_id IS 'Where the text names the speaker.';
COMMENT ON COLUMN core.quotes.speaker_entity_id IS 'The speaker, where resolved.';
COMMENT ON COLUMN core.quotes.confidence IS '0 to 1.';
COMMENT ON COLUMN core.quotes.annotator_version IS 'Version of the annotation that derived the row.';

ALTER TABLE core.articles ADD CONSTRAINT articles_current_version_id_fk FOREIGN KEY(current_version_id) REFERENCES core.article_versions (article_version_id) DEFERRABLE INITIALLY DEFERRED;

-- Compressed already: pressing it again would only cost time.
ALTER TABLE raw.contents ALTER COLUMN content SET STORAGE EXTERNAL;
