import { expect, test } from 'vitest';
import { moveReading } from '../../../../edge/proxy/keeping/move-reading.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import type { Lookup } from '../../../../shared/cache/entry.ts';
import { createIsolates } from '../../../fakes/isolates.ts';

const lookup = (base: string, facet = 'de'): Lookup => ({
  base,
  facets: new Map([['lang', facet]]),
  tags: ['t'],
});

async function open() {
  const { clock, isolate } = await createIsolates<Stored>();
  const value = { meta: {} as Stored, body: new Uint8Array(1), tags: ['t'], deadAt: clock() + 60_000 };
  return { isolate, value };
}

test('what is written after a move is found at its new place, beside the variants that were there', async () => {
  const { isolate, value } = await open();
  const [one, other] = [isolate(), isolate()];
  await other.write({ reading: await other.read(lookup('new', 'fr')), varies: ['lang'], value });
  const reading = await moveReading(await one.read(lookup('old')), lookup('new'), one);
  await one.write({ reading, varies: [], value });
  for (const facet of ['de', 'fr']) expect((await isolate().read(lookup('new', facet))).found).toBeDefined();
  expect((await isolate().read(lookup('old'))).found).toBeUndefined();
});

test('a purge between the first reading and the write is not survived, in memory or in Redis', async () => {
  const { isolate, value } = await open();
  const [one, other] = [isolate(), isolate()];
  const before = await one.read(lookup('old'));
  await other.purge(['t'], { soft: false });
  await one.write({ reading: await moveReading(before, lookup('new'), one), varies: [], value });
  expect((await one.read(lookup('new'))).found).toBeUndefined();
  expect((await other.read(lookup('new'))).found).toBeUndefined();
});
