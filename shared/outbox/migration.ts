/**
 * Writes the migration by which changes of a table become purges, and the one that takes it back.
 *
 * Triggers are those of whole statements. They are made on the table and, where it has any, on each of its partitions: what is
 * written to a partition by its own name fires no trigger of the table. A partition that comes later and is written to directly
 * needs the migration again, which is harmless.
 *
 * Shape   table -> { up, down }; both may run twice
 * Errors  none: names were checked when they were read
 * Source  PostgreSQL 14 and newer, CREATE TRIGGER: transition tables, partitioned tables, TRUNCATE
 */

import { checkColumns } from './check-columns.ts';
import { SHARED_DOWN, SHARED_UP } from './shared-objects.ts';
import { dollarQuote, quoteForComment, quoteIdentifier, quoteLiteral } from './sql-text.ts';
import { triggerFunction } from './trigger-function.ts';
import { qualified, triggerFunctionOf, type WatchedTable } from './watched-table.ts';

export interface Migration {
  readonly up: string;
  readonly down: string;
}

export interface MigrationOptions {
  /** Who drains the outbox, if not whoever runs the migration. */
  readonly role?: string;
}

export async function createMigration(
  table: WatchedTable,
  { role }: MigrationOptions = {},
): Promise<Migration> {
  const functionName = await triggerFunctionOf(table);
  const what = quoteForComment(`${table.schema}.${table.name}`);
  return {
    up: lines([
      `-- Changes of ${what} become purges of the pages that show them. Running it twice is harmless.\n-- PostgreSQL 14 or newer. It waits for who writes the table, and whoever comes then waits for it: set a lock_timeout where that is busy.\n-- Before a column that a tag names is dropped or renamed, take this back or write it anew: until then every write would fail.`,
      checkColumns(table),
      SHARED_UP,
      role === undefined ? '' : grantTo(role),
      triggerFunction(table, functionName),
      createTriggers(table, functionName),
    ]),
    down: lines([
      `-- Changes of ${what} no longer become purges. What the outbox still holds goes with the last table: drain it first.`,
      `DROP FUNCTION IF EXISTS headrace.${quoteIdentifier(functionName)}() CASCADE;`,
      SHARED_DOWN,
    ]),
  };
}

function grantTo(role: string): string {
  const name = quoteIdentifier(role);
  return `GRANT USAGE ON SCHEMA headrace TO ${name};\nGRANT SELECT, DELETE ON headrace.outbox TO ${name};`;
}

const TRIGGERS = [
  'CREATE OR REPLACE TRIGGER headrace_insert AFTER INSERT ON %1$s REFERENCING NEW TABLE AS new_rows',
  'CREATE OR REPLACE TRIGGER headrace_update AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
  'CREATE OR REPLACE TRIGGER headrace_delete AFTER DELETE ON %1$s REFERENCING OLD TABLE AS old_rows',
  'CREATE OR REPLACE TRIGGER headrace_truncate BEFORE TRUNCATE ON %1$s',
];

/** Foreign tables can be partitions and can have no such triggers: what is written there is not seen. */
function createTriggers(table: WatchedTable, functionName: string): string {
  const each = TRIGGERS.map(
    trigger =>
      `    EXECUTE format(${quoteLiteral(`${trigger} FOR EACH STATEMENT EXECUTE FUNCTION headrace.%2$I()`)}, place, ${quoteLiteral(functionName)});`,
  );
  return `DO ${dollarQuote(`DECLARE
  place regclass;
BEGIN
  FOR place IN WITH RECURSIVE tree (oid) AS (
    SELECT ${quoteLiteral(qualified(table))}::regclass::oid
    UNION SELECT inhrelid FROM pg_catalog.pg_inherits JOIN tree ON inhparent = tree.oid
  ) SELECT tree.oid::regclass FROM tree JOIN pg_catalog.pg_class ON pg_class.oid = tree.oid WHERE relkind <> 'f'
  LOOP
${each.join('\n')}
  END LOOP;
END`)};`;
}

function lines(parts: readonly string[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}
