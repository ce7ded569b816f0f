-- inherits: core.article_versions, core.articles, core.cluster_members, core.publishers
CREATE VIEW mart.all_articles AS
SELECT
    a.article_id,
    v.article_version_id,
    p.publisher_code,
    p.name AS publisher_name,
    a.external_id,
    a.canonical_url,
    v.url,
    coalesce(v.headline, v.slugline, left(split_part(v.body, E'\n', 1), 120)) AS display_title,
    v.headline,
    v.subheadline,
    v.slugline,
    v.byline,
    (
        SELECT coalesce(array_agg(x.name ORDER BY x.position), '{}')
        FROM core.version_authors x WHERE x.article_version_id = v.article_version_id
    ) AS authors,
    v.credit,
    v.dateline_text,
    v.dateline_place,
    v.dateline_country_code,
    v.dateline_date,
    v.dateline_agency,
    CASE WHEN p.is_full_text_shown THEN v.body END AS body,
    array_length(regexp_split_to_array(trim(v.body), '\s+'), 1) AS word_count,
    cardinality(regexp_split_to_array(v.body, '\n{2,}')) AS paragraph_count,
    v.language,
    v.section,
    v.genre,
    (
        SELECT coalesce(array_agg(coalesce(s.name, s.code) ORDER BY x.position), '{}')
        FROM core.version_subjects x JOIN core.subjects s USING (subject_id)
        WHERE x.article_version_id = v.article_version_id
    ) AS subjects,
    v.urgency,
    v.ed_note,
    v.rights,
    v.image_url,
    v.published_at,
    v.published_at_source,
    v.published_at_precision,
    v.published_at_zone,
    v.warnings && ARRAY['published_in_future', 'published_long_ago'] AS is_published_at_doubtful,
    v.modified_at,
    v.embargoed_until,
    v.wire_version,
    a.pub_status,
    v.change_kind,
    v.is_partial,
    v.is_paywalled,
    v.format,
    v.warnings,
    a.first_seen_at,
    a.last_seen_at,
    v.parser_version,
    m.cluster_id,
    coalesce(m.is_canonical, true) AS is_canonical,
    coalesce(m.is_wire_copy, false) AS is_wire_copy
FROM core.articles a
JOIN core.article_versions v ON v.article_version_id = a.current_version_id
JOIN core.publishers p ON p.publisher_id = a.publisher_id
LEFT JOIN core.cluster_members m ON m.article_id = a.article_id;

COMMENT ON VIEW mart.all_articles IS
    'Grain: one row per article in its current version, withdrawn and embargoed ones included.';
COMMENT ON COLUMN mart.all_articles.publisher_name IS 'Name as the publisher writes it.';
COMMENT ON COLUMN mart.all_articles.display_title IS
    'Headline; where the document has none, its slugline, else the beginning of its text.';
COMMENT ON COLUMN mart.all_articles.authors IS 'Names of the authors in the order of the byline.';
COMMENT ON COLUMN mart.all_articles.body IS
    'The text, paragraphs separated by a blank line; null where the licence forbids to show it.';
COMMENT ON COLUMN mart.all_articles.is_published_at_doubtful IS
    'Whether the document gives a time of publication that cannot be (after it was captured, or before 1990 on a web page), which is why published_at is null.';
COMMENT ON COLUMN mart.all_articles.published_at IS
    'Time of publication that the current version gives; a correction may give its own, and article_versions has the first.';
COMMENT ON COLUMN mart.all_articles.published_at_precision IS
    'How exact it is: second, minute, hour, day, month or year; from day on, published_at is midnight UTC of the first day.';
COMMENT ON COLUMN mart.all_articles.word_count IS 'Words of the text.';
COMMENT ON COLUMN mart.all_articles.paragraph_count IS 'Paragraphs of the text.';
COMMENT ON COLUMN mart.all_articles.subjects IS 'Names, else codes, of the subjects that it was filed under.';
COMMENT ON COLUMN mart.all_articles.cluster_id IS 'Its group of nearly equal texts; null: no other article has this text.';
COMMENT ON COLUMN mart.all_articles.is_canonical IS 'Whether it stands for its group; true where it is in none.';
