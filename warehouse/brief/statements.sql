-- Who met, agreed with, threatened or used force against whom, as told by most sources?
WITH told AS (
    SELECT
        CASE
            WHEN event_type = 'CONSULT' THEN 'met'
            WHEN event_type = 'AGREE' THEN 'agreed'
            WHEN event_type = 'THREATEN' THEN 'threatened'
            ELSE 'fought'
        END AS topic,
        actors, recipients, article_id, publisher_code, sentence, confidence, event_id
    FROM mart.events
    WHERE published_at >= :since AND published_at < :until AND status = 'actual' AND NOT is_wire_copy
        AND event_type IN ('CONSULT', 'AGREE', 'THREATEN', 'SANCTION', 'COERCE', 'ASSAULT')
        AND actors <> '{}' AND recipients <> '{}'
), ranked AS (
    SELECT
        topic, actors, recipients,
        count(DISTINCT publisher_code) AS source_count,
        count(DISTINCT article_id) AS article_count,
        (array_agg(article_id ORDER BY confidence DESC, event_id))[1] AS article_id,
        (array_agg(sentence ORDER BY confidence DESC, event_id))[1] AS sentence,
        count(*) OVER (PARTITION BY topic) AS topic_count,
        row_number() OVER (
            PARTITION BY topic
            ORDER BY count(DISTINCT publisher_code) DESC, count(DISTINCT article_id) DESC, max(confidence) DESC,
                actors, recipients
        ) AS place
    FROM told
    GROUP BY topic, actors, recipients
)
SELECT r.topic, r.actors, r.recipients, left(r.sentence, 400) AS sentence, a.url, a.language, a.publisher_name,
    r.source_count, r.article_count, r.topic_count
FROM ranked r
JOIN mart.articles a ON a.article_id = r.article_id
WHERE r.place <= 6
ORDER BY r.topic, r.place
