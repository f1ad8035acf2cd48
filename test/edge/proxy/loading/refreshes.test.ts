import { expect, test } from 'vitest';
import { createRefreshes } from '../../../../edge/proxy/loading/refreshes.ts';

function controlled() {
  let now = 1_000;
  const refreshes = createRefreshes(() => now);
  const begun: string[] = [];
  const hold = (key: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const done = refreshes.start(key, () => {
      begun.push(key);
      return promise;
    });
    return { done, finish: () => resolve(new Response('x')), fail: () => reject(new Error('origin')) };
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { refreshes, begun, hold, pass };
}

test('one at a time for a key, any number for different keys', async () => {
  const { begun, hold } = controlled();
  const first = hold('a');
  hold('a');
  hold('b');
  expect(begun).toEqual(['a', 'b']);
  first.finish();
  await first.done;
  hold('a');
  expect(begun).toEqual(['a', 'b', 'a']);
});

test('one that fails gives its place back, and its failure to nobody', async () => {
  const { begun, hold } = controlled();
  const first = hold('a');
  first.fail();
  await expect(first.done).resolves.toBeUndefined();
  hold('a');
  expect(begun).toHaveLength(2);
});

test('is under way until what it keeps is kept', async () => {
  const { refreshes, begun, hold } = controlled();
  const kept = Promise.withResolvers<void>();
  const first = refreshes.start('a', async waitUntil => {
    waitUntil(kept.promise);
    return new Response('x');
  });
  await new Promise(resolve => setImmediate(resolve));
  hold('a');
  expect(begun).toEqual([]);
  kept.resolve();
  await first;
  hold('a');
  expect(begun).toEqual(['a']);
});

test('one that was cut off is given up after half a minute', () => {
  const { begun, hold, pass } = controlled();
  hold('a');
  pass(29_999);
  hold('a');
  expect(begun).toHaveLength(1);
  pass(1);
  hold('a');
  expect(begun).toHaveLength(2);
});
