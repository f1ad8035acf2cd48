/**
 * A decision of the cache in a sentence for a person, with the section that asks for it.
 *
 * Shape   Explained -> 'It is fresh for 42 more seconds, by max-age: served from memory (RFC 9111 §4.2).'
 * Units   seconds in the sentences, instants epoch ms in the input
 * Errors  none (total)
 */

import type { Freshness } from '../../shared/http/freshness.ts';
import type { Problem } from '../../shared/http/problem.ts';
import type { Decision } from '../proxy/decide.ts';
import type { PassReason } from '../proxy/receive.ts';

export type Explained =
  | Decision
  | { readonly kind: 'pass'; readonly why: PassReason }
  | { readonly kind: 'refuse'; readonly problem: Problem };

export interface StoredThen {
  /** Of what is stored, where something is. */
  readonly freshness: Freshness | undefined;
  readonly soft: boolean;
  readonly now: number;
}

export function wordsFor(explained: Explained, stored: StoredThen): string {
  switch (explained.kind) {
    case 'hit':
      return `It is fresh for ${leftOf(stored)}, by ${sourceOf(stored)}: served from ${PLACES[explained.level]} (RFC 9111 §4.2).`;
    case 'stale':
      return `It is stale, ${staleBy(stored)}: served once more while it is refreshed in the background (RFC 5861 §3).`;
    case 'revalidate':
      return explained.reason === 'request'
        ? 'It is fresh, but the request asks for confirmation: the origin is asked whether it still stands (RFC 9111 §5.2.1).'
        : `It is stale, ${staleBy(stored)}: the origin is asked whether it still stands (RFC 9111 §4.3).`;
    case 'fetch':
      return `${whyFetched(explained.reason, explained.detail)}: the origin is asked.`;
    case 'pass':
      return `${whyPassed(explained.why)}: it is handed to the origin, and nothing is stored.`;
    case 'unavailable':
      return 'The request takes only what is cached, and there is nothing: 504, without asking the origin (RFC 9111 §5.2.1.7).';
    case 'refuse':
      return `${explained.problem.title}: ${explained.problem.status}, without asking the origin. ${explained.problem.detail ?? ''}`.trim();
  }
}

const PLACES = { L1: 'the memory of this isolate', L2: 'Redis' } as const;

const SOURCES: Readonly<Record<Freshness['source'], string>> = {
  route: 'the route’s ttl',
  's-maxage': 's-maxage',
  'max-age': 'max-age',
  expires: 'Expires',
  heuristic: 'its Last-Modified (RFC 9111 §4.2.2)',
  none: 'nothing it says',
};

function sourceOf({ freshness }: StoredThen): string {
  return SOURCES[freshness?.source ?? 'none'];
}

function leftOf({ freshness, now }: StoredThen): string {
  return seconds((freshness?.freshUntil ?? now) - now);
}

function staleBy({ freshness, soft, now }: StoredThen): string {
  if (soft) return 'because it was purged softly';
  return `${seconds(now - (freshness?.freshUntil ?? now))} past its time, by ${sourceOf({ freshness, soft, now })}`;
}

function seconds(ms: number): string {
  const count = Math.max(0, Math.ceil(ms / 1000));
  return `${count} ${count === 1 ? 'second' : 'seconds'}`;
}

function whyFetched(reason: string, detail: string | undefined): string {
  if (detail !== undefined)
    return BYPASSES[detail] ?? `What is stored may not be used for this request (${detail})`;
  return reason === 'vary-miss'
    ? 'Other variants of this URL are stored, but none for these header fields (RFC 9111 §4.1)'
    : 'Nothing usable is stored for this URL (RFC 9111 §4)';
}

const BYPASSES: Readonly<Record<string, string>> = {
  authorization:
    'The request has Authorization, and what is stored does not say that it may be shared (RFC 9111 §3.5)',
  cookie: 'The request has cookies, and what is stored does not say that it may be shared (profile safe)',
  header: 'The request has a header that could change the answer, and no Vary names it (RFC 9111 §4.1)',
  'no-transform': 'The request asks for the origin’s own bytes (RFC 9111 §5.2.1.6)',
};

function whyPassed({ forwarded, detail }: PassReason): string {
  if (forwarded === 'method') return 'Only GET and HEAD are answered from the cache (RFC 9110 §9.2.3)';
  return PASSES[detail ?? ''] ?? `This request is none of the cache’s business (${detail ?? forwarded})`;
}

const PASSES: Readonly<Record<string, string>> = {
  'mode-off': 'HEADRACE_MODE is off',
  upgrade: 'It asks for a WebSocket (RFC 9110 §7.8)',
  range: 'It asks for a part of what is not stored (RFC 9110 §14.2)',
  condition: 'Its condition is the origin’s to answer (RFC 9110 §13.1.1)',
  'url-length': 'Its URL is too long to be a key',
};
