import { type Behaviour, raw } from '../../fakes/origin.ts';
import { type Case, runCases } from './case.ts';

const FAILURES: Record<string, { readonly status: number } | Behaviour> = {
  'closes the connection': raw('', 'reset'),
  'answers 500': { status: 500 },
  'answers 502': { status: 502 },
  'answers 503': { status: 503 },
  'answers 504': { status: 504 },
  'does not answer in time': () => {},
};

/** Stored, a hundred seconds past its life. */
const old = (directives: string) => ({
  headers: { 'cache-control': `max-age=3600${directives}`, age: '3700', etag: '"a"' },
  body: 'old',
});

const stoodIn = (directives: string): Case[] =>
  Object.entries(FAILURES).map(([failure, origin]) => [
    `the origin ${failure}: served${directives}`,
    { origin: old(directives), hasty: true },
    { origin, status: 200, body: 'old' },
  ]);

const notStoodIn = (directives: string): Case[] =>
  ['closes the connection', 'answers 503'].map(failure => [
    `the origin ${failure}: not served${directives}`,
    { origin: old(directives) },
    { origin: FAILURES[failure] as Behaviour, status: failure === 'answers 503' ? 503 : 502 },
  ]);

const BANS = [', must-revalidate', ', proxy-revalidate', ', no-cache', ', s-maxage=3600'];

runCases('stale where the origin fails (RFC 9111 §4.2.4, RFC 5861 §4)', [
  ...stoodIn(''),
  ...stoodIn(', stale-if-error=3600'),
  ...notStoodIn(', stale-if-error=10'),
  ...BANS.flatMap(notStoodIn),
  [
    'any other status is the answer',
    { origin: old(', stale-if-error=3600') },
    { origin: { status: 501, body: 'new' }, status: 501, body: 'new' },
  ],
  [
    'a response without a validator is served as well',
    {
      origin: { headers: { 'cache-control': 'max-age=3600, stale-if-error=3600', age: '3700' }, body: 'old' },
    },
    { origin: { status: 503 }, status: 200, body: 'old' },
  ],
  [
    'its Age says how old it is',
    { origin: old('') },
    { origin: { status: 503 }, fields: { age: '3700', 'cache-control': 'max-age=3600' } },
  ],
]);

const refreshed = (directives: string, served: boolean | { safe: boolean; strict: boolean }): Case => [
  `max-age=3600${directives}, stale for 100 seconds`,
  { origin: old(directives) },
  { origin: { headers: { 'cache-control': 'max-age=3600' }, body: 'new' }, served },
];

runCases('stale while it is refreshed (RFC 5861 §3)', [
  refreshed(', stale-while-revalidate=3600', true),
  refreshed(', stale-while-revalidate=10', false),
  refreshed('', false),
  refreshed(', stale-while-revalidate="3600x"', false),
  refreshed(', no-cache, stale-while-revalidate=3600', false),
  ...[', must-revalidate', ', proxy-revalidate', ', s-maxage=3600'].map(ban =>
    refreshed(`${ban}, stale-while-revalidate=3600`, { safe: true, strict: false }),
  ),
]);
