CREATE FUNCTION mart.search_articles(
    query text,
    language text DEFAULT 'en',
    since timestamptz DEFAULT NULL,
    until timestamptz DEFAULT NULL,
    result_limit integer DEFAULT 20
)
RETURNS TABLE (
    article_id uuid, article_version_id uuid, publisher_code text, published_at timestamptz, display_title text,
    excerpt text, rank real
)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    configuration regconfig := core.search_configuration(search_articles.language);
    wanted tsquery := websearch_to_tsquery(configuration, search_articles.query);
BEGIN
    -- Planned anew for every query, since a rare word and a common one want different ways to the rows.
    -- Of what matches, the newest 10,000 are ranked: beyond that a reader wants the newest anyway.
    RETURN QUERY EXECUTE $query$
        WITH hits AS MATERIALIZED (
            SELECT v.article_version_id, v.published_at, v.search_vector
            FROM core.article_versions v
            WHERE v.search_vector @@ $1 AND coalesce(v.language, '') = coalesce($2, '')
              AND ($3 IS NULL OR v.published_at >= $3) AND ($4 IS NULL OR v.published_at < $4)
            ORDER BY v.published_at DESC NULLS LAST
            LIMIT 10000
        ), best AS (
            SELECT h.article_version_id, ts_rank(h.search_vector, $1) AS rank
            FROM hits h
            JOIN core.articles a ON a.current_version_id = h.article_version_id AND a.pub_status = 'usable'
            ORDER BY rank DESC, h.published_at DESC NULLS LAST, h.article_version_id
            LIMIT $5
        )
        SELECT v.article_id, v.article_version_id, p.publisher_code, v.published_at,
            coalesce(v.headline, v.slugline, left(split_part(v.body, E'\n', 1), 120)),
            CASE WHEN p.is_full_text_shown
                THEN ts_headline($6, v.body, $1, 'MaxFragments=2, MaxWords=25, MinWords=10, StartSel=«, StopSel=»') END,
            b.rank
        FROM best b
        JOIN core.article_versions v ON v.article_version_id = b.article_version_id
        JOIN core.articles a ON a.article_id = v.article_id
        JOIN core.publishers p ON p.publisher_id = a.publisher_id
        WHERE v.embargoed_until IS NULL OR v.embargoed_until <= now()
        ORDER BY b.rank DESC, v.published_at DESC NULLS LAST, v.article_version_id
    $query$
    USING wanted, search_articles.language, search_articles.since, search_articles.until,
        least(search_articles.result_limit, 1000), configuration;
END
$$;

COMMENT ON FUNCTION mart.search_articles IS
    'Current articles of a language (ISO 639-1; null: not known) that match a query as one types it into a search'
    ' engine ("exact words", -without, or), best first; the excerpt marks the hits with « and ». Words match in any'
    ' form and with or without accents. Of more than 10,000 matches the newest are ranked. Grain: one row per article.';
