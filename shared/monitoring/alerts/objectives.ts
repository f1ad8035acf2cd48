/**
 * What is promised to users, and how fast the room for failing may be used up before somebody is called.
 *
 * Shape   objective: a share of bad ones among all, and how small it must stay; pairs of windows that must both burn
 * Units   targets are ratios; windows ms; a burn of 1 uses up the room in exactly 30 days
 * Source  Google SRE Workbook, "Alerting on SLOs", table 5-8
 */

import type { MeasureName } from './measures.ts';
import type { Severity } from './rule.ts';

export interface Objective {
  readonly id: string;
  readonly says: string;
  readonly bad: MeasureName;
  readonly all: MeasureName;
  /** The share of good ones. */
  readonly target: number;
}

export interface BurnPair {
  readonly id: 'fast' | 'medium' | 'slow';
  readonly longMs: number;
  /** Ends the alarm soon after the burning has ended. */
  readonly shortMs: number;
  readonly burn: number;
  readonly severity: Severity;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const OBJECTIVES: readonly Objective[] = [
  {
    id: 'availability',
    says: '99.9 % of answers are no 5xx',
    bad: 'Errors5xx',
    all: 'Requests',
    target: 0.999,
  },
  {
    id: 'latency',
    says: '95 % of answers are ready within 500 ms',
    bad: 'SlowAnswers',
    all: 'Requests',
    target: 0.95,
  },
];

export const BURN_PAIRS: readonly BurnPair[] = [
  { id: 'fast', longMs: HOUR, shortMs: 5 * MINUTE, burn: 14.4, severity: 'page' },
  { id: 'medium', longMs: 6 * HOUR, shortMs: 30 * MINUTE, burn: 6, severity: 'page' },
  { id: 'slow', longMs: 72 * HOUR, shortMs: 6 * HOUR, burn: 1, severity: 'warning' },
];

/** How many times as fast as the promise allows; undefined where there was nothing. */
export function burnOf({ target }: Pick<Objective, 'target'>, bad: number, all: number): number | undefined {
  return all > 0 ? bad / all / (1 - target) : undefined;
}

/** A promise that may burn by a pair of windows: what there is an alarm for. */
export interface Burn {
  readonly id: string;
  readonly objective: Objective;
  readonly pair: BurnPair;
  /** The heading of its page in infra/runbooks. */
  readonly page: string;
}

export function burnsOf(pairs: readonly BurnPair[], objectives = OBJECTIVES): readonly Burn[] {
  return objectives.flatMap(objective =>
    pairs.map(pair => {
      const page = `${objective.id}-burn`;
      return { id: `${page}-${pair.id}`, objective, pair, page };
    }),
  );
}

export function sayBurn({ objective, pair }: Burn): string {
  return `${objective.says}: the room for failing is used up ${pair.burn} times too fast`;
}
