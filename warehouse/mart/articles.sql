-- after: all_articles
-- inherits: mart.all_articles
CREATE VIEW mart.articles AS
SELECT *
FROM mart.all_articles
WHERE pub_status = 'usable' AND (embargoed_until IS NULL OR embargoed_until <= now());

COMMENT ON VIEW mart.articles IS
    'Grain: one row per article in its current version; killed, withheld and embargoed ones are left out. Start here.';
