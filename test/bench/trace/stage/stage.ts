/**
 * What the fixed trace is played on: two origins, each with its own database of the same data, and the edge before one of
 * them, all cold.
 *
 * Shape   { products, isolates } -> addresses and accounts
 * Errors  rejects when a part does not start; what had started is stopped by whoever owns it
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { seed } from '../../../../infra/local/demo/data/seed.ts';
import { openPool } from '../../../../infra/local/demo/database.ts';
import { forgetPostgres, startPostgres } from '../../../../infra/local/postgres/postgres.ts';
import type { ConfigInput } from '../../../../shared/config/config.ts';
import { type Child, startChild } from './child.ts';
import { type Edges, openEdges } from './edges.ts';
import type { Testimony } from './origin-process.ts';
import type { Owned } from './owned.ts';

export interface StageOptions {
  readonly products: number;
  readonly isolates: number;
}

export interface Stage extends Edges {
  readonly direct: Child<Testimony>;
  readonly behind: Child<Testimony>;
}

/**
 * Routes say their tags, as the README's example does: of those the cache knows before it loads whether they were purged
 * meanwhile. Redis shares the machine with all others here, and one that waits for its turn is not one that is down; while
 * Redis is down, no purge can be heard of, and no bound holds.
 */
const CONFIG = {
  levels: { l2: { deadline: '2s' } },
  routes: [{ match: ['/products/:id', '/api/products/:id'], tags: ['product-:id'] }],
} satisfies ConfigInput;

export async function openStage({ products, isolates }: StageOptions, own: Owned): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-bench-'));
  own.undo(() => rm(folder, { recursive: true, force: true }));
  const databases = await openDatabases(join(folder, 'postgres'), products, own);
  const [direct, behind] = await Promise.all(
    databases.map(DATABASE_URL => own(startChild<Testimony>('origin-process.ts', { DATABASE_URL }))),
  );
  if (!direct || !behind) throw new Error('two origins are needed');
  const edges = await openEdges({ folder, isolates, config: CONFIG, originUrl: behind.url }, own);
  return { ...edges, direct, behind };
}

/** The second is a copy of the first, made by Postgres. */
async function openDatabases(
  stateDir: string,
  products: number,
  own: Owned,
): Promise<readonly [string, string]> {
  own.undo(() => forgetPostgres(stateDir));
  const { url } = await own(startPostgres({ stateDir }));
  const pool = openPool(url).removeAllListeners('error');
  pool.on('error', () => {});
  await seed(pool, products);
  await pool.end();
  const copy = new URL(url);
  const template = copy.pathname.slice(1);
  copy.pathname = '/behind';
  await administer(url, `CREATE DATABASE behind TEMPLATE ${template}`);
  return [url, copy.href];
}

/** From another database: a template must not be in use. */
async function administer(url: string, statement: string): Promise<void> {
  const elsewhere = new URL(url);
  elsewhere.pathname = '/postgres';
  const client = new Client({ connectionString: elsewhere.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
