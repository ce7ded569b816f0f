CREATE VIEW mart.data_dictionary AS
SELECT
    c.relname::text AS object_name,
    CASE WHEN c.relkind = 'm' THEN 'materialized view' ELSE 'view' END AS object_kind,
    a.attnum::integer AS position,
    a.attname::text AS column_name,
    format_type(a.atttypid, a.atttypmod) AS data_type,
    coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')) AS description
FROM pg_class c
LEFT JOIN LATERAL (
    SELECT x.attnum, x.attname, x.atttypid, x.atttypmod FROM pg_attribute x
    WHERE x.attrelid = c.oid AND x.attnum > 0 AND NOT x.attisdropped
    UNION ALL
    SELECT 0, NULL, NULL, NULL
) a ON true
WHERE c.relnamespace = 'mart'::regnamespace AND c.relkind IN ('v', 'm')
UNION ALL
SELECT p.proname::text, 'function', 0, NULL, pg_get_function_result(p.oid), obj_description(p.oid, 'pg_proc')
FROM pg_proc p
WHERE p.pronamespace = 'mart'::regnamespace;

COMMENT ON VIEW mart.data_dictionary IS
    'Grain: one row per view, function and column of the mart. Position 0 describes the view or function itself.';
COMMENT ON COLUMN mart.data_dictionary.object_name IS 'Name of the view or function.';
COMMENT ON COLUMN mart.data_dictionary.object_kind IS 'view, materialized view or function.';
COMMENT ON COLUMN mart.data_dictionary.position IS 'Place of the column, from 1; 0 is the whole.';
COMMENT ON COLUMN mart.data_dictionary.column_name IS 'Name of the column; null: of the whole.';
COMMENT ON COLUMN mart.data_dictionary.data_type IS 'Type of the column, or what a function returns.';
COMMENT ON COLUMN mart.data_dictionary.description IS 'What it means.';
