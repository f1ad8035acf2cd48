import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { withLikelyLimits } from '../../../../shared/query-optimizer/workload/likely-limits.ts';

describe('the likely number of rows of a page', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });
  const sqlOf = (sql: string, parts: Partial<Statement> = {}) =>
    withLikelyLimits({ id: '1', sql, calls: 10, totalMs: 1, rows: 250, normalized: true, ...parts }, parser)
      .sql;

  it('is what the statement returned on average', () => {
    expect(sqlOf('SELECT 1 FROM a LIMIT $1')).toBe('SELECT 1 FROM a LIMIT 25');
    expect(sqlOf('SELECT 1 FROM a LIMIT $1', { rows: 0 })).toBe('SELECT 1 FROM a LIMIT 1');
    expect(sqlOf('SELECT 1 FROM a LIMIT $1', { rows: undefined })).toBe('SELECT 1 FROM a LIMIT 20');
  });

  it('leaves the other parameters without a gap, however the text is written', () => {
    expect(sqlOf('SELECT 1 FROM a ORDER BY b LIMIT $1 OFFSET $2')).toBe(
      'SELECT 1 FROM a ORDER BY b LIMIT 25 OFFSET 0',
    );
    expect(sqlOf('SELECT (SELECT 1 FROM b LIMIT $1) FROM a WHERE c = $2 AND d = $3 AND c <> $2')).toBe(
      'SELECT (SELECT 1 FROM b LIMIT 25) FROM a WHERE c = $1 AND d = $2 AND c <> $1',
    );
    expect(sqlOf('SELECT \'größer\' FROM "ä€" WHERE x = $2 LIMIT $1')).toBe(
      'SELECT \'größer\' FROM "ä€" WHERE x = $1 LIMIT 25',
    );
  });

  it('changes nothing else', () => {
    for (const sql of [
      'SELECT 1 FROM a WHERE limited = $1',
      'SELECT 1 FROM a LIMIT 10',
      'SELECT LIMIT FROM $1',
    ])
      expect(sqlOf(sql)).toBe(sql);
    expect(sqlOf('SELECT 1 FROM a LIMIT $1', { normalized: false })).toBe('SELECT 1 FROM a LIMIT $1');
  });
});
