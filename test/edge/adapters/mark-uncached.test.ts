import { expect, test } from 'vitest';
import { FRONT_FIELD, markUncached } from '../../../edge/adapters/mark-uncached.ts';

test('a response tells the cache in front to keep nothing, whatever it said before', async () => {
  const response = new Response('body', {
    headers: { [FRONT_FIELD]: 'max-age=60', 'cache-control': 'max-age=5' },
  });
  const marked = markUncached(response);
  expect(Object.fromEntries(marked.headers)).toMatchObject({
    'cache-control': 'max-age=5',
    'cloudflare-cdn-cache-control': 'no-store',
  });
  expect(await marked.text()).toBe('body');
});

test('an accepted upgrade is left as it is', () => {
  const upgraded = Object.assign(new Response(null), { webSocket: {} });
  expect(markUncached(upgraded).headers.has(FRONT_FIELD)).toBe(false);
});
