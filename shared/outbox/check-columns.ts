/**
 * Writes the statement that refuses a migration whose tags name what the table does not have: found only by the first change,
 * it would fail every write to the table.
 *
 * Shape   table -> SQL that raises an exception with a sentence; nothing where no tag names a column
 * Source  PostgreSQL, pg_attribute; "Generated Columns": a virtual one is computed when it is read, and triggers cannot read it
 */

import { dollarQuote, quoteLiteral } from './sql-text.ts';
import { columnsOf } from './tag-template.ts';
import { qualified, type WatchedTable } from './watched-table.ts';

export function checkColumns(table: WatchedTable): string {
  const columns = columnsOf(table.tags);
  if (columns.length === 0) return '';
  const place = quoteLiteral(qualified(table));
  const names = columns.map(quoteLiteral).join(', ');
  return `DO ${dollarQuote(`DECLARE
  wrong text;
BEGIN
  SELECT name INTO wrong FROM unnest(ARRAY[${names}]::text[]) AS tagged (name) WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_attribute WHERE attrelid = ${place}::regclass AND attname = name AND attnum > 0
      AND attgenerated <> 'v');
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION '% has no stored column "%", which a tag names', ${place}, wrong
      USING HINT = 'Look at --tags, and write the migration again.';
  END IF;
END`)};`;
}
