/**
 * An alarm as data: what is looked at, from where on it is wrong, for how long, out of how many, and how urgent it is.
 *
 * People are called (`page`) for what a user feels, and nothing else; `warning` can wait for the morning, `info` for the week.
 *
 * Units   thresholds as the signal's; durations in ms
 */

import type { Signal } from './signal.ts';

export const SEVERITIES = ['info', 'warning', 'page'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface AlertRule {
  /** Also the heading of its page in infra/runbooks. */
  readonly id: string;
  readonly says: string;
  readonly severity: Severity;
  readonly signal: Signal;
  readonly operator: '>' | '<';
  readonly threshold: number;
  readonly window: AlertWindow;
  /** Of what the signal is a mean, a share or a percentile of, in one period: a period with fewer says nothing. */
  readonly minimumSamples: number;
  /** Whether a deployment or a purge of everything explains it for a quarter of an hour. */
  readonly isQuietable: boolean;
}

export interface AlertWindow {
  readonly periodMs: number;
  /** Periods that are looked at. */
  readonly periods: number;
  /** Of these, so many must be wrong. */
  readonly breaching: number;
}

/** How long an alarm that is quietable waits after a deployment or a purge of everything. */
export const QUIET_MS = 15 * 60_000;

/** Of CloudWatch alone: nothing arrives any more, so every other alarm there is blind. */
export const SILENCE = {
  id: 'silence',
  says: 'The edge’s figures have not arrived for five minutes',
  severity: 'warning',
  minutes: 5,
} as const satisfies { readonly severity: Severity; readonly [field: string]: unknown };

const MINUTE = 60_000;
export const SOON: AlertWindow = { periodMs: MINUTE, periods: 5, breaching: 3 };
export const LASTING: AlertWindow = { periodMs: MINUTE, periods: 5, breaching: 5 };
export const THREE_MINUTES: AlertWindow = { periodMs: MINUTE, periods: 3, breaching: 3 };
export const SLOWLY: AlertWindow = { periodMs: 5 * MINUTE, periods: 3, breaching: 3 };
export const AT_ONCE: AlertWindow = { periodMs: MINUTE, periods: 1, breaching: 1 };
export const ONCE: AlertWindow = { periodMs: 5 * MINUTE, periods: 1, breaching: 1 };

interface Rest {
  readonly severity: Severity;
  readonly window: AlertWindow;
  readonly says: string;
  /** @default 0 */
  readonly minimumSamples?: number;
  /** @default false */
  readonly isQuietable?: boolean;
}

export function above(id: string, [signal, threshold]: readonly [Signal, number], rest: Rest): AlertRule {
  return { id, signal, operator: '>', threshold, minimumSamples: 0, isQuietable: false, ...rest };
}

export function below(id: string, [signal, threshold]: readonly [Signal, number], rest: Rest): AlertRule {
  return { ...above(id, [signal, threshold], rest), operator: '<' };
}

const urgent = (severity: Severity) => (window: AlertWindow, says: string) => ({ severity, window, says });
export const info = urgent('info');
export const warning = urgent('warning');
export const page = urgent('page');
