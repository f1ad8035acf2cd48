import { expect, test } from 'vitest';
import { encodedResponse } from '../../../edge/adapters/encoded-response.ts';

test('a response of exactly these fields, lines of one name kept apart where the web allows', async () => {
  const body = new TextEncoder().encode('bytes');
  const response = encodedResponse(
    203,
    [
      ['set-cookie', 'a'],
      ['set-cookie', 'b'],
      ['vary', 'x'],
      ['vary', 'y'],
    ],
    body,
  );
  expect([response.status, response.headers.getSetCookie(), response.headers.get('vary')]).toEqual([
    203,
    ['a', 'b'],
    'x, y',
  ]);
  expect(await response.text()).toBe('bytes');
  expect(response.headers.has('content-type')).toBe(false);
});
