/**
 * The two tables of profiles in ARCHITECTURE.md, made from the code: what a policy chooses, and what becomes of requests and
 * responses that say something, worked out by the rules themselves.
 *
 * Shape   rows of cells, the header first: title, safe, strict, static
 */

import { parseRequestDirectives } from '../../shared/http/cache-control.ts';
import type { Field, Fields } from '../../shared/http/fields.ts';
import { computeFreshness } from '../../shared/http/freshness.ts';
import { type CachePolicy, PROFILES } from '../../shared/http/policy.ts';
import { decideReuse, mayServeOnError, mustNotAskOrigin } from '../../shared/http/reuse.ts';
import { decideStorable } from '../../shared/http/storable.ts';

export const NAMES = ['safe', 'strict', 'static'] as const;

type Row = readonly [title: string, cell: (policy: CachePolicy) => string];

const DAY = 86_400;
const NOW = Date.UTC(2026, 0, 1);
const yes = (holds: boolean) => (holds ? 'yes' : 'no');

function duration(seconds: number): string {
  if (seconds === 0) return 'none';
  if (!Number.isFinite(seconds)) return 'no bound';
  if (seconds % DAY === 0) return `${seconds / DAY} d`;
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds} s`;
}

/** A row for every choice that a policy has; null: made by routes, not by profiles. */
export const CHOICES: Record<keyof CachePolicy, Row | null> = {
  honourRequestDirectives: [
    'request directives but no-store',
    policy => (policy.honourRequestDirectives ? 'obeyed' : 'ignored'),
  ],
  heuristicRatio: [
    'no lifetime said: share of the time since Last-Modified',
    policy => `${policy.heuristicRatio * 100} %`,
  ],
  heuristicMaxSeconds: ['…at most', policy => duration(policy.heuristicMaxSeconds)],
  heuristicErrors: ['…also for 404, 405, 410, 414, 501', policy => yes(policy.heuristicErrors)],
  errorTtlMaxSeconds: ['status 400 and above: at most', policy => duration(policy.errorTtlMaxSeconds)],
  neverStoreStatuses: ['statuses never stored', policy => policy.neverStoreStatuses.join(', ') || 'none'],
  credentials: [
    'the answer to a Cookie is for all',
    policy => (policy.credentials === 'explicit' ? 'if it says so' : 'yes'),
  ],
  staleWhileRevalidateSeconds: [
    'stale-while-revalidate where nothing is said',
    policy => duration(policy.staleWhileRevalidateSeconds),
  ],
  staleIfErrorSeconds: [
    'stale-if-error where nothing is said',
    policy => duration(policy.staleIfErrorSeconds),
  ],
  staleDirectivesWin: [
    'both, said in the response, win over must-revalidate, proxy-revalidate, s-maxage',
    policy => yes(policy.staleDirectivesWin),
  ],
  keepSeconds: ['kept to be confirmed, after its life', policy => duration(policy.keepSeconds)],
  hashedLifetimes: [
    'files with a hash in their name',
    ({ hashedLifetimes = [] }) => {
      const [first, last] = [hashedLifetimes[0]?.[1], hashedLifetimes.at(-1)?.[1]];
      return first && last ? `${duration(first)} to ${duration(last)}, by type` : 'as said';
    },
  ],
  ttlSeconds: null,
  errorTtlSeconds: null,
  stale: null,
};

const TAGGED: Field = ['etag', '"a"'];
const saying = (cacheControl: string): Fields => [['cache-control', cacheControl], TAGGED];

interface Answered {
  readonly status?: number;
  readonly request?: Fields;
}

/** What becomes of a response that says this. */
const stores = (title: string, fields: Fields, { status = 200, request = [] }: Answered = {}): Row => [
  title,
  policy => {
    const input = { method: 'GET', requestFields: request, status, responseFields: fields, policy, now: NOW };
    if (!decideStorable(input).storable) return 'not stored';
    const freshness = computeFreshness({ status, fields, policy, requestedAt: NOW, receivedAt: NOW });
    const freshSeconds = Math.max(0, freshness.freshUntil - NOW) / 1000;
    return freshSeconds === 0 ? 'confirmed each time' : `stored for ${duration(freshSeconds)}`;
  },
];

/** What a request that says this gets, of a response stored for an hour, so many seconds old. */
const reuses = (title: string, directives: string, ageSeconds: number): Row => [
  title,
  policy => {
    const fields = saying('max-age=3600');
    const stored = computeFreshness({ status: 200, fields, policy, requestedAt: NOW, receivedAt: NOW });
    const request = parseRequestDirectives(directives ? [['cache-control', directives]] : []);
    const reuse = decideReuse(stored, request, { policy, now: NOW + ageSeconds * 1000 });
    if (reuse === 'fresh') return 'what is stored';
    if (reuse === 'stale-while-revalidate') return 'what is stored, refreshed behind';
    return mustNotAskOrigin(request, policy) ? '504' : 'the origin’s answer';
  },
];

/** What is served when the origin fails, ten seconds after the life of a response that said this. */
const standsIn = (title: string, cacheControl: string): Row => [
  title,
  policy => {
    const fields = saying(cacheControl);
    const stored = computeFreshness({ status: 200, fields, policy, requestedAt: NOW, receivedAt: NOW });
    const now = NOW + 3_610_000;
    return mayServeOnError(stored, parseRequestDirectives([]), { policy, now })
      ? 'what is stored'
      : 'the error';
  },
];

const HOUR = saying('max-age=3600');
const LONG_AGO: Field = ['last-modified', 'Tue, 01 Jan 2013 00:00:00 GMT'];

const SAID: readonly Row[] = [
  stores('max-age=3600', HOUR),
  stores('s-maxage=3600, max-age=60', saying('s-maxage=3600, max-age=60')),
  stores('CDN-Cache-Control: max-age=3600 beside no-store', [
    ['cdn-cache-control', 'max-age=3600'],
    ['cache-control', 'no-store'],
  ]),
  stores('nothing but an old Last-Modified', [LONG_AGO]),
  stores('nothing at all', []),
  stores('no-store', saying('no-store, max-age=3600')),
  stores('private', saying('private, max-age=3600')),
  stores('no-cache', saying('no-cache')),
  stores('must-understand, no-store; 200', saying('must-understand, no-store, max-age=3600')),
  stores('must-understand; 299', saying('must-understand, max-age=3600'), { status: 299 }),
  stores('max-age=3600; 299 or any other final status below 400', HOUR, { status: 299 }),
  stores('max-age=3600; 404', HOUR, { status: 404 }),
  stores('max-age=3600; 503', HOUR, { status: 503 }),
  stores('max-age=3600; 405', HOUR, { status: 405 }),
  stores('max-age=3600; 206', HOUR, { status: 206 }),
  stores('nothing but an old Last-Modified; 404', [LONG_AGO], { status: 404 }),
  stores('Set-Cookie', [...HOUR, ['set-cookie', 'a=1']]),
  stores('Vary: *', [...HOUR, ['vary', '*']]),
  stores('max-age=3600, to Authorization', HOUR, { request: [['authorization', 'a']] }),
  stores('public, max-age=3600, to Authorization', saying('public, max-age=3600'), {
    request: [['authorization', 'a']],
  }),
  stores('max-age=3600, to a Cookie', HOUR, { request: [['cookie', 'a=1']] }),
  stores('max-age=3600, to no-store', HOUR, { request: [['cache-control', 'no-store']] }),
  reuses('asked for while fresh', '', 60),
  reuses('…with no-cache', 'no-cache', 60),
  reuses('…with max-age=0', 'max-age=0', 60),
  reuses('…with min-fresh=3600', 'min-fresh=3600', 60),
  reuses('…with only-if-cached', 'only-if-cached', 60),
  reuses('asked for while stale', '', 3_610),
  reuses('…with max-stale=60', 'max-stale=60', 3_610),
  reuses('…with only-if-cached', 'only-if-cached', 3_610),
  standsIn('the origin fails', 'max-age=3600'),
  standsIn('…under must-revalidate', 'max-age=3600, must-revalidate'),
  standsIn('…under s-maxage', 's-maxage=3600'),
  standsIn('…under s-maxage, stale-if-error=60', 's-maxage=3600, stale-if-error=60'),
];

function tableOf(title: string, rows: readonly Row[]): string[][] {
  return [[title, ...NAMES], ...rows.map(([row, cell]) => [row, ...NAMES.map(name => cell(PROFILES[name]))])];
}

export const PROFILE_TABLES = [
  tableOf(
    'a profile chooses',
    Object.values(CHOICES).filter(row => row !== null),
  ),
  tableOf('what is said', SAID),
];
