/**
 * What people are told of an alarm: a line, a few sentences, and the same as data for whoever makes something of it.
 *
 * Shape   event -> subject, text, alert
 * Units   values as the signal's
 * Errors  none (total): of a rule that is no more its id is told
 */

import { unitOf } from './datapoint.ts';
import { BURN_PAIRS, burnsOf } from './objectives.ts';
import type { Severity } from './rule.ts';
import { ALERT_RULES } from './rules.ts';
import type { AlertEvent } from './transitions.ts';

export interface AlertMessage {
  /** ASCII, and short: mail servers take no other. */
  readonly subject: string;
  readonly text: string;
  readonly alert: {
    readonly id: string;
    readonly state: 'fired' | 'recovered';
    readonly severity: Severity;
    readonly at: number;
    readonly runbook: string;
  };
}

interface Described {
  readonly says: string;
  readonly severity: Severity;
  readonly bound: string;
  readonly unit: string;
}

export function alertMessage(event: AlertEvent, runbook: string): AlertMessage {
  const { id, kind, at, firedAt, value } = event;
  const { says, severity, bound, unit } = describe(id);
  const page = runbook + id.replace(/-burn-\w+$/, '-burn');
  const state = kind === 'fired' ? severity.toUpperCase() : 'OVER';
  const measured = value === undefined ? '' : ` It is ${Number(value.toPrecision(3))}${unit}${bound}.`;
  const lasted = `It is over, after ${minutes(at - firedAt)}.`;
  return {
    subject: `[${state}] ${id}`,
    text: `${says}.${kind === 'fired' ? measured : ` ${lasted}`} What to do: ${page}`,
    alert: { id, state: kind, severity, at, runbook: page },
  };
}

export function describe(id: string): Described {
  const rule = ALERT_RULES().find(one => one.id === id);
  if (rule) {
    const unit = UNITS[unitOf(rule.signal)];
    const word = rule.operator === '>' ? 'at most' : 'at least';
    return {
      says: rule.says,
      severity: rule.severity,
      bound: `; ${word} ${rule.threshold}${unit} is right`,
      unit,
    };
  }
  const burn = burnsOf(BURN_PAIRS).find(one => one.id === id);
  if (burn)
    return {
      says: `The room for failing is used up too fast: ${burn.objective.says}`,
      severity: burn.pair.severity,
      bound: ` as fast as it may; up to ${burn.pair.burn} times is borne`,
      unit: ' times',
    };
  return { says: `The alarm ${id}`, severity: 'warning', bound: '', unit: '' };
}

const UNITS = { ms: ' ms', percent: ' %', s: ' s', count: '', times: ' times' } as const;

function minutes(ms: number): string {
  const count = Math.max(1, Math.round(ms / 60_000));
  return `${count} minute${count === 1 ? '' : 's'}`;
}
