-- The letters that stand for two Latin ones first, the others each for one; what is left over (ъ, ь) goes.
CREATE FUNCTION core.romanised(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(name, 'ж', 'zh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'sh'), 'ю', 'yu'), 'я', 'ya'), 'θ', 'th'), 'ψ', 'ps'),
    'абвгдезийклмнопрстуфхыэіїєґәғқңөұүһёαβγδεζηικλμνξοπρσςτυφωχъь',
    'abvgdeziyklmnoprstufhyeiiegagknouuheavgdeziiklmnxoprsstifoh'
);
COMMENT ON FUNCTION core.romanised IS
    'A folded name in Latin letters, where it is Cyrillic or Greek; other scripts stay. As transforms.entities.spelling has it.';

ALTER TABLE core.entity_aliases
    ADD COLUMN alias_romanised TEXT GENERATED ALWAYS AS (core.romanised(core.folded(alias))) STORED;
COMMENT ON COLUMN core.entity_aliases.alias_romanised IS
    'The same in Latin letters, where it is Cyrillic or Greek: for search.';
CREATE INDEX entity_aliases_alias_romanised_trigram_index
    ON core.entity_aliases USING gin (alias_romanised gin_trgm_ops);
DROP INDEX core.entity_aliases_alias_folded_trigram_index;
