CREATE FUNCTION mart.search_entities(name text, result_limit integer DEFAULT 20)
RETURNS TABLE (
    entity_id uuid, entity_name text, kind text, country_code text, matched_alias text, similarity real,
    article_count bigint
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH asked AS (SELECT core.romanised(core.folded(search_entities.name)) AS name), found AS (
        SELECT DISTINCT ON (e.resolved_id)
            e.resolved_id AS entity_id, n.alias,
            similarity(n.alias_romanised, asked.name) AS similarity
        FROM asked
        JOIN core.entity_aliases n ON n.alias_romanised % asked.name OR n.alias_romanised LIKE '%' || asked.name || '%'
        JOIN core.entities e ON e.entity_id = n.entity_id
        ORDER BY 1, 3 DESC, n.alias
    ), best AS (
        SELECT * FROM found ORDER BY similarity DESC, entity_id LIMIT least(search_entities.result_limit, 1000)
    )
    SELECT b.entity_id, e.name, e.kind, e.country_code, b.alias, b.similarity,
        (SELECT coalesce(sum(d.article_count), 0) FROM core.entity_days d WHERE d.entity_id = b.entity_id)
    FROM best b
    JOIN core.entities e ON e.entity_id = b.entity_id
    ORDER BY b.similarity DESC, 7 DESC, b.entity_id
$$;

COMMENT ON FUNCTION mart.search_entities IS
    'People, organizations and places whose name is like the one given, also where one is written in Latin and the'
    ' other in Cyrillic or Greek letters: most alike first; those found to be the same are one. Grain: one row per entity.';
