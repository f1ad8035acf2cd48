/**
 * The demo's shop: its own tables, and what Postgres counted while visitors walked through it.
 *
 * Units   scale 1 is a million products
 */

import { type Client, escapeLiteral, type Pool } from 'pg';
import { createDemo } from '../../../../infra/local/demo/app.ts';
import { seed as fillShop } from '../../../../infra/local/demo/data/seed.ts';
import { createDatabase, type Database, openPool } from '../../../../infra/local/demo/database.ts';
import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import { createChance } from '../chance.ts';
import { type BenchWorkload, concrete, normalized } from '../workload.ts';

const VISITS = 150;

export const shop: BenchWorkload = {
  name: 'The demo’s shop, as visited',
  async load({ url, client, scale, seed }) {
    const pool = openPool(url);
    try {
      await fillShop(pool, Math.round(1_000_000 * scale));
      await client.query('VACUUM ANALYZE');
      recorded.set(client, await visitShop(pool, seed));
    } finally {
      await pool.end();
    }
  },
  async statements({ client }) {
    await client.query('SET search_path TO shop, public');
    return countedStatements(client);
  },
  asked: ({ client }) => recorded.get(client) ?? [],
};

const recorded = new WeakMap<Client, readonly Statement[]>();

/** Returns what was asked, with its values. */
export async function visitShop(pool: Pool, seed: number): Promise<readonly Statement[]> {
  const { database, statements } = record(createDatabase(pool));
  const demo = createDemo(database);
  const { rows: shelves } = await pool.query<{ slug: string }>('SELECT slug FROM categories ORDER BY id');
  const { rows: customers } = await pool.query<{ email: string }>('SELECT email FROM customers LIMIT 20');
  const chance = createChance(seed);
  await pool.query('SELECT public.pg_stat_statements_reset()');
  for (let visit = 0; visit < VISITS; visit += 1) {
    const shelf = chance.pick(shelves).slug;
    const product = 1 + chance.skewed(1_000);
    const paths = [
      '/',
      `/categories/${shelf}?page=${chance.between(1, 3)}`,
      `/products/${product}`,
      '/search?q=oak',
    ];
    await demo.request(chance.pick(paths));
    if (visit % 5 === 0) await account(demo, chance.pick(customers).email);
  }
  return statements();
}

function record(database: Database): { database: Database; statements(): readonly Statement[] } {
  const calls = new Map<string, number>();
  const recording = (inner: Database): Database => ({
    query(sql, values = []) {
      const text = sql.replaceAll(/\$(\d+)/g, (_, number) => asLiteral(values[Number(number) - 1] ?? null));
      calls.set(text, (calls.get(text) ?? 0) + 1);
      return inner.query(sql, values);
    },
    transaction: work => inner.transaction(inside => work(recording(inside))),
  });
  const statements = () => [...calls].map(([sql, count], at) => concrete(`${at + 1}`, sql, count));
  return { database: recording(database), statements };
}

function asLiteral(value: string | number | null): string {
  return value === null ? 'NULL' : escapeLiteral(String(value));
}

/** Signs in, orders, looks at what was ordered, and leaves. */
async function account(demo: ReturnType<typeof createDemo>, email: string): Promise<void> {
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
  const { headers } = await demo.request('/account/sign-in', form({ email }));
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const signedIn = { headers: { cookie } };
  await demo.request('/products/7/orders', { ...form({ quantity: '1' }), ...signedIn });
  await demo.request('/account', signedIn);
  await demo.request('/account/sign-out', { method: 'POST', ...signedIn });
}

async function countedStatements(client: Client): Promise<readonly Statement[]> {
  const { rows } = await client.query<{ sql: string; calls: number; rows: number }>(
    `SELECT query AS sql, calls::int, rows::int FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND query ~* '^\\s*(select|insert|update|delete)' AND query !~ 'headrace|pg_' ORDER BY query`,
  );
  return rows.map(({ sql, calls, rows: returned }, at) => normalized(`${at + 1}`, sql, calls, returned));
}
