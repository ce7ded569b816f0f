-- after: recorded_versions
-- In SQL alone and with the caller's rights, so that what the caller asks for narrows what is read.
CREATE FUNCTION mart.articles_as_of(at timestamptz, known_at timestamptz DEFAULT now())
RETURNS TABLE (
    article_id uuid, article_version_id uuid, publisher_code text, headline text, body text, language text,
    pub_status text, change_kind text, valid_from timestamptz, recorded_at timestamptz, published_at timestamptz,
    url text
)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT v.article_id, v.article_version_id, v.publisher_code, v.headline, v.body, v.language, v.pub_status,
        v.change_kind, v.valid_from, v.recorded_at, v.published_at, v.url
    FROM mart.recorded_versions v
    WHERE v.valid_from <= articles_as_of.at
      AND v.recorded_at <= articles_as_of.known_at
      AND (v.superseded_at IS NULL OR v.superseded_at > articles_as_of.known_at)
      AND NOT EXISTS (
          SELECT FROM mart.recorded_versions later
          WHERE later.article_id = v.article_id
            AND (later.valid_from, later.recorded_at, later.article_version_id)
                > (v.valid_from, v.recorded_at, v.article_version_id)
            AND later.valid_from <= articles_as_of.at
            AND later.recorded_at <= articles_as_of.known_at
            AND (later.superseded_at IS NULL OR later.superseded_at > articles_as_of.known_at)
      );
END;

COMMENT ON FUNCTION mart.articles_as_of IS
    'Every article as the wire had it at one time (at), as far as this warehouse knew it at another (known_at, by'
    ' default now). Killed ones are in it with pub_status canceled. Grain: one row per article.';
