import { expect, test } from 'vitest';
import { problemResponse } from '../../edge/problem-response.ts';

test('a problem is JSON of its own type, never stored, with the fields it was given', async () => {
  const response = problemResponse(
    { status: 503, code: 'TRY_LATER', title: 'Later', detail: 'why' },
    { 'retry-after': '5' },
  );
  expect(response.status).toBe(503);
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '5',
  });
  expect(await response.json()).toEqual({
    type: 'about:blank',
    title: 'Later',
    status: 503,
    detail: 'why',
    code: 'TRY_LATER',
  });
});
