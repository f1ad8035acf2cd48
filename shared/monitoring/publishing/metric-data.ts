/**
 * A minute's figures as CloudWatch takes them: each bucket of durations as its middle with how many fell into it, so that
 * percentiles come out there as they do here.
 *
 * Series are few, since each is paid for: every measure once, and by route and status class where that is wanted. The number
 * of the batch is among them: whether it arrived can be asked by it.
 *
 * Shape   delta, routes -> data of one PutMetricData call
 * Units   ms, percent, seconds and counts; instants epoch ms
 * Errors  RangeError where one call would not take it all, which the limits on routes and buckets rule out
 * Cost    $0.30 a month and series: 33, and 72 more with twelve routes
 * Source  CloudWatch API Reference, PutMetricData, MetricDatum
 */

import { choose, countIn, gaugeIn, spreadIn } from '../alerts/measured.ts';
import { MEASURE_NAMES, type Measure, measureOf } from '../alerts/measures.ts';
import { middleOf } from '../buckets.ts';
import type { Samples, Spread } from '../sample.ts';
import { FOLDED, parseSeries } from '../series.ts';
import {
  MARKER,
  MOST_METRICS_A_CALL,
  MOST_ROUTES_PUBLISHED,
  MOST_VALUES_A_METRIC,
  STATUSES_PUBLISHED,
} from './limits.ts';

export interface Datum {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly at: number;
  readonly values: readonly number[];
  readonly counts: readonly number[];
  readonly unit: Measure['unit'] | 'None';
}

export interface BatchOptions {
  readonly at: number;
  readonly sequence: number;
  /** Those that have a series of their own; absent: none has. */
  readonly routes: readonly string[] | undefined;
}

export function metricData(delta: Samples, { at, sequence, routes }: BatchOptions): readonly Datum[] {
  const marker = { name: MARKER, values: [sequence], counts: [1], unit: 'None' as const };
  const data = [
    marker,
    ...MEASURE_NAMES.flatMap(name => datumOf(name, delta, measureOf(name))),
    ...(routes ?? []).flatMap(route => dataOfRoute(route, delta, routes ?? [])),
  ];
  refuseTooMuch(data);
  return data.map(datum => ({ dimensions: {}, ...datum, at }));
}

/** Those known keep their series; new ones get one while there is room, the last of which is `other`. */
export function routesToPublish(known: readonly string[], delta: Samples): readonly string[] {
  const seen = [...delta.keys()].flatMap(text => {
    const { name, labels } = parseSeries(text);
    return name === ROUTED.requests.metric && labels.route !== undefined ? [labels.route] : [];
  });
  const named = [...new Set([...known, ...seen])].filter(route => route !== FOLDED);
  return [...named.slice(0, MOST_ROUTES_PUBLISHED - 1), FOLDED];
}

type Undated = Omit<Datum, 'at' | 'dimensions'> & Partial<Pick<Datum, 'dimensions'>>;

const ROUTED = { requests: measureOf('Requests'), duration: measureOf('RequestDuration') };

function datumOf(name: string, delta: Samples, measure: Measure): Undated[] {
  if (measure.kind === 'durations') return spreadDatum(name, spreadIn(delta, measure));
  const value = measure.kind === 'gauge' ? gaugeIn(delta, measure) : countIn(delta, measure);
  // Of what can be counted, none is a figure too, once it was ever counted; what nobody measured is not there.
  const isKnown = value !== undefined && (measure.kind === 'gauge' || choose(delta, measure).length > 0);
  return isKnown ? [{ name, values: [value], counts: [1], unit: measure.unit }] : [];
}

function spreadDatum(name: string, { counts }: Spread): Undated[] {
  const pairs = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  if (pairs.length === 0) return [];
  return [
    {
      name,
      values: pairs.map(([at]) => middleOf(at)),
      counts: pairs.map(([, n]) => n),
      unit: 'Milliseconds',
    },
  ];
}

function dataOfRoute(route: string, delta: Samples, routes: readonly string[]): Undated[] {
  const own = onlyRoute(delta, route, routes);
  const byStatus = STATUSES_PUBLISHED.flatMap(status =>
    datumOf('Requests', own, { ...ROUTED.requests, where: { status: [status] } }).map(datum => ({
      ...datum,
      dimensions: { Route: route, Status: status },
    })),
  );
  const duration = datumOf('RequestDuration', own, ROUTED.duration);
  return [...byStatus, ...duration.map(datum => ({ ...datum, dimensions: { Route: route } }))];
}

/** `other` is all that has no series of its own. */
function onlyRoute(delta: Samples, route: string, routes: readonly string[]): Samples {
  const isOwn = (text: string) => {
    const of = parseSeries(text).labels.route;
    return of !== undefined && (of === route || (route === FOLDED && !routes.includes(of)));
  };
  return new Map([...delta].filter(([text]) => isOwn(text)));
}

function refuseTooMuch(data: readonly Undated[]): void {
  const wide = data.find(({ values }) => values.length > MOST_VALUES_A_METRIC);
  if (wide)
    throw new RangeError(`${wide.name} has ${wide.values.length} values, more than ${MOST_VALUES_A_METRIC}`);
  if (data.length > MOST_METRICS_A_CALL)
    throw new RangeError(`${data.length} metrics, more than ${MOST_METRICS_A_CALL}`);
}
