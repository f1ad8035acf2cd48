/**
 * A decision of the cache, told in full: for programs by its parts, for people in words.
 *
 * Shape   decision + what it was made of -> {key, rule, decision, instants, words}
 * Units   instants as dates in UTC
 * Errors  none (total)
 */

import type { CacheReading } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import type { Exchange } from '../proxy/exchange.ts';
import { freshnessOf, type Stored } from '../proxy/stored.ts';
import { type Explained, wordsFor } from './explain-words.ts';

export interface Grounds {
  readonly now: number;
  /** Absent: the request was refused before it had a key. */
  readonly exchange?: Exchange;
  /** Absent: the cache was not asked. */
  readonly reading?: CacheReading<Stored>;
  readonly mode?: Plan['mode'];
}

export interface Explanation {
  readonly key: string | null;
  readonly rule: string | null;
  readonly decision: Readonly<Record<string, unknown>>;
  readonly instants: Readonly<Record<string, string | null>> | null;
  readonly words: string;
}

export function explanationOf(explained: Explained, { exchange, reading, now, mode }: Grounds): Explanation {
  const entry = reading?.found?.entry;
  const freshness = entry && freshnessOf(entry, now);
  const words = wordsFor(explained, { freshness, soft: entry?.soft === true, now });
  return {
    key: exchange?.key ?? null,
    rule: exchange?.route.rule ?? null,
    decision: decisionOf(explained, reading),
    instants: freshness ? instantsOf(freshness) : null,
    words:
      mode === 'observe'
        ? `HEADRACE_MODE is observe, so the origin is asked whatever is decided. ${words}`
        : words,
  };
}

function decisionOf(
  explained: Explained,
  reading: CacheReading<Stored> | undefined,
): Explanation['decision'] {
  const { kind } = explained;
  const names = new Set([...(reading?.near.forks.names ?? []), ...(reading?.far?.forks.names ?? [])]);
  const varies = names.size > 0 ? { variesBy: [...names] } : {};
  switch (explained.kind) {
    case 'refuse':
      return { kind, status: explained.problem.status, code: explained.problem.code };
    case 'pass':
      return { kind, ...explained.why };
    case 'hit':
    case 'stale':
      return { kind, level: explained.level, ...varies };
    case 'revalidate':
      return { kind, reason: explained.reason, ...varies };
    case 'fetch':
      return {
        kind,
        reason: explained.reason,
        ...(explained.detail && { detail: explained.detail }),
        ...varies,
      };
    case 'unavailable':
      return { kind, ...varies };
  }
}

function instantsOf(freshness: ReturnType<typeof freshnessOf>): Record<string, string | null> {
  const { receivedAt, freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt } = freshness;
  const instants = { receivedAt, freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt };
  return Object.fromEntries(Object.entries(instants).map(([name, at]) => [name, dateOf(at)]));
}

/** Null where it is never, or always. */
function dateOf(at: number): string | null {
  return Math.abs(at) <= LAST_DATE ? new Date(at).toISOString() : null;
}

/** The last that a Date can hold. */
const LAST_DATE = 8.64e15;
