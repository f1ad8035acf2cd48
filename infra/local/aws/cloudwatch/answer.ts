/**
 * CloudWatch's API as far as figures go: takes them, refuses what the real one would, and shows them after a while, as the
 * real one does.
 *
 * Errors  InvalidParameterValue, InvalidParameterCombination, MissingParameter, RequestEntityTooLarge, InvalidAction
 * Source  CloudWatch API Reference, PutMetricData, GetMetricStatistics; AWS JSON 1.0
 */

import type { Answer, WireReply, WireRequest } from '../../loopback.ts';
import { jsonError } from '../errors.ts';
import { checkPut, PutRefused } from './check-put.ts';
import { type Figures, seriesOf, statisticsOf } from './figures.ts';

export interface CloudWatchDeps {
  readonly figures: Figures;
  readonly clock: () => number;
  /** Until then nobody sees what was told. @default 0 */
  readonly visibleAfterMs?: number;
}

const LARGEST_BODY_BYTES = 1_048_576;
const MOST_POINTS_ASKED = 1_440;
const TARGET = /^GraniteServiceVersion20100801\.(\w+)$/;

export function createCloudWatch(deps: CloudWatchDeps): Answer {
  const actions: Readonly<Record<string, (input: unknown, deps: CloudWatchDeps) => object>> = {
    PutMetricData: put,
    GetMetricStatistics: statistics,
  };
  return async request => {
    const [, name = ''] = TARGET.exec(request.headers['x-amz-target']?.[0] ?? '') ?? [];
    const action = actions[name];
    if (!action) return refuse('InvalidAction', `There is no action ${name}.`);
    if (request.body.byteLength > LARGEST_BODY_BYTES)
      return jsonError({
        status: 413,
        code: 'RequestEntityTooLarge',
        message: 'The body is larger than 1 MB.',
      });
    return answer(request, input => action(input, deps));
  };
}

function answer({ body }: WireRequest, act: (input: unknown) => object): WireReply {
  try {
    const output = act(JSON.parse(Buffer.from(body).toString()));
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { status: 200, headers, body: JSON.stringify(output) };
  } catch (error) {
    if (error instanceof PutRefused) return refuse(error.code, error.message);
    if (error instanceof SyntaxError) return refuse('SerializationException', 'The body is no JSON.');
    throw error;
  }
}

function refuse(code: string, message: string): WireReply {
  return jsonError({ status: 400, code, message });
}

function put(input: unknown, { figures, clock }: CloudWatchDeps): object {
  const { namespace, data } = checkPut(input, clock());
  for (const datum of data) figures.add(namespace, datum, clock());
  return {};
}

interface Asked {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly StartTime: number;
  readonly EndTime: number;
  readonly Period: number;
  readonly Statistics?: readonly string[];
}

function statistics(input: unknown, { figures, clock, visibleAfterMs = 0 }: CloudWatchDeps): object {
  const {
    Namespace,
    MetricName,
    Dimensions = [],
    StartTime,
    EndTime,
    Period,
    Statistics = [],
  } = input as Asked;
  const whole = Number.isInteger(Period) && Period > 0 && Period % 60 === 0;
  if (!whole) throw new PutRefused('InvalidParameterValue', 'The parameter Period must be a multiple of 60.');
  if (Statistics.length === 0)
    throw new PutRefused('MissingParameter', 'Statistics or ExtendedStatistics is required.');
  if (!(EndTime > StartTime))
    throw new PutRefused('InvalidParameterValue', 'EndTime must be after StartTime.');
  if ((EndTime - StartTime) / Period > MOST_POINTS_ASKED)
    throw new PutRefused(
      'InvalidParameterCombination',
      `More than ${MOST_POINTS_ASKED} data points are asked for.`,
    );
  const series = seriesOf(MetricName, Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])));
  const seen = figures
    .points(Namespace, series)
    .filter(
      ({ at, toldAt }) =>
        at >= StartTime * 1_000 && at < EndTime * 1_000 && clock() - toldAt >= visibleAfterMs,
    );
  const byPeriod = Map.groupBy(seen, ({ at }) => Math.floor(at / 1_000 / Period) * Period);
  const points = [...byPeriod].map(([Timestamp, points]) => {
    const { sum, samples, maximum } = statisticsOf(points);
    return { Timestamp, Sum: sum, SampleCount: samples, Maximum: maximum, Average: sum / samples };
  });
  return { Label: MetricName, Datapoints: points };
}
