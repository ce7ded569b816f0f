CREATE FUNCTION mart.search_entities(name text, result_limit integer DEFAULT 20)
RETURNS TABLE (
    entity_id uuid, entity_name text, kind text, country_code text, matched_alias text, similarity real,
    article_count bigint
)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH found AS (
        SELECT DISTINCT ON (e.resolved_id)
            e.resolved_id AS entity_id, n.alias,
            similarity(n.alias_folded, core.folded(search_entities.name)) AS similarity
        FROM core.entity_aliases n
        JOIN core.entities e ON e.entity_id = n.entity_id
        WHERE n.alias_folded % core.folded(search_entities.name)
           OR n.alias_folded LIKE '%' || core.folded(search_entities.name) || '%'
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
    'People, organizations and places whose name, in any script and spelling that is known, is like the one given:'
    ' most alike first. Grain: one row per entity.';
