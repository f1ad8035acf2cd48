import { expect, test } from 'vitest';
import { preflightLifetimeOf } from '../../../../edge/proxy/keeping/keep-preflight.ts';

const lifetimeOf = (fields: readonly (readonly [string, string])[], status = 204) =>
  preflightLifetimeOf({
    kind: 'answer',
    response: new Response(),
    status,
    fields: [['access-control-allow-origin', '*'], ['access-control-max-age', '60'], ...fields],
    requestedAt: 0,
    receivedAt: 0,
  });

test.each([
  [[], 60],
  [[['vary', 'Origin, Access-Control-Request-Headers']], 60],
  [[['cache-control', 'max-age=5']], 60],
  [[['vary', '*']], 0],
  [[['cache-control', 'no-store']], 0],
  [[['cache-control', 'private']], 0],
  [[['cdn-cache-control', 'no-store']], 0],
  [[['set-cookie', 'a=1']], 0],
] as const)('%j: %i seconds', (fields, seconds) => {
  expect(lifetimeOf(fields)).toBe(seconds);
});

test('an error is not kept', () => {
  expect(lifetimeOf([], 403)).toBe(0);
});
