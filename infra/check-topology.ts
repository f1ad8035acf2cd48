/**
 * Says what is wrong with a topology before anything is drawn: each finding names the setting, its value and the bound.
 *
 * Shape   topology -> sentences; none means it can be deployed
 * Units   seconds, MB
 * Errors  none (total)
 * Source  AWS Lambda Developer Guide, quotas and "Configuring a queue"; SQS quotas; EventBridge rate expressions
 */

import { isJobType } from '../shared/jobs/catalogue.ts';
import { refuseCron } from '../shared/scaling/cron.ts';
import type { BucketSpec, CronSpec, FunctionSpec, QueueSource, QueueSpec } from './specs.ts';

export interface Topology {
  readonly buckets: Readonly<Record<string, BucketSpec>>;
  readonly queues: Readonly<Record<string, QueueSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
  readonly crons?: Readonly<Record<string, CronSpec>>;
}

/** A throttled or slow consumer must not see its messages again while it still works on them. */
const VISIBILITY_PER_TIMEOUT = 6;

/** A larger batch is given only to who waits for it to fill. */
const BATCH_WITHOUT_WINDOW = 10;

const RANGES = {
  memoryMb: [128, 10_240],
  timeoutSeconds: [1, 900],
  everySeconds: [60, 31_536_000],
  batchSize: [1, 10_000],
  windowSeconds: [0, 300],
  maxConcurrency: [2, 1_000],
  visibilitySeconds: [0, 43_200],
  maxReceives: [1, 1_000],
  expiresAfterDays: [1, 36_500],
} as const;

export function checkTopology(topology: Topology): readonly string[] {
  return [
    ...Object.entries(topology.buckets).flatMap(([name, bucket]) => checkBucket(`buckets.${name}`, bucket)),
    ...Object.entries(topology.queues).flatMap(([name, queue]) =>
      checkQueue(`queues.${name}`, queue, topology.buckets),
    ),
    ...Object.entries(topology.functions).flatMap(([name, spec]) => [
      ...checkNumbers(`functions.${name}`, spec),
      ...checkReferences(`functions.${name}`, spec, topology),
    ]),
    ...Object.entries(topology.crons ?? {}).flatMap(([name, cron]) => checkCron(`crons.${name}`, cron)),
  ];
}

function checkBucket(at: string, { expiresAfterDays }: BucketSpec): string[] {
  if (expiresAfterDays === undefined) return [];
  return outside(`${at}.expiresAfterDays`, expiresAfterDays, RANGES.expiresAfterDays);
}

function checkQueue(at: string, queue: QueueSpec, buckets: Topology['buckets']): string[] {
  const { fedBy } = queue;
  const unknown = fedBy !== undefined && !Object.hasOwn(buckets, fedBy);
  return [
    ...(unknown ? [`${at}.fedBy names ${fedBy}, which is not in buckets`] : []),
    ...outside(`${at}.visibilitySeconds`, queue.visibilitySeconds, RANGES.visibilitySeconds),
    ...outside(`${at}.maxReceives`, queue.maxReceives, RANGES.maxReceives),
  ];
}

function checkNumbers(
  at: string,
  { memoryMb, timeoutSeconds, schedule, queues = [] }: FunctionSpec,
): string[] {
  return [
    ...outside(`${at}.memoryMb`, memoryMb, RANGES.memoryMb),
    ...outside(`${at}.timeoutSeconds`, timeoutSeconds, RANGES.timeoutSeconds),
    ...(schedule ? checkPeriod(`${at}.schedule.everySeconds`, schedule.everySeconds) : []),
    ...queues.flatMap(source => checkSource(`${at}.queues.${source.name}`, source)),
  ];
}

function checkSource(at: string, { batchSize, windowSeconds = 0, maxConcurrency }: QueueSource): string[] {
  const unfilled = batchSize > BATCH_WITHOUT_WINDOW && windowSeconds < 1;
  return [
    ...outside(`${at}.batchSize`, batchSize, RANGES.batchSize),
    ...outside(`${at}.windowSeconds`, windowSeconds, RANGES.windowSeconds),
    ...(maxConcurrency === undefined
      ? []
      : outside(`${at}.maxConcurrency`, maxConcurrency, RANGES.maxConcurrency)),
    ...(unfilled
      ? [`${at}.batchSize is ${batchSize}, more than ${BATCH_WITHOUT_WINDOW} without a window`]
      : []),
  ];
}

function checkCron(at: string, { type, cron }: CronSpec): string[] {
  const refusal = refuseCron(cron);
  return [
    ...(isJobType(type) ? [] : [`${at}.type is ${type}, which is no type of job`]),
    ...(refusal ? [`${at}.cron is ${cron}, which ${refusal}`] : []),
  ];
}

function checkReferences(at: string, spec: FunctionSpec, { buckets, queues }: Topology): string[] {
  const { reads = [], writes = [], clears = [] } = spec;
  const unknown = (names: readonly string[]) => names.filter(bucket => !Object.hasOwn(buckets, bucket));
  return [
    ...unknown(reads).map(bucket => `${at}.reads names ${bucket}, which is not in buckets`),
    ...unknown(writes).map(bucket => `${at}.writes names ${bucket}, which is not in buckets`),
    ...unknown(clears).map(bucket => `${at}.clears names ${bucket}, which is not in buckets`),
    ...(spec.queues ?? []).flatMap(source => checkConsumer(at, { ...spec, source }, queues[source.name])),
  ];
}

function checkConsumer(
  at: string,
  { source: { name, windowSeconds = 0 }, timeoutSeconds }: FunctionSpec & { readonly source: QueueSource },
  queue: QueueSpec | undefined,
): string[] {
  if (queue === undefined) return [`${at}.queues names ${name}, which is not in queues`];
  const least = VISIBILITY_PER_TIMEOUT * timeoutSeconds + windowSeconds;
  if (queue.visibilitySeconds >= least) return [];
  return [
    `queues.${name}.visibilitySeconds is ${queue.visibilitySeconds}, less than ${least}: six times ${at}.timeoutSeconds, and the window`,
  ];
}

function checkPeriod(at: string, seconds: number): string[] {
  const broken = seconds % 60 === 0 ? [] : [`${at} is ${seconds}, not whole minutes`];
  return [...outside(at, seconds, RANGES.everySeconds), ...broken];
}

function outside(at: string, value: number, [least, most]: readonly [number, number]): string[] {
  const fits = Number.isInteger(value) && value >= least && value <= most;
  return fits ? [] : [`${at} is ${value}, not a whole number from ${least} to ${most}`];
}
