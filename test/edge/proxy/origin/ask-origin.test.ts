import { expect, test } from 'vitest';
import type { UpstreamRequest } from '../../../../edge/adapters/upstream.ts';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';
import { type Asking, askOrigin } from '../../../../edge/proxy/origin/ask-origin.ts';
import type { StoredEntry } from '../../../../edge/proxy/stored.ts';
import { cacheable } from '../../exchange.ts';

const exchange = cacheable({ headers: { 'accept-language': 'de', dpr: '2', accept: '*/*' } });
const reading = (...names: string[]) =>
  ({ near: { forks: { names } }, far: undefined }) as unknown as Asking['reading'];
const entry = { meta: { fields: [['etag', '"v1"']] } } as unknown as StoredEntry;

function originOf(answer: (request: UpstreamRequest) => Response) {
  const asked: (string | null)[][] = [];
  const deps = {
    send: async (request: UpstreamRequest) => {
      asked.push(['accept-language', 'dpr', 'if-none-match'].map(name => request.headers.get(name)));
      return answer(request);
    },
    clock: () => 0,
    createPipe: () => new TransformStream(),
    knownVary: createKnownVary(),
  };
  return { asked, deps };
}

const varying = (vary: string) => () => new Response('x', { headers: { vary } });

test('holds quiet fields back', async () => {
  const { asked, deps } = originOf(varying('accept, x-other'));
  expect((await askOrigin({ exchange, reading: reading() }, deps)).sent).toEqual([]);
  expect(asked).toEqual([[null, null, null]]);
});

test('asks again with those the answer varies by, and knows it the next time', async () => {
  const { asked, deps } = originOf(varying('Accept-Language'));
  expect((await askOrigin({ exchange, reading: reading() }, deps)).sent).toEqual(['accept-language']);
  await askOrigin({ exchange, reading: reading() }, deps);
  expect(asked).toEqual([
    [null, null, null],
    ['de', null, null],
    ['de', null, null],
  ]);
});

test('sends those that the stored variants are known by', async () => {
  const { asked, deps } = originOf(varying('dpr'));
  await askOrigin({ exchange, reading: reading('dpr', 'x-shop') }, deps);
  expect(asked).toEqual([[null, '2', null]]);
});

test('is not asked for ever by an answer that varies anew each time', async () => {
  let first = true;
  const { asked, deps } = originOf(() => {
    const vary = first ? 'accept-language' : 'accept-language, dpr';
    first = false;
    return new Response('x', { headers: { vary } });
  });
  await askOrigin({ exchange, reading: reading() }, deps);
  expect(asked).toHaveLength(2);
});

test('holds all of them back from an answer that varies by *', async () => {
  const { asked, deps } = originOf(varying('*'));
  await askOrigin({ exchange, reading: reading() }, deps);
  expect(asked).toHaveLength(1);
});

test('asks by the stored response’s own validators, and without them when it must ask again', async () => {
  const { asked, deps } = originOf(varying('dpr'));
  await askOrigin({ exchange, reading: reading(), entry }, deps);
  expect(asked).toEqual([
    [null, null, '"v1"'],
    [null, '2', null],
  ]);
});

test('a failure is handed back as it is', async () => {
  const { deps } = originOf(() => {
    throw new Error('reset');
  });
  expect((await askOrigin({ exchange, reading: reading() }, deps)).answer).toEqual({
    kind: 'failure',
    why: 'unreachable',
  });
});
