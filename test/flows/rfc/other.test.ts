import { expect } from 'vitest';
import { raw } from '../../fakes/origin.ts';
import { type Case, runCases, twice } from './case.ts';

const FRESH = { 'cache-control': 'max-age=3600' };
const OLD = 'Sun, 06 Nov 1994 08:49:37 GMT';

runCases('what else a shared cache does', [
  twice(
    'a response made to be saved is one like any other',
    { ...FRESH, 'content-disposition': 'attachment; filename=a' },
    true,
  ),
  twice('an old Date says nothing about a lifetime that is counted from now', { ...FRESH, date: OLD }, true),
  twice('a Date to come neither', { ...FRESH, date: 'Sun, 06 Nov 2094 08:49:37 GMT' }, true),
  twice('a query is part of the URL', FRESH, false, { query: '?a=1' }),
  twice('the path of a hit may have a query of its own', FRESH, true, {}),
  [
    'a fresh hit says its Age',
    { origin: { headers: FRESH } },
    { served: true, fields: { age: expect.stringMatching(/^[0-4]$/) } },
  ],
  [
    'Date is not renewed by a hit',
    { origin: { headers: { ...FRESH, date: OLD } }, fields: { date: OLD } },
    { served: true, fields: { date: OLD } },
  ],
  [
    'an answer that took its time is older for it',
    {
      origin: (_, response) =>
        setTimeout(() => response.writeHead(200, { 'cache-control': 'max-age=1' }).end(), 1_010),
    },
    { origin: { headers: FRESH }, served: false },
  ],
  ...(['HEAD', 'OPTIONS', 'POST', 'PUT'] as const).map(
    (method): Case => [
      `the answer to ${method} is not the page`,
      { asks: { method }, origin: { headers: FRESH }, served: false },
      { served: false },
    ],
  ),
  [
    'a redirect is stored by its own status, and its target is another URL',
    { origin: { status: 302, headers: { ...FRESH, location: '/other' } }, served: false },
    { served: true, status: 302, fields: { location: '/other' } },
  ],
  [
    'an incomplete answer is not stored',
    { origin: raw('HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: 9\r\n\r\nhalf') },
    { served: false },
  ],
]);
