/**
 * One look a minute: what is seen is counted, alarms are decided from all that was counted, and what has changed is told, each
 * change once.
 *
 * What is to be told is written down before it is told, and crossed out after: who dies in between tells it again under the
 * same name, which the jobs know as the same.
 *
 * Shape   one run -> what it saw and told
 * Errors  those of Redis; what cannot be enqueued is told by the next run
 * Cost    Redis: 5 trips
 */

import type { Clock } from '../../primitives/clock.ts';
import { randomId } from '../../primitives/ids.ts';
import { evaluateAlerts, MINUTES_NEEDED, minutesOf, type Verdict } from '../alerts/evaluate.ts';
import { evaluateObjectives, TENS_MS } from '../alerts/evaluate-objectives.ts';
import { ALERT_RULES } from '../alerts/rules.ts';
import { type AlertEvent, transitionsOf } from '../alerts/transitions.ts';
import type { MetricsStore } from '../metrics-store.ts';
import { minutesBefore, spanOf } from '../period.ts';
import { observe, type Sight } from './observe.ts';
import type { WatchState, WatchStateStore } from './watch-state.ts';

export interface WatchDeps {
  readonly look: () => Promise<Sight>;
  readonly metrics: Pick<MetricsStore, 'add' | 'read'>;
  readonly state: WatchStateStore;
  /** Whether it was taken for certain. */
  readonly tell: (event: AlertEvent) => Promise<boolean>;
  readonly clock: Clock;
}

export interface Watched {
  readonly firing: readonly string[];
  readonly told: readonly string[];
  /** To be told by the next run. */
  readonly untold: number;
  /** Another run was at it: nothing was told by this one. */
  readonly isSecond: boolean;
}

export function createWatch({ look, metrics, state, tell, clock }: WatchDeps) {
  async function decide(): Promise<readonly Verdict[]> {
    const now = clock();
    const span = minutesBefore(MINUTES_NEEDED, now);
    const minutes = minutesOf(span, await metrics.read(span));
    const tens = await metrics.read(spanOf(TENS_MS, now));
    return [...evaluateAlerts(ALERT_RULES(), minutes), ...evaluateObjectives({ minutes, tens })];
  }

  /** One after the other: that something is over is not told before that it began. */
  async function tellAll(events: readonly AlertEvent[]): Promise<readonly AlertEvent[]> {
    const untold: AlertEvent[] = [];
    for (const event of events) if (!(await tell(event).catch(() => false))) untold.push(event);
    return untold;
  }

  return async (): Promise<Watched> => {
    const before: WatchState = await state.read();
    const { samples, totals } = observe(await look(), before.totals);
    const verdicts = await decide();
    const firing = verdicts.filter(one => one.state === 'firing' && !one.isQuiet).map(({ id }) => id);
    const { told, events } = transitionsOf(before.told, verdicts, clock());
    const due = [...before.untold, ...events];
    if (!(await state.write({ totals, told, untold: due }, before.version)))
      return { firing, told: [], untold: 0, isSecond: true };
    // Whoever counts by totals counts what he has remembered: the other way round a second run would count it again.
    await metrics.add({ id: randomId(), countedAt: clock(), samples, notes: [] });
    const untold = await tellAll(due);
    if (due.length > 0) await state.write({ totals, told, untold }, before.version + 1);
    const names = due.filter(event => !untold.includes(event)).map(({ id, kind }) => `${id} ${kind}`);
    return { firing, told: names, untold: untold.length, isSecond: false };
  };
}
