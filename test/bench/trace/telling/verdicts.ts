/**
 * What a run of the fixed trace proves, and what it does not: sentences for the terminal and the report.
 *
 * Shape   FixedResult -> { sentences, isRight }
 */

import type { FixedResult } from '../fixed.ts';
import { BOUND_MS } from '../judging/findings.ts';

export interface Verdicts {
  readonly sentences: readonly string[];
  /** False when a body was wrong or a request failed. Figures that depend on the machine make nobody wrong. */
  readonly isRight: boolean;
}

export const BARS = { p50Times: 10, hitRatio: 0.85 } as const;
const SHOWN = 10;

/** @param isWhole the bars are those of the whole trace: a short one ends before the cache is warm */
export function verdictsOf(result: FixedResult, isWhole: boolean): Verdicts {
  const { violations, failures } = result;
  return {
    sentences: [
      bodies(result),
      ...violations.slice(0, SHOWN).map(violationOf),
      ...failures.slice(0, SHOWN).map(failure => `FAILED: ${failure}.`),
      limits(result),
      ...(isWhole ? bars(result) : []),
      ...warning(result),
    ],
    isRight: violations.length === 0 && failures.length === 0,
  };
}

function bodies({ examined, violations, failures }: FixedResult): string {
  const bound = `none older than ${BOUND_MS} ms after its purge was answered`;
  const count = `${examined.toLocaleString('en')} bodies held against the origin’s own`;
  if (violations.length === 0 && failures.length === 0) return `${count}: all right, ${bound}.`;
  return `${count}: ${violations.length} WRONG, ${failures.length} requests FAILED.`;
}

function violationOf({ kind, path, lateMs }: FixedResult['violations'][number]): string {
  if (kind === 'foreign') return `WRONG: ${path} was never rendered like that.`;
  return `WRONG: ${path} was stale, ${lateMs.toFixed(0)} ms beyond the bound.`;
}

function limits({ limit, pages }: FixedResult): string {
  const [byPage, bySpelling] = [limit.byPage, limit.bySpelling].map(share => (share * 100).toFixed(1));
  return `The URLs are ${pages.toLocaleString('en')} pages; from a cold start, a cache that shows every change at once could hit ${byPage} % at most (${bySpelling} % if it took each spelling for a page).`;
}

function bars({ direct, edge }: FixedResult): readonly string[] {
  const times = direct.p50Ms / edge.p50Ms;
  const ratio = edge.hitRatio ?? 0;
  return [
    `p50 is ${times.toFixed(1)} times better, bar ${BARS.p50Times}: ${held(times >= BARS.p50Times)}.`,
    `${(ratio * 100).toFixed(1)} % are hits, bar ${BARS.hitRatio * 100} %: ${held(ratio >= BARS.hitRatio)}.`,
  ];
}

function held(isHeld: boolean): string {
  return isHeld ? 'held' : 'MISSED';
}

function warning({ lateRedis }: FixedResult): readonly string[] {
  if (lateRedis === 0) return [];
  return [
    `The edge logged ${lateRedis} times that Redis was too late: the machine has more to do than this.`,
  ];
}
