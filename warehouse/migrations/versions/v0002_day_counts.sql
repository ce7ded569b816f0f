-- ----------------------------------------------------------------------
-- ops.stale_days
CREATE TABLE ops.stale_days (
    stale_day_id BIGINT GENERATED ALWAYS AS IDENTITY,
    day DATE NOT NULL,
    CONSTRAINT stale_days_pk PRIMARY KEY (stale_day_id)
);
COMMENT ON TABLE ops.stale_days IS 'Grain: one row per day and batch that changed something of it: its counts have to be made anew.';
COMMENT ON COLUMN ops.stale_days.stale_day_id IS 'Running number.';
COMMENT ON COLUMN ops.stale_days.day IS 'The day (UTC).';

-- ----------------------------------------------------------------------
-- core.event_days
CREATE TABLE core.event_days (
    day DATE NOT NULL,
    actor_country_code TEXT NOT NULL,
    recipient_country_code TEXT NOT NULL,
    event_type TEXT NOT NULL,
    status TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    event_count INTEGER NOT NULL,
    unique_count INTEGER NOT NULL,
    goldstein_sum DOUBLE PRECISION NOT NULL,
    goldstein_count INTEGER NOT NULL,
    CONSTRAINT event_days_pk PRIMARY KEY (day, actor_country_code, recipient_country_code, event_type, status, quad_class)
);
CREATE INDEX event_days_pair_index ON core.event_days (actor_country_code, recipient_country_code, day);
COMMENT ON TABLE core.event_days IS 'Grain: one row per day, pair of countries, type and status of events.';
COMMENT ON COLUMN core.event_days.day IS 'Day of publication (UTC).';
COMMENT ON COLUMN core.event_days.actor_country_code IS 'Country of an actor; empty: not known.';
COMMENT ON COLUMN core.event_days.recipient_country_code IS 'Country of a recipient; empty: none or not known.';
COMMENT ON COLUMN core.event_days.event_type IS 'PLOVER type.';
COMMENT ON COLUMN core.event_days.status IS 'actual, future, negated, hypothetical or historical.';
COMMENT ON COLUMN core.event_days.quad_class IS 'Quad class of the type.';
COMMENT ON COLUMN core.event_days.event_count IS 'Coded statements.';
COMMENT ON COLUMN core.event_days.unique_count IS 'Of these, in articles that are no copies.';
COMMENT ON COLUMN core.event_days.goldstein_sum IS 'Sum of their Goldstein values.';
COMMENT ON COLUMN core.event_days.goldstein_count IS 'Statements that have one.';

-- ----------------------------------------------------------------------
-- core.article_days
CREATE TABLE core.article_days (
    day DATE NOT NULL,
    publisher_id UUID NOT NULL,
    language TEXT NOT NULL,
    article_count INTEGER NOT NULL,
    unique_count INTEGER NOT NULL,
    wire_copy_count INTEGER NOT NULL,
    word_count INTEGER NOT NULL,
    correction_count INTEGER NOT NULL,
    kill_count INTEGER NOT NULL,
    CONSTRAINT article_days_pk PRIMARY KEY (day, publisher_id, language),
    CONSTRAINT article_days_publisher_id_fk FOREIGN KEY(publisher_id) REFERENCES core.publishers (publisher_id)
);
COMMENT ON TABLE core.article_days IS 'Grain: one row per day, publisher and language.';
COMMENT ON COLUMN core.article_days.day IS 'Day of publication (UTC).';
COMMENT ON COLUMN core.article_days.publisher_id IS 'The publisher.';
COMMENT ON COLUMN core.article_days.language IS 'ISO 639-1 code; empty: not known.';
COMMENT ON COLUMN core.article_days.article_count IS 'Articles.';
COMMENT ON COLUMN core.article_days.unique_count IS 'Articles that stand for their group: without copies.';
COMMENT ON COLUMN core.article_days.wire_copy_count IS 'Articles that repeat a text that another publisher wrote.';
COMMENT ON COLUMN core.article_days.word_count IS 'Words of these articles.';
COMMENT ON COLUMN core.article_days.correction_count IS 'Versions of that day that correct.';
COMMENT ON COLUMN core.article_days.kill_count IS 'Versions of that day that kill.';

-- ----------------------------------------------------------------------
-- core.entity_days
CREATE TABLE core.entity_days (
    day DATE NOT NULL,
    entity_id UUID NOT NULL,
    article_count INTEGER NOT NULL,
    unique_count INTEGER NOT NULL,
    mention_count INTEGER NOT NULL,
    CONSTRAINT entity_days_pk PRIMARY KEY (day, entity_id),
    CONSTRAINT entity_days_entity_id_fk FOREIGN KEY(entity_id) REFERENCES core.entities (entity_id) ON DELETE CASCADE
);
CREATE INDEX entity_days_entity_index ON core.entity_days (entity_id, day);
COMMENT ON TABLE core.entity_days IS 'Grain: one row per day and entity that was named on it.';
COMMENT ON COLUMN core.entity_days.day IS 'Day of publication (UTC).';
COMMENT ON COLUMN core.entity_days.entity_id IS 'The entity.';
COMMENT ON COLUMN core.entity_days.article_count IS 'Articles that name it.';
COMMENT ON COLUMN core.entity_days.unique_count IS 'Of these, without copies.';
COMMENT ON COLUMN core.entity_days.mention_count IS 'Mentions in them.';
