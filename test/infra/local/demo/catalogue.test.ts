import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../../../infra/local/demo/catalogue.ts';
import { createMemoryCatalogue } from '../../../../infra/local/demo/memory-catalogue.ts';
import { openPostgresCatalogue } from '../../../../infra/local/demo/postgres-catalogue.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../../../infra/local/postgres/postgres.ts';

let stateDir: string;
let postgres: Postgres;
let pool: Pool;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-demo-'));
  postgres = await startPostgres({ stateDir });
  pool = new Pool({ connectionString: postgres.url });
  // It ends before its connections do, and whichever the server still ends itself would end the run.
  pool.on('error', () => {});
});

afterAll(async () => {
  await pool.end();
  await postgres.stop();
  await forgetPostgres(stateDir);
  await rm(stateDir, { recursive: true, force: true });
});

const places: Record<string, () => Promise<Catalogue>> = {
  memory: async () => createMemoryCatalogue(),
  Postgres: () => openPostgresCatalogue(pool),
};

describe.each(Object.entries(places))('a catalogue in %s', (_, open) => {
  test('has products from the first moment, in the order of their ids', async () => {
    const ids = (await (await open()).list()).map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3, 4]);
  });

  test('changes what is named and keeps the rest', async () => {
    const catalogue = await open();
    expect(await catalogue.change(2, { price: 9.99 })).toEqual({ id: 2, name: 'Mill stone', price: 9.99 });
    expect(await catalogue.change(2, { name: 'Mill wheel' })).toEqual({
      id: 2,
      name: 'Mill wheel',
      price: 9.99,
    });
    expect(await catalogue.find(2)).toEqual({ id: 2, name: 'Mill wheel', price: 9.99 });
  });

  test('knows no product that is not there', async () => {
    const catalogue = await open();
    expect(await catalogue.find(99)).toBeUndefined();
    expect(await catalogue.change(99, { name: 'x' })).toBeUndefined();
  });
});

test('a change in Postgres outlives the process that made it', async () => {
  await (await openPostgresCatalogue(pool)).change(3, { name: 'Weir' });
  expect(await (await openPostgresCatalogue(pool)).find(3)).toMatchObject({ name: 'Weir' });
});
