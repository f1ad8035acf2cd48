/**
 * GET …/performance/alerts: every alarm and whether it is true now; POST …/admin/alerts/quiet: those that a deployment explains
 * wait.
 *
 * Errors  400 ALERTS_INVALID
 * Cost    as the performance API's: a flush and one trip, 75 commands the first time and then two; the promises one trip more
 */

import type { Handler } from 'hono';
import { type Alert, type Alerts, QUIET_BODY } from '../../shared/api/alerts.ts';
import { unitOf } from '../../shared/monitoring/alerts/datapoint.ts';
import {
  evaluateAlerts,
  isQuietIn,
  MINUTES_NEEDED,
  type Minute,
  minutesOf,
  type Verdict,
} from '../../shared/monitoring/alerts/evaluate.ts';
import {
  evaluateObjectives,
  liveBurns,
  TENS_MS,
} from '../../shared/monitoring/alerts/evaluate-objectives.ts';
import { sayBurn } from '../../shared/monitoring/alerts/objectives.ts';
import { QUIET_MS, SEVERITIES } from '../../shared/monitoring/alerts/rule.ts';
import { ALERT_RULES } from '../../shared/monitoring/alerts/rules.ts';
import type { MetricsReader } from '../../shared/monitoring/metrics-reader.ts';
import { minutesBefore, spanOf } from '../../shared/monitoring/period.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { problemResponse } from '../problem-response.ts';
import { readBody } from './read-body.ts';

export interface AlertsDeps {
  readonly reader: Pick<MetricsReader, 'read'>;
  readonly keepQuiet: (reason: 'deployment') => Promise<void>;
  readonly clock: Clock;
}

export interface AlertHandlers {
  readonly list: Handler;
  readonly quiet: Handler;
}

const NOT_KEPT = { 'cache-control': 'no-store' };

export function alerts({ reader, keepQuiet, clock }: AlertsDeps): AlertHandlers {
  return {
    async list() {
      const now = clock();
      const span = minutesBefore(MINUTES_NEEDED, now);
      const { value, counts, reason } = await reader.read(span);
      const minutes = minutesOf(span, value);
      const { value: tens } = await reader.read(spanOf(TENS_MS, now));
      const all = [...rulesSeen(minutes), ...objectivesSeen(minutes, tens)].sort(byUrgency);
      const firing = all.filter(({ state }) => state === 'firing').length;
      const answer: Alerts = { at: now, counts, reason, isQuiet: isQuietIn(minutes), firing, alerts: all };
      return Response.json(answer, { headers: NOT_KEPT });
    },
    async quiet(context) {
      const read = readBody((await context.req.text()) || '{}', QUIET_BODY());
      if (!read.ok) return problemResponse({ ...INVALID, detail: read.words });
      await keepQuiet(read.value.reason);
      return Response.json({ quietUntil: clock() + QUIET_MS }, { headers: NOT_KEPT });
    },
  };
}

function rulesSeen(minutes: readonly Minute[]): readonly Alert[] {
  const rules = ALERT_RULES();
  return evaluateAlerts(rules, minutes).map((verdict, at): Alert => {
    const { says, severity, operator, threshold, signal } = rules[at] as (typeof rules)[number];
    return { ...seen(verdict), says, severity, operator, threshold, unit: unitOf(signal) };
  });
}

function objectivesSeen(
  minutes: readonly Minute[],
  tens: Parameters<typeof evaluateObjectives>[0]['tens'],
): readonly Alert[] {
  const burns = liveBurns();
  return evaluateObjectives({ minutes, tens }).map((verdict, at): Alert => {
    const burn = burns[at] as (typeof burns)[number];
    const { severity, burn: threshold } = burn.pair;
    return { ...seen(verdict), says: sayBurn(burn), severity, operator: '>', threshold, unit: 'times' };
  });
}

function seen({
  id,
  state,
  value,
  since,
  isQuiet,
}: Verdict): Pick<Alert, 'id' | 'state' | 'value' | 'since'> {
  return {
    id,
    state: isQuiet ? 'quiet' : state,
    value: value === undefined ? null : Number(value.toPrecision(4)),
    since: since ?? null,
  };
}

const STATES = ['firing', 'quiet', 'ok', 'unmeasured'] as const;

function byUrgency(a: Alert, b: Alert): number {
  const state = STATES.indexOf(a.state) - STATES.indexOf(b.state);
  return state || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

const INVALID = { status: 400, code: 'ALERTS_INVALID', title: 'The body cannot be understood' } as const;
