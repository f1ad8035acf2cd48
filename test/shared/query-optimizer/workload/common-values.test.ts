import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import type { ColumnStatistics } from '../../../../shared/query-optimizer/snapshot.ts';
import { createCatalogue } from '../../../../shared/query-optimizer/sql/catalogue.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { understand } from '../../../../shared/query-optimizer/sql/understand.ts';
import { variantsOf } from '../../../../shared/query-optimizer/workload/likely-values.ts';
import { relation, snapshotOf, statistics } from '../snapshots.ts';

/** A hundred thousand rows, five thousand products: twenty of each on average. */
const SKEWED: Partial<ColumnStatistics> = {
  distinct: 5_000,
  mostCommonValues: '{17,4,"it\'s",9}',
  mostCommonFrequencies: [0.06, 0.02, 0.02, 0.0003],
};

describe('the common values of a parameter', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });
  const variants = (sql: string, product = SKEWED, normalized = true) => {
    const snapshot = snapshotOf({
      relations: [relation('reviews', 'id product state at'), relation('orders', 'id product')],
      statistics: [
        statistics('reviews', 'product', product),
        statistics('reviews', 'state', {
          distinct: 50,
          mostCommonValues: '{new}',
          mostCommonFrequencies: [0.9],
        }),
      ],
    });
    const catalogue = createCatalogue(snapshot, parser);
    const read = understand(sql, { parser, catalogue });
    const accesses = read.kind === 'understood' ? read.accesses : [];
    const statement = { id: '1', sql, calls: 10, totalMs: 1, rows: undefined, normalized };
    return variantsOf(statement, { parser, catalogue, accesses }).map(
      ({ statement: { sql: text }, share }) => [text, share] as const,
    );
  };

  it('are judged besides the ordinary one, by the rows they have, in shares that sum to the calls', () => {
    const found = variants('SELECT 1 FROM reviews WHERE product = $1 ORDER BY at LIMIT $2');
    expect(found.map(([sql]) => sql)).toEqual([
      'SELECT 1 FROM reviews WHERE product = $1 ORDER BY at LIMIT 20',
      "SELECT 1 FROM reviews WHERE product = '17' ORDER BY at LIMIT 20",
      "SELECT 1 FROM reviews WHERE product = '4' ORDER BY at LIMIT 20",
    ]);
    const shares = found.map(([, share]) => share);
    expect(shares.map(share => share.toFixed(3))).toEqual(['0.950', '0.030', '0.020']);
  });

  it('are of the parameter that is skewed most, the others stay', () => {
    const [, ...common] = variants('SELECT 1 FROM reviews WHERE product = $1 AND $2 = state');
    expect(common).toEqual([["SELECT 1 FROM reviews WHERE product = $1 AND 'new' = state", 0.45]]);
  });

  it('are quoted', () => {
    const [, , ...more] = variants('SELECT 1 FROM reviews WHERE product = $1', {
      distinct: 5_000,
      mostCommonValues: '{17,"\' OR true; --"}',
      mostCommonFrequencies: [0.02, 0.02],
    });
    expect(more).toEqual([["SELECT 1 FROM reviews WHERE product = ''' OR true; --'", 0.01]]);
  });

  it.each<readonly [string, Partial<ColumnStatistics>]>([
    [
      'that are as common as each other',
      { distinct: 4, mostCommonValues: '{1,2,3,4}', mostCommonFrequencies: [0.25, 0.25, 0.25, 0.25] },
    ],
    [
      'that are hardly more common',
      { distinct: 1_000, mostCommonValues: '{1}', mostCommonFrequencies: [0.004] },
    ],
    ['of few rows', { distinct: -0.9, mostCommonValues: '{1}', mostCommonFrequencies: [0.0001] }],
    ['that are different in each row', { distinct: -1 }],
    ['that nobody measured', { distinct: 0 }],
    [
      'that are documents',
      { distinct: 5_000, mostCommonValues: `{${'x'.repeat(300)}}`, mostCommonFrequencies: [0.2] },
    ],
  ])('are none of values %s', (_which, product) => {
    expect(variants('SELECT 1 FROM reviews WHERE product = $1', product)).toHaveLength(1);
  });

  it.each([
    'SELECT 1 FROM reviews WHERE product > $1',
    'SELECT 1 FROM reviews WHERE product = 17',
    'SELECT 1 FROM reviews JOIN orders USING (id) WHERE reviews.product = $1 AND orders.product = $2',
    'INSERT INTO reviews (product) VALUES ($1)',
  ])('are none where it is not known which value is sought: %s', sql => {
    expect(variants(sql)).toEqual([[sql, 1]]);
  });

  it('are none of a statement that has its values', () => {
    expect(variants('SELECT 1 FROM reviews WHERE product = 17', SKEWED, false)).toHaveLength(1);
  });
});
