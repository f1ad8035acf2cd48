import { expect, test } from 'vitest';
import { keepForGet } from '../../../../edge/proxy/keeping/keep-for-get.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { OriginAnswer } from '../../../../edge/proxy/origin/fetch-origin.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import { createLevels } from '../../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../../shared/cache/memory-store.ts';
import type { Field } from '../../../../shared/http/fields.ts';
import { cacheable, passing, planOf } from '../../exchange.ts';
import { keepDepsOf } from '../../keep-deps.ts';

const REPRESENTS: Field[] = [
  ['cache-control', 'max-age=60'],
  ['content-location', '/page'],
];

async function post(headers: Record<string, string>, fields = REPRESENTS) {
  const memory = createMemoryStore<Stored>({ maxBytes: 10_000, maxEntries: 10, clock: () => 0 });
  const cache = createLevels<Stored>({ memory, onEvent: () => {} });
  const behind: Promise<unknown>[] = [];
  const deps = {
    ...keepDepsOf(planOf()),
    cache,
    waitUntil: (work: Promise<unknown>) => void behind.push(work),
  };
  const answer: OriginAnswer = {
    kind: 'answer',
    response: new Response('posted'),
    status: 200,
    fields,
    requestedAt: 0,
    receivedAt: 0,
  };
  const kept = await keepForGet(passing({ method: 'POST', headers }), answer, deps);
  if (kept) await new Response(kept.body).text();
  await Promise.all(behind);
  const { found } = await cache.read(lookupOf(cacheable({})));
  return { kept, stored: found && new TextDecoder().decode(found.entry.body) };
}

test('is found by a GET, whatever the POST said of its own body', async () => {
  const { kept, stored } = await post({ 'content-type': 'text/plain', 'content-language': 'en' });
  expect([kept?.kept.storable, stored]).toEqual([true, 'posted']);
});

test('an unknown header of the POST keeps it out', async () => {
  const { kept, stored } = await post({ 'x-strange': '1' });
  expect([kept?.kept, stored]).toEqual([{ storable: false, why: 'header' }, undefined]);
});

test('an answer that does not say it is the page is not looked at', async () => {
  expect(await post({}, [['cache-control', 'max-age=60']])).toEqual({ kept: undefined, stored: undefined });
});
