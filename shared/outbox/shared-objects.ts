/**
 * What all watched tables share in the database: a schema with the outbox and the function that makes a value part of a tag.
 *
 * Shape   SQL that may run again and again, and SQL that takes it all away once no table is watched
 * Source  PostgreSQL 14 and newer
 */

import { dollarQuote } from './sql-text.ts';

/**
 * Rows come and go: without vacuum soon after, a read would walk over what is long gone.
 *
 * Visible ASCII but the comma is what a tag may be; of anything else, and of the percent sign, its bytes are written as in a
 * URL. Two functions, because the planner puts the first in place, and calls the second only for values that need it.
 */
export const SHARED_UP = `CREATE SCHEMA IF NOT EXISTS headrace;

CREATE TABLE IF NOT EXISTS headrace.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tags text[] NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

CREATE OR REPLACE FUNCTION headrace.tag_encode(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS ${dollarQuote(
  `  SELECT string_agg(CASE WHEN letter COLLATE "C" ~ '^[!-$&-+.-~-]$' THEN letter ELSE
    upper(regexp_replace(encode(convert_to(letter, 'UTF8'), 'hex'), '(..)', E'%\\\\1', 'g')) END, '' ORDER BY place)
  FROM regexp_split_to_table(value, '') WITH ORDINALITY AS letters (letter, place)`,
)};

CREATE OR REPLACE FUNCTION headrace.tag_value(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS ${dollarQuote(
  `  SELECT CASE WHEN value COLLATE "C" ~ '^[!-$&-+.-~-]*$' THEN value ELSE headrace.tag_encode(value) END`,
)};`;

export const SHARED_DOWN = `DO ${dollarQuote(`BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'headrace' AND pg_catalog.starts_with(p.proname::text, 'changed_')) THEN
    RETURN;
  END IF;
  DROP TABLE IF EXISTS headrace.outbox;
  DROP FUNCTION IF EXISTS headrace.tag_value(text);
  DROP FUNCTION IF EXISTS headrace.tag_encode(text);
  BEGIN
    DROP SCHEMA IF EXISTS headrace RESTRICT;
  EXCEPTION WHEN dependent_objects_still_exist THEN
    RETURN;
  END;
END`)};`;
