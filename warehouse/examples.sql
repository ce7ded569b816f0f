-- Twenty-five questions and the query that answers each, from simple to window functions. All are tested.
-- Times are in UTC; `published_at >= '2024-05-01'` and so on bound what is read: change the dates to your own.

-- 1. Which articles are newest?
SELECT published_at, publisher_name, display_title, url
FROM mart.articles
ORDER BY published_at DESC NULLS LAST
LIMIT 20;

-- 2. How many articles, and how many different texts, did each publisher bring?
SELECT publisher_code, sum(article_count) AS articles, sum(unique_count) AS texts
FROM mart.article_days
WHERE day >= '2024-05-01' AND day < '2024-06-01'
GROUP BY publisher_code
ORDER BY articles DESC;

-- 3. How many articles came on each day, and how does that compare with the week around it?
SELECT day, sum(article_count) AS articles,
    round(avg(sum(article_count)) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING), 1) AS mean_of_week
FROM mart.article_days
WHERE day >= '2024-05-01' AND day < '2024-06-01'
GROUP BY day
ORDER BY day;

-- 4. Where were the dispatches written?
SELECT dateline_country_code, dateline_place, count(*) AS articles
FROM mart.articles
WHERE published_at >= '2024-05-01' AND published_at < '2024-06-01' AND dateline_place IS NOT NULL
GROUP BY dateline_country_code, dateline_place
ORDER BY articles DESC
LIMIT 20;

-- 5. In which languages?
SELECT language, sum(article_count) AS articles, round(100.0 * sum(article_count) / sum(sum(article_count)) OVER (), 1) AS percent
FROM mart.article_days
WHERE day >= '2024-05-01' AND day < '2024-06-01'
GROUP BY language
ORDER BY articles DESC;

-- 6. Who wrote most?
SELECT name, count(*) AS articles
FROM mart.article_authors
WHERE published_at >= '2024-05-01' AND published_at < '2024-06-01'
GROUP BY name
ORDER BY articles DESC
LIMIT 20;

-- 7. Which articles are about a treaty? (full text, any form of the word, best first)
SELECT published_at, publisher_code, display_title, excerpt
FROM mart.search_articles('treaty -sport', language => 'en', since => '2024-05-01', until => '2024-06-01');

-- 8. Under which name is someone known here? (any spelling, any script)
SELECT entity_name, kind, country_code, matched_alias, article_count
FROM mart.search_entities('Tokaev');

-- 9. Who was in the news?
SELECT name, kind, country_code, sum(unique_count) AS texts
FROM mart.entity_days
WHERE day >= '2024-05-01' AND day < '2024-06-01' AND kind IN ('person', 'organization')
GROUP BY entity_id, name, kind, country_code
ORDER BY texts DESC
LIMIT 20;

-- 10. Who was more in the news than in the week before?
SELECT name, country_code, this_week, week_before
FROM (
    SELECT entity_id, name, country_code,
        coalesce(sum(unique_count) FILTER (WHERE day >= '2024-05-25'), 0) AS this_week,
        coalesce(sum(unique_count) FILTER (WHERE day < '2024-05-25'), 0) AS week_before
    FROM mart.entity_days
    WHERE day >= '2024-05-18' AND day < '2024-06-01' AND kind = 'person'
    GROUP BY entity_id, name, country_code
) AS weeks
ORDER BY this_week - week_before DESC, name
LIMIT 20;

-- 11. How often was one country named, day by day, days without it included?
SELECT d.day::date, coalesce(sum(n.article_count), 0) AS articles
FROM generate_series(date '2024-05-01', date '2024-05-31', interval '1 day') AS d (day)
LEFT JOIN mart.entity_days n ON n.day = d.day AND n.kind = 'country' AND n.country_code = 'KAZ'
GROUP BY d.day
ORDER BY d.day;

-- 12. With whom is one entity named together?
SELECT other_name, other_kind, count(DISTINCT article_id) AS articles
FROM mart.co_mentions
WHERE entity_id IN (SELECT entity_id FROM mart.search_entities('Kazakhstan', 1))
    AND published_at >= '2024-05-01' AND published_at < '2024-06-01'
GROUP BY other_entity_id, other_name, other_kind
ORDER BY articles DESC, other_name
LIMIT 20;

-- 13. What did someone say?
SELECT published_at, speaker_name, speaker_office, quote_text, publisher_code
FROM mart.quotes
WHERE speaker_id IN (SELECT entity_id FROM mart.search_entities('Tokayev', 1)) AND is_direct
ORDER BY published_at DESC NULLS LAST
LIMIT 20;

