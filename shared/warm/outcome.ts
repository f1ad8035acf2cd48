/**
 * What a warming request did, read from the edge's own Cache-Status, and the sum of a run.
 *
 * Shape   status, Cache-Status -> outcome; outcomes -> summary
 * Units   ms
 * Errors  none (total)
 * Source  RFC 9211 §2: the last member is the cache nearest to the client
 */

import { splitList } from '../http/grammar.ts';

export type WarmOutcome =
  | { readonly kind: 'hit' }
  | { readonly kind: 'stored' }
  /** Answered, and nothing was kept: the response may not be stored. */
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Time was up before its turn came. */
  | { readonly kind: 'skipped' };

export interface WarmSummary {
  readonly requested: number;
  readonly hits: number;
  readonly stored: number;
  readonly failed: number;
  readonly skipped: number;
  readonly ms: number;
}

const OUR_MEMBER = /^Headrace(?:;|$)/;
const TOO_MANY_REQUESTS = 429;

export function decideOutcome(status: number, cacheStatus: string | null): WarmOutcome {
  if (status >= 500 || status === TOO_MANY_REQUESTS) return { kind: 'failed', reason: `answered ${status}` };
  const parameters = readParameters(cacheStatus ?? '');
  if (parameters.includes('hit')) return { kind: 'hit' };
  return { kind: parameters.includes('stored') ? 'stored' : 'passed' };
}

function readParameters(cacheStatus: string): readonly string[] {
  const ours = splitList(cacheStatus).findLast(member => OUR_MEMBER.test(member)) ?? '';
  const withoutStrings = ours.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return withoutStrings.split(';').map(parameter => parameter.trim());
}

export function summarize(outcomes: Iterable<WarmOutcome>, ms: number): WarmSummary {
  const kinds = Array.from(outcomes, ({ kind }) => kind);
  const count = (wanted: WarmOutcome['kind']) => kinds.filter(kind => kind === wanted).length;
  const skipped = count('skipped');
  return {
    requested: kinds.length - skipped,
    hits: count('hit'),
    stored: count('stored'),
    failed: count('failed'),
    skipped,
    ms,
  };
}
