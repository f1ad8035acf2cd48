/**
 * The routes of what is scaled: GET …/scaling, PUT and DELETE …/scaling/:target/override.
 *
 * Errors  400 SCALING_INVALID; 404 SCALING_TARGET_UNKNOWN; 503 SCALING_ABSENT, SCALING_UNAVAILABLE
 * Cost    GET: one command, and the performance API's for five minutes; the others one command
 */

import type { Context, Handler } from 'hono';
import { OVERRIDE_BODY, SCALING_QUERY, type ScaledTargetAnswer } from '../../shared/api/scaling.ts';
import type { Problem } from '../../shared/http/problem.ts';
import { gaugeIn, spreadIn } from '../../shared/monitoring/alerts/measured.ts';
import { measureOf } from '../../shared/monitoring/alerts/measures.ts';
import type { MetricsReader } from '../../shared/monitoring/metrics-reader.ts';
import { spanOf } from '../../shared/monitoring/period.ts';
import { percentileOf } from '../../shared/monitoring/sample.ts';
import { mergeSamples } from '../../shared/monitoring/tally.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { evaluateRules, type Readings } from '../../shared/scaling/evaluate.ts';
import { refuseOverride } from '../../shared/scaling/override.ts';
import type { KnownTarget, ScalingStore, SeenTarget } from '../../shared/scaling/store.ts';
import type { ScalingTarget } from '../../shared/scaling/targets.ts';
import { problemResponse } from '../problem-response.ts';
import { readBody, readQuery } from './read-body.ts';

export interface ScalingDeps {
  readonly targets: readonly ScalingTarget[];
  /** Undefined where the settings give no Redis to the jobs. */
  readonly open: () => ScalingStore | undefined;
  readonly reader: Pick<MetricsReader, 'read'>;
  readonly clock: Clock;
}

export interface ScalingHandlers {
  readonly list: Handler;
  readonly override: Handler;
  readonly end: Handler;
}

type Act = (store: ScalingStore, context: Context) => Promise<Response>;

const LOOKED_AT_MS = 5 * 60_000;
const NOTHING: KnownTarget = { override: undefined, seen: undefined };

export function scaling({ targets, open, reader, clock }: ScalingDeps): ScalingHandlers {
  const over =
    (act: Act): Handler =>
    async context => {
      const store = targets.length > 0 ? open() : undefined;
      if (!store) return problemResponse(ABSENT);
      return act(store, context).catch(() => problemResponse(UNAVAILABLE, { 'retry-after': '5' }));
    };

  const toTarget =
    (act: (store: ScalingStore, target: ScalingTarget, context: Context) => Promise<Response>): Act =>
    async (store, context) => {
      const target = targets.find(({ name }) => name === context.req.param('target'));
      return target ? act(store, target, context) : problemResponse(UNKNOWN);
    };

  async function measured(): Promise<Readings> {
    const { value } = await reader.read(spanOf(LOOKED_AT_MS, clock()));
    const samples = mergeSamples(value);
    const p95 = percentileOf(spreadIn(samples, measureOf('OriginDuration')), 0.95);
    const waiting = gaugeIn(samples, measureOf('JobsWaiting'));
    return {
      ...(p95 !== undefined && { 'response-time': p95 }),
      ...(waiting !== undefined && { 'queue-length': waiting }),
    };
  }

  return {
    list: over(async (store, context) => {
      const query = readQuery(context.req.query(), SCALING_QUERY());
      if (!query.ok) return invalid(query.words);
      const { count, ...asked } = numbersOf(query.value);
      const [known, here] = await Promise.all([store.read(targets.map(({ name }) => name)), measured()]);
      const now = clock();
      const readings = { ...here, ...asked };
      const told = targets.map(target =>
        tell(target, known.get(target.name) ?? NOTHING, { readings, count, now }),
      );
      return answered({ at: now, targets: told });
    }),
    override: over(
      toTarget(async (store, target, context) => {
        const read = readBody(await context.req.text(), OVERRIDE_BODY());
        if (!read.ok) return invalid(read.words);
        const refusal = refuseOverride(read.value, boundsOf(target), clock());
        if (refusal) return invalid(`${refusal.field} ${refusal.words}.`);
        await store.override(target.name, read.value);
        return answered({ target: target.name, override: read.value });
      }),
    ),
    end: over(toTarget(async (store, { name }) => answered({ target: name, ended: await store.end(name) }))),
  };
}

interface DryRun {
  readonly readings: Readings;
  readonly count: number | undefined;
  readonly now: number;
}

function tell(
  target: ScalingTarget,
  { override, seen }: KnownTarget,
  { readings, count, now }: DryRun,
): ScaledTargetAnswer {
  const { name, place, rules, schedules } = target;
  const from = count ?? override?.count ?? boundsOf(target).min;
  const state = { count: from, override, lastActionAt: seen?.activities[0]?.at };
  const { waitsUntil: _, ...decision } = evaluateRules(rules, readings, { state, now });
  return {
    name,
    kind: place.kind,
    resource: place.resourceId,
    rules: [...rules],
    schedules: [...schedules],
    override: override ?? null,
    seen: seen ? seenOf(seen) : null,
    dryRun: { readings: { ...readings }, ...decision, met: [...decision.met], alerts: [...decision.alerts] },
  } as ScaledTargetAnswer;
}

function seenOf({ before: _, activities, ...seen }: SeenTarget) {
  return { ...seen, activities: [...activities] };
}

function boundsOf({ rules: [first] }: ScalingTarget): { readonly min: number; readonly max: number } {
  return { min: first?.min ?? 0, max: first?.max ?? 0 };
}

function numbersOf(query: Readonly<Record<string, string | undefined>>): Record<
  string,
  number | undefined
> & {
  readonly count?: number | undefined;
} {
  const given = Object.entries(query).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, Number(text)]],
  );
  return Object.fromEntries(given);
}

function answered(body: object): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

function invalid(detail: string): Response {
  return problemResponse({ status: 400, code: 'SCALING_INVALID', title: 'This cannot be scaled so', detail });
}

const ABSENT: Problem = {
  status: 503,
  code: 'SCALING_ABSENT',
  title: 'Nothing is scaled',
  detail: 'Name a target under `scaling` in headrace.config.ts, and set JOBS_REDIS_REST_URL.',
};
const UNKNOWN: Problem = {
  status: 404,
  code: 'SCALING_TARGET_UNKNOWN',
  title: 'There is no such target',
  detail: 'Those that are named under `scaling` in headrace.config.ts are.',
};
const UNAVAILABLE: Problem = {
  status: 503,
  code: 'SCALING_UNAVAILABLE',
  title: 'Redis does not answer',
  detail: 'Whether an override stands is not known. Do it again.',
};
