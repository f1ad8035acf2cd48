import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { groupStatements } from '../../../../shared/query-optimizer/workload/group.ts';

const statement = (sql: string, parts: Partial<Statement> = {}): Statement => ({
  id: sql,
  sql,
  calls: 1,
  totalMs: undefined,
  rows: undefined,
  normalized: false,
  ...parts,
});

describe('kinds of statements', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });

  it('are one where only spaces, case and parameters differ, with all calls, times and rows', () => {
    const groups = groupStatements(
      [
        statement('SELECT a FROM b WHERE c = $1', { calls: 3, totalMs: 5, rows: 3, normalized: true }),
        statement('select a from b where c=$1', { calls: 9, totalMs: 7, normalized: true }),
      ],
      parser,
    );
    expect(groups).toMatchObject([{ calls: 12, totalMs: 12, rows: 3, statement: { calls: 9 } }]);
  });

  it('keep a few of those with constants, and all calls', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      statement(`SELECT a FROM b WHERE c = ${at}`, { calls: at + 1 }),
    );
    const groups = groupStatements(many, parser);
    expect(groups).toHaveLength(5);
    expect(groups[0]?.statement.sql).toBe('SELECT a FROM b WHERE c = 39');
    expect(groups.reduce((sum, { calls }) => sum + calls, 0)).toBe((40 * 41) / 2);
  });

  it('are their own text where it is no SQL', () => {
    expect(groupStatements([statement('SELECT FROM WHERE'), statement('SELEKT')], parser)).toHaveLength(2);
  });
});
