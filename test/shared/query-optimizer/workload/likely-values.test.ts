import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import { createCatalogue } from '../../../../shared/query-optimizer/sql/catalogue.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { understand } from '../../../../shared/query-optimizer/sql/understand.ts';
import { variantsOf } from '../../../../shared/query-optimizer/workload/likely-values.ts';
import { relation, snapshotOf, statistics } from '../snapshots.ts';

describe('the likely value of a parameter', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });
  const days = Array.from({ length: 11 }, (_, at) => `"2026-01-${10 + at} 00:00:00"`);
  const snapshot = snapshotOf({
    relations: [relation('a', 'b c d x at'), relation('other', 'at')],
    statistics: [
      statistics('a', 'at', { histogramBounds: `{${days}}` }),
      statistics('a', 'd', { histogramBounds: '{1,2}' }),
    ],
  });
  const sqlOf = (sql: string, parts: Partial<Statement> = {}) => {
    const catalogue = createCatalogue(snapshot, parser);
    const read = understand(sql, { parser, catalogue });
    const accesses = read.kind === 'understood' ? read.accesses : [];
    const statement = { id: '1', sql, calls: 10, totalMs: 1, rows: 250, normalized: true, ...parts };
    return variantsOf(statement, { parser, catalogue, accesses })[0].statement.sql;
  };

  it('is, of a LIMIT, what the statement returned on average', () => {
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

  it('is a bound from the histogram where a column is bounded on one side', () => {
    expect(sqlOf('SELECT 1 FROM a WHERE at > $1 AND b = $2')).toBe(
      "SELECT 1 FROM a WHERE at > '2026-01-19 00:00:00' AND b = $1",
    );
    expect(sqlOf('SELECT 1 FROM a WHERE $1::timestamp > at')).toBe(
      "SELECT 1 FROM a WHERE '2026-01-11 00:00:00'::timestamp > at",
    );
  });

  it.each([
    'SELECT 1 FROM a WHERE at > $1 AND at < $2',
    'SELECT 1 FROM a WHERE d > $1',
    'SELECT 1 FROM a WHERE c > $1',
    'SELECT 1 FROM a JOIN other USING (b) WHERE a.at > $1 AND other.at < $2',
    'SELECT 1 FROM a WHERE at = $1',
  ])('is not guessed where it is not known which: %s', sql => {
    expect(sqlOf(sql)).toBe(sql);
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
