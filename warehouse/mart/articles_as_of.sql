CREATE FUNCTION mart.articles_as_of(at timestamptz, known_at timestamptz DEFAULT now())
RETURNS TABLE (
    article_id uuid, article_version_id uuid, publisher_code text, headline text, body text, language text,
    pub_status text, change_kind text, valid_from timestamptz, recorded_at timestamptz, published_at timestamptz,
    url text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT DISTINCT ON (v.article_id)
        v.article_id, v.article_version_id, p.publisher_code, v.headline,
        CASE WHEN p.is_full_text_shown THEN v.body END,
        v.language, v.pub_status, v.change_kind, v.valid_from, v.recorded_at, v.published_at, v.url
    FROM core.article_versions v
    JOIN core.articles a ON a.article_id = v.article_id
    JOIN core.publishers p ON p.publisher_id = a.publisher_id
    WHERE v.valid_from <= articles_as_of.at
      AND v.recorded_at <= articles_as_of.known_at
      AND (v.superseded_at IS NULL OR v.superseded_at > articles_as_of.known_at)
    ORDER BY v.article_id, v.valid_from DESC, v.recorded_at DESC, v.article_version_id;
END;

COMMENT ON FUNCTION mart.articles_as_of IS
    'Every article as the wire had it at one time (at), as far as this warehouse knew it at another (known_at, by'
    ' default now). Killed ones are in it with pub_status canceled. Grain: one row per article.';
