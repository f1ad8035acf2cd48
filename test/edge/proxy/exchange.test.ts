import { expect, test } from 'vitest';
import { fieldsToJudge, timeoutOf } from '../../../edge/proxy/exchange.ts';
import { cacheable, planOf } from '../exchange.ts';

test('a route’s time limit goes before its origin’s, and that before the setting’s', () => {
  const environment = { ORIGIN_TIMEOUT_MS: '400' };
  const slow = { origins: { slow: { url: 'http://slow.example', timeout: '3s' as const } } };
  const plan = planOf(
    {
      ...slow,
      routes: [
        { match: '/a', origin: 'slow', timeout: '7s' },
        { match: '/b', origin: 'slow' },
      ],
    },
    environment,
  );
  expect(['/a', '/b', '/c'].map(path => timeoutOf(cacheable({ path }, plan)))).toEqual([7_000, 3_000, 400]);
});

test('a cookie in the key is no secret to those who share the key', () => {
  const plan = planOf({ routes: [{ match: '/keyed', key: { headers: ['Cookie'] } }] });
  const judged = (path: string) => fieldsToJudge(cacheable({ path, headers: { cookie: 'a=1' } }, plan));
  expect(judged('/keyed')).toEqual([]);
  expect(judged('/other')).toEqual([['cookie', 'a=1']]);
});
