/**
 * An application that grew: 300 tables and 5,000 kinds of statements, of which a few hundred carry most of the cost.
 *
 * Units   scale 1 is 100,000 rows a table
 */

import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import { type Chance, createChance } from '../chance.ts';
import { type BenchWorkload, normalized } from '../workload.ts';

const TABLES = 300;
const STATEMENTS = 5_000;
const COLUMNS = ['parent_id', 'owner_id', 'kind', 'state', 'created_on', 'amount', 'name', 'code'] as const;

export const many: BenchWorkload = {
  name: '5,000 kinds of statements over 300 tables',
  async load({ client, scale }) {
    const rows = Math.max(200, Math.round(100_000 * scale));
    for (let table = 0; table < TABLES; table += 1) {
      // A few large ones, and a long tail of small ones.
      const count = Math.max(50, Math.round(rows / (1 + table / 10)));
      await client.query(createTable(table, count));
    }
    await client.query('ANALYZE');
  },
  statements: ({ seed }) => distinctStatements(createChance(seed)),
};

function createTable(table: number, rows: number): string {
  return `CREATE TABLE thing_${table} AS SELECT n AS id, n % 97 AS parent_id, n % 1009 AS owner_id, 'kind ' || n % 7 AS kind,
      CASE WHEN n % 50 = 0 THEN 'open' ELSE 'done' END AS state, date '2020-01-01' + n % 2000 AS created_on,
      (n * 7919 % 10007)::numeric AS amount, md5(n::text) AS name, 'c' || n % 500 AS code
    FROM generate_series(1, ${rows}) n;
    ALTER TABLE thing_${table} ADD PRIMARY KEY (id)`;
}

function distinctStatements(chance: Chance): readonly Statement[] {
  const texts = new Set<string>();
  while (texts.size < STATEMENTS) texts.add(statement(chance));
  return [...texts].map((sql, at) => normalized(`${at + 1}`, sql, Math.ceil(100_000 / (at + 1))));
}

function statement(chance: Chance): string {
  const table = () => `thing_${chance.skewed(TABLES, 1.3)}`;
  const [first, second, third] = chance.sample(COLUMNS, 3);
  const some = chance.sample([...COLUMNS, 'id'], chance.between(1, 4)).join(', ');
  return chance.pick([
    () => `SELECT ${some} FROM ${table()} WHERE ${first} = $1`,
    () => `SELECT ${some} FROM ${table()} WHERE ${first} = $1 AND ${second} = $2`,
    () => `SELECT ${some} FROM ${table()} WHERE ${first} = $1 AND ${second} > $2 ORDER BY ${third} LIMIT 20`,
    () =>
      `SELECT a.id, b.${first} FROM ${table()} a JOIN ${table()} b ON b.parent_id = a.id WHERE a.${second} = $1`,
    () => `SELECT ${first}, count(*) FROM ${table()} WHERE ${second} = $1 GROUP BY ${first}`,
    () => `UPDATE ${table()} SET ${first} = $1 WHERE ${second} = $2 AND ${third} = $3`,
    () => `DELETE FROM ${table()} WHERE ${first} < $1 AND ${second} = $2`,
  ])();
}