-- 14. Who was quoted most, and in how many publications?
SELECT speaker_name, speaker_country_code, count(*) AS quotes, count(DISTINCT publisher_code) AS publishers
FROM mart.quotes
WHERE published_at >= '2024-05-01' AND published_at < '2024-06-01' AND NOT is_wire_copy AND speaker_id IS NOT NULL
GROUP BY speaker_id, speaker_name, speaker_country_code
ORDER BY quotes DESC, speaker_name
LIMIT 20;

-- 15. Who did what to whom?
SELECT day, actors, event_type, modes, recipients, place_text, sentence
FROM mart.events
WHERE published_at >= '2024-05-01' AND published_at < '2024-06-01' AND status = 'actual'
ORDER BY published_at DESC, event_id
LIMIT 50;

-- 16. Which pairs of countries cooperate, and which are in conflict? (mean Goldstein value, -10 to 10)
SELECT actor_country_code, recipient_country_code, sum(unique_count) AS events,
    round((sum(goldstein_sum) / nullif(sum(goldstein_count), 0))::numeric, 2) AS goldstein_mean
FROM mart.event_days
WHERE day >= '2024-05-01' AND day < '2024-06-01' AND status = 'actual'
    AND actor_country_code <> recipient_country_code
GROUP BY actor_country_code, recipient_country_code
ORDER BY events DESC
LIMIT 30;

-- 17. How did relations between two countries develop, week by week?
SELECT date_trunc('week', day)::date AS week, sum(event_count) AS events,
    round((sum(goldstein_sum) / nullif(sum(goldstein_count), 0))::numeric, 2) AS goldstein_mean,
    sum(event_count) FILTER (WHERE quad_class >= 3) AS conflict
FROM mart.event_days
WHERE actor_country_code IN ('KAZ', 'TUR') AND recipient_country_code IN ('KAZ', 'TUR')
    AND actor_country_code <> recipient_country_code AND status = 'actual'
GROUP BY week
ORDER BY week;

-- 18. Who threatened whom?
SELECT day, actors, actor_countries, recipients, recipient_countries, sentence
FROM mart.events
WHERE event_type = 'THREATEN' AND published_at >= '2024-05-01' AND published_at < '2024-06-01'
ORDER BY published_at DESC, event_id
LIMIT 50;

-- 19. What is announced for the future?
SELECT day, actors, event_type, recipients, sentence
FROM mart.events
WHERE status = 'future' AND published_at >= '2024-05-01' AND published_at < '2024-06-01'
ORDER BY event_date NULLS LAST, event_id
LIMIT 50;

-- 20. What was corrected or killed, and how?
SELECT corrected_at, publisher_code, change_kind, previous_headline, headline, change_summary
FROM mart.corrections
WHERE corrected_at >= '2024-05-01' AND corrected_at < '2024-06-01'
ORDER BY corrected_at DESC
LIMIT 50;

-- 21. What did the front page look like on a day, as we knew it then?
SELECT publisher_code, headline, valid_from
FROM mart.articles_as_of('2024-05-31 12:00+00', known_at => '2024-05-31 12:00+00')
WHERE pub_status = 'usable' AND published_at >= '2024-05-31'
ORDER BY valid_from DESC
LIMIT 50;

-- 22. Which texts travelled furthest, and who wrote them?
SELECT c.origin_agency, c.publisher_count, c.member_count, a.display_title, c.first_published_at
FROM mart.clusters c
JOIN mart.all_articles a ON a.article_id = c.canonical_article_id
ORDER BY c.publisher_count DESC, c.member_count DESC, c.cluster_id
LIMIT 20;

-- 23. Who copies whom? (share of a publisher's articles that repeat another's text)
SELECT publisher_code, sum(wire_copy_count) AS copies,
    round(100.0 * sum(wire_copy_count) / sum(article_count), 1) AS percent
FROM mart.article_days
WHERE day >= '2024-05-01' AND day < '2024-06-01'
GROUP BY publisher_code
HAVING sum(article_count) > 0
ORDER BY percent DESC, publisher_code;

-- 24. Which publisher fell silent, and what was not loaded, and why?
SELECT f.publisher_code, f.last_seen_at, round(f.hours_silent::numeric, 1) AS hours_silent, d.reason, d.document_count
FROM mart.freshness f
LEFT JOIN mart.drop_reasons d ON d.publisher_code = f.publisher_code
ORDER BY f.hours_silent DESC NULLS LAST, d.document_count DESC NULLS LAST;

-- 25. What does each column mean?
SELECT object_name, column_name, data_type, description
FROM mart.data_dictionary
ORDER BY object_name, position;
