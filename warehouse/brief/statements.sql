-- Who met, agreed with, threatened or used force against whom? (named on both sides first, then told by most sources)
WITH told AS (
    SELECT
        CASE e.event_type WHEN 'CONSULT' THEN 'met' WHEN 'AGREE' THEN 'agreed' WHEN 'THREATEN' THEN 'threatened'
            ELSE 'fought' END AS topic,
        actor.names AS actors, recipient.names AS recipients, actor.is_known AND recipient.is_known AS is_known,
        e.article_id, e.publisher_code, e.confidence, e.event_id
    FROM mart.events e
    JOIN LATERAL (
        SELECT array_agg(coalesce(p.entity_name, p.surface) ORDER BY p.position) AS names,
            bool_or(p.entity_id IS NOT NULL OR p.country_code IS NOT NULL) AS is_known
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'actor'
    ) actor ON actor.names IS NOT NULL
    JOIN LATERAL (
        SELECT array_agg(coalesce(p.entity_name, p.surface) ORDER BY p.position) AS names,
            bool_or(p.entity_id IS NOT NULL OR p.country_code IS NOT NULL) AS is_known
        FROM mart.event_participants p WHERE p.event_id = e.event_id AND p.role = 'recipient'
    ) recipient ON recipient.names IS NOT NULL
    WHERE e.published_at >= :since AND e.published_at < :until AND e.status = 'actual' AND NOT e.is_wire_copy
        AND e.event_type IN ('CONSULT', 'AGREE', 'THREATEN', 'SANCTION', 'COERCE', 'ASSAULT')
), ranked AS (
    SELECT
        topic, actors, recipients,
        count(DISTINCT publisher_code) AS source_count,
        count(DISTINCT article_id) AS article_count,
        (array_agg(event_id ORDER BY confidence DESC, event_id))[1] AS event_id,
        count(*) OVER (PARTITION BY topic) AS topic_count,
        row_number() OVER (
            PARTITION BY topic
            ORDER BY bool_or(is_known) DESC, count(DISTINCT publisher_code) DESC, count(DISTINCT article_id) DESC,
                max(confidence) DESC, actors, recipients
        ) AS place
    FROM told
    GROUP BY topic, actors, recipients
)
SELECT r.topic, r.actors, r.recipients, left(e.sentence, 400) AS sentence, a.url, a.language, a.publisher_name,
    r.source_count, r.article_count, r.topic_count
FROM ranked r
JOIN mart.events e ON e.event_id = r.event_id
JOIN mart.articles a ON a.article_id = e.article_id
WHERE r.place <= 6
ORDER BY r.topic, r.place
