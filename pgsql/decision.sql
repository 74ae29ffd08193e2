-- The text of a decision in PL/pgSQL: what is done for each value of a variable. Values are sorted by their bytes, so a
-- few comparisons find one of many. NULL for no values.
--
--   SELECT ptflow.decision('net', ARRAY['chess', 'go'], ARRAY['RETURN 1;', 'RETURN 2;'], '    ');

CREATE OR REPLACE FUNCTION ptflow.decision(variable text, choices text[], actions text[], indent text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    middle CONSTANT integer := cardinality(choices) / 2;
BEGIN
    IF choices IS NULL OR cardinality(choices) <= 3 THEN
        RETURN (SELECT string_agg(format(E'%s%s %I COLLATE "C" = %L THEN\n%s    %s', indent,
                                         CASE c.number WHEN 1 THEN 'IF' ELSE 'ELSIF' END, variable, c.choice, indent,
                                         c.action),
                                  E'\n' ORDER BY c.number) || format(E'\n%sEND IF;', indent)
                  FROM unnest(choices, actions) WITH ORDINALITY AS c (choice, action, number));
    END IF;

    RETURN format(E'%1$sIF %2$I COLLATE "C" <= %3$L THEN\n%4$s\n%1$sELSE\n%5$s\n%1$sEND IF;',
                  indent, variable, choices[middle],
                  ptflow.decision(variable, choices[: middle], actions[: middle], indent || '    '),
                  ptflow.decision(variable, choices[middle + 1 :], actions[middle + 1 :], indent || '    '));
END;
$$;

COMMENT ON FUNCTION ptflow.decision IS 'The text of a decision in PL/pgSQL: what is done for each value of a variable.';
