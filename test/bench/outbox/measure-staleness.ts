/**
 * Measures how long a page stays stale after a change in the database: the whole local stack as `npm start` runs it, a shop
 * that knows of no edge, and a change made by hand.
 *
 * Shape   how many changes -> ms from each commit to the first fresh page
 * Cost    a second and a half a change, so that they fall into all parts of the drain's minute
 */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';
import { launch, projectDir } from '../../flows/launched.ts';

const WATCH = ['--schema', 'shop', '--table', 'products', '--tags', 'product-{id},category-{category_id}'];
const LOOK_EVERY_MS = 10;
const LONGEST_PAUSE_MS = 3_000;
const GIVE_UP_MS = 90_000;
const PRODUCTS = 200;

export async function measureStaleness(
  changes: number,
  told: (ms: number, at: number) => void,
): Promise<readonly number[]> {
  const stateDir = await mkdtemp(join(tmpdir(), 'headrace-bench-outbox-'));
  const stack = launch('start', { stateDir });
  try {
    const edge = await stack.prints(/ready (http:\S+)/);
    await watchProducts(stateDir);
    return await changeAndLook({ edge, database: await databaseOf(stateDir), changes, told });
  } finally {
    stack.process.kill('SIGINT');
    await stack.exit;
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function watchProducts(stateDir: string): Promise<void> {
  const program = join(projectDir, 'infra/local/outbox/main.ts');
  const args = [program, ...WATCH, '--out', join(stateDir, 'migrations'), '--apply'];
  await promisify(execFile)(process.execPath, args, { env: { HEADRACE_STATE_DIR: stateDir } });
}

async function databaseOf(stateDir: string): Promise<string> {
  return JSON.parse(await readFile(join(stateDir, 'stack.json'), 'utf8')).database;
}

interface Changing {
  readonly edge: string;
  readonly database: string;
  readonly changes: number;
  readonly told: (ms: number, at: number) => void;
}

async function changeAndLook({ edge, database, changes, told }: Changing): Promise<number[]> {
  const random = createSeededRandom(1);
  const client = new Client({ connectionString: database });
  await client.connect();
  const took: number[] = [];
  try {
    for (let at = 0; at < changes; at += 1) {
      const page = `${edge}/products/${1 + Math.floor(random() * PRODUCTS)}`;
      await untilHit(page);
      const ms = await changeOne(client, page, `Changed ${at} times`);
      took.push(ms);
      told(ms, at);
      await wait(random() * LONGEST_PAUSE_MS);
    }
  } finally {
    await client.end();
  }
  return took;
}

async function untilHit(page: string): Promise<void> {
  for (;;) {
    const response = await fetch(page);
    await response.text();
    if (response.headers.get('cache-status')?.includes('; hit')) return;
    await wait(LOOK_EVERY_MS);
  }
}

async function changeOne(client: Client, page: string, name: string): Promise<number> {
  const id = page.slice(page.lastIndexOf('/') + 1);
  await client.query('UPDATE shop.products SET name = $2 WHERE id = $1', [id, name]);
  const committedAt = performance.now();
  for (;;) {
    const body = await fetch(page).then(response => response.text());
    const ms = performance.now() - committedAt;
    if (body.includes(name)) return ms;
    if (ms > GIVE_UP_MS) throw new Error(`${page} was still stale after ${GIVE_UP_MS / 1_000} s`);
    await wait(LOOK_EVERY_MS);
  }
}
