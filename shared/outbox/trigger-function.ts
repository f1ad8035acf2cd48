/**
 * Writes the function that a watched table's triggers call: one row into the outbox for each thousand tags of a statement,
 * however many rows it changed.
 *
 * It runs as whoever made it, so that no role that writes the table needs rights on the outbox; its search path is fixed, and
 * nobody else may make a trigger of it. How instants, intervals and numbers read does not depend on the session. Where policies
 * hide rows even from whoever made it, a TRUNCATE fails: it would not tell of what it could not see.
 *
 * Shape   table, its function's name -> SQL
 * Cost    one INSERT a statement; TRUNCATE reads the table once before it goes, as its tags are in its rows
 */

import { MAX_TAG_BYTES } from '../http/cache-tags.ts';
import { MOST_TAGS_A_ROW } from './outbox-store.ts';
import { dollarQuote, quoteIdentifier, quoteLiteral } from './sql-text.ts';
import type { TagPart, TagTemplate } from './tag-template.ts';
import type { WatchedTable } from './watched-table.ts';

export function triggerFunction({ tags }: Pick<WatchedTable, 'tags'>, functionName: string): string {
  const name = `headrace.${quoteIdentifier(functionName)}()`;
  return `CREATE OR REPLACE FUNCTION ${name} RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD' SET timezone = 'GMT' SET intervalstyle = 'postgres'
SET bytea_output = 'hex' SET extra_float_digits = '1' SET row_security = off AS ${dollarQuote(bodyOf(tags))};

REVOKE ALL ON FUNCTION ${name} FROM PUBLIC;`;
}

function bodyOf(tags: readonly TagTemplate[]): string {
  const insertFrom = (...sources: readonly string[]) => insertTags(tags, sources);
  const fromTable = insertFrom(PLACE).replaceAll('%', '%%').replaceAll(PLACE, '%1$s');
  return `BEGIN
IF TG_OP = 'INSERT' THEN
${insertFrom('new_rows')};
ELSIF TG_OP = 'UPDATE' THEN
${insertFrom('old_rows', 'new_rows')};
ELSIF TG_OP = 'DELETE' THEN
${insertFrom('old_rows')};
ELSE
EXECUTE format(${quoteLiteral(fromTable)}, TG_RELID::regclass);
END IF;
RETURN NULL;
END`;
}

/** What neither a name nor a tag can hold. */
const PLACE = '\u0000';

/** UNION leaves each tag once, whatever the number of rows that have it. */
function insertTags(tags: readonly TagTemplate[], sources: readonly string[]): string {
  const each = tags.flatMap(template => sources.map(source => selectTag(template, source)));
  return `INSERT INTO headrace.outbox (tags) SELECT array_agg(tag) FROM (
  SELECT tag, (row_number() OVER () - 1) / ${MOST_TAGS_A_ROW} AS part FROM (
    ${each.join('\n    UNION ')}
  ) AS named (tag) WHERE octet_length(tag) <= ${MAX_TAG_BYTES}
) AS parts GROUP BY part`;
}

/** Where one of its columns is null, a row has no such tag. */
function selectTag(template: TagTemplate, source: string): string {
  const isSame = template.every(part => 'text' in part);
  const tag = template.map(wordOf).join(' || ');
  if (isSame) return `SELECT ${tag} WHERE EXISTS (SELECT FROM ${source})`;
  return `SELECT ${tag} FROM ${source} AS r`;
}

function wordOf(part: TagPart): string {
  if ('text' in part) return `${quoteLiteral(part.text)}::text`;
  return `headrace.tag_value(r.${quoteIdentifier(part.column)}::text)`;
}
