/**
 * SQL read by Postgres's own parser, compiled to WebAssembly.
 *
 * Errors  none: what the parser refuses is the answer
 * Cost    60 ms to load, once a process; then half a millisecond a statement
 */

import { fingerprintSync, loadModule, type Node, parseSync } from 'libpg-query';
import { deparseSync } from 'pgsql-deparser';
import type { Parsed, SqlParser } from '../../../shared/query-optimizer/sql/sql-parser.ts';

export async function createSqlParser(): Promise<SqlParser> {
  await loadModule();
  return {
    parse,
    fingerprint(sql) {
      try {
        return fingerprintSync(sql);
      } catch {
        return undefined;
      }
    },
    print: expression => deparseSync(expression as Parameters<typeof deparseSync>[0]),
  } satisfies SqlParser;
}

function parse(sql: string): Parsed {
  if (sql.trim() === '') return { kind: 'invalid', isCut: false, why: 'the statement is empty' };
  try {
    const statements = (parseSync(sql).stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []));
    return { kind: 'parsed', statements: statements as Node[] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'invalid', isCut: ENDS_EARLY.test(why), why };
  }
}

/** A string or a comment that nothing closes is what remains when a text is cut within it. */
const ENDS_EARLY = /at end of input|unterminated/;
