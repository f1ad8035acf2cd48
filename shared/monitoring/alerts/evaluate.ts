/**
 * Which alarms are true now, by what was counted minute by minute: what CloudWatch decides by the same rules.
 *
 * It remembers nothing: who asks twice, here or elsewhere, is told the same.
 *
 * Shape   rules, minutes (the oldest first, all of them over) -> a verdict for each rule
 * Units   instants epoch ms
 * Errors  none (total)
 */

import type { Span } from '../period.ts';
import type { Samples } from '../sample.ts';
import { type Datapoint, datapointOf } from './datapoint.ts';
import { countIn } from './measured.ts';
import { measureOf } from './measures.ts';
import { type AlertRule, QUIET_MS } from './rule.ts';

export interface Minute {
  readonly at: number;
  readonly samples: Samples;
}

export interface Verdict {
  readonly id: string;
  /** `unmeasured`: no period had enough to say anything. */
  readonly state: 'firing' | 'ok' | 'unmeasured';
  /** Of the latest period that had enough. */
  readonly value: number | undefined;
  /** From when on each period was wrong, up to now. */
  readonly since: number | undefined;
  /** It is true, and explained: nobody is told. */
  readonly isQuiet: boolean;
}

export const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
/** What the longest window and the hour before it need. */
export const MINUTES_NEEDED = 75;

/** As they were read: a minute in which nothing was counted is there all the same. */
export function minutesOf({ startsAt }: Span, periods: readonly Samples[]): readonly Minute[] {
  return startsAt.map((at, index) => ({ at, samples: periods[index] ?? new Map() }));
}

export function evaluateAlerts(rules: readonly AlertRule[], minutes: readonly Minute[]): readonly Verdict[] {
  const quiet = isQuietIn(minutes);
  return rules.map(rule => {
    const verdict = evaluateRule(rule, minutes);
    return { ...verdict, isQuiet: quiet && rule.isQuietable && verdict.state === 'firing' };
  });
}

/** Whether somebody deployed or purged everything a short while ago. */
export function isQuietIn(minutes: readonly Minute[]): boolean {
  const last = minutes.slice(-QUIET_MS / MINUTE_MS);
  return last.some(({ samples }) => countIn(samples, measureOf('Quiet')) > 0);
}

interface Period extends Datapoint {
  readonly at: number;
  readonly isBreaching: boolean;
}

function evaluateRule(rule: AlertRule, minutes: readonly Minute[]): Omit<Verdict, 'isQuiet'> {
  const periods = periodsOf(rule, minutes);
  const known = periods.filter(period => isEnough(period, rule));
  const breaching = periods.filter(({ isBreaching }) => isBreaching).length;
  const isFiring = breaching >= rule.window.breaching;
  return {
    id: rule.id,
    state: isFiring ? 'firing' : known.length > 0 ? 'ok' : 'unmeasured',
    value: known.at(-1)?.value,
    since: isFiring ? sinceOf(periods) : undefined,
  };
}

/** Those of its window, the oldest first; what is before the first minute known is no period. */
function periodsOf(rule: AlertRule, minutes: readonly Minute[]): readonly Period[] {
  const { periodMs, periods } = rule.window;
  const length = periodMs / MINUTE_MS;
  const starts = Array.from({ length: periods }, (_, at) => minutes.length - (periods - at) * length);
  return starts
    .filter(start => start >= 0)
    .map(start => {
      const within = minutes.slice(start, start + length);
      const before = minutes.slice(Math.max(0, start - HOUR_MINUTES), start);
      const datapoint = datapointOf(rule.signal, {
        minutes: within.map(samplesOf),
        before: before.map(samplesOf),
      });
      return { ...datapoint, at: within[0]?.at ?? 0, isBreaching: isWrong(datapoint, rule) };
    });
}

function isEnough({ value, samples }: Datapoint, { minimumSamples }: AlertRule): boolean {
  return value !== undefined && samples >= minimumSamples;
}

function isWrong(datapoint: Datapoint, rule: AlertRule): boolean {
  const { value = 0 } = datapoint;
  if (!isEnough(datapoint, rule)) return false;
  return rule.operator === '>' ? value > rule.threshold : value < rule.threshold;
}

function sinceOf(periods: readonly Period[]): number | undefined {
  return periods.find(({ isBreaching }) => isBreaching)?.at;
}

function samplesOf({ samples }: Minute): Samples {
  return samples;
}
