/**
 * Says what is wrong with a topology before anything is drawn: each finding names the setting, its value and the bound.
 *
 * Shape   topology -> sentences; none means it can be deployed
 * Units   seconds, MB
 * Errors  none (total)
 * Source  AWS Lambda Developer Guide, quotas and "Configuring a queue"; SQS quotas; EventBridge rate expressions
 */

import type { FunctionSpec, QueueSpec } from './topology.ts';

export interface Topology {
  readonly buckets: Readonly<Record<string, object>>;
  readonly queues: Readonly<Record<string, QueueSpec>>;
  readonly functions: Readonly<Record<string, FunctionSpec>>;
}

/** A throttled or slow consumer must not see its messages again while it still works on them. */
const VISIBILITY_PER_TIMEOUT = 6;

const RANGES = {
  memoryMb: [128, 10_240],
  timeoutSeconds: [1, 900],
  everySeconds: [60, 31_536_000],
  // More than ten would need a batching window.
  batchSize: [1, 10],
  visibilitySeconds: [0, 43_200],
  maxReceives: [1, 1_000],
} as const;

export function checkTopology(topology: Topology): readonly string[] {
  return [
    ...Object.entries(topology.queues).flatMap(([name, queue]) => checkQueue(`queues.${name}`, queue)),
    ...Object.entries(topology.functions).flatMap(([name, spec]) => [
      ...checkNumbers(`functions.${name}`, spec),
      ...checkReferences(`functions.${name}`, spec, topology),
    ]),
  ];
}

function checkQueue(at: string, queue: QueueSpec): string[] {
  return [
    ...outside(`${at}.visibilitySeconds`, queue.visibilitySeconds, RANGES.visibilitySeconds),
    ...outside(`${at}.maxReceives`, queue.maxReceives, RANGES.maxReceives),
  ];
}

function checkNumbers(at: string, { memoryMb, timeoutSeconds, schedule, queue }: FunctionSpec): string[] {
  return [
    ...outside(`${at}.memoryMb`, memoryMb, RANGES.memoryMb),
    ...outside(`${at}.timeoutSeconds`, timeoutSeconds, RANGES.timeoutSeconds),
    ...(schedule ? checkPeriod(`${at}.schedule.everySeconds`, schedule.everySeconds) : []),
    ...(queue ? outside(`${at}.queue.batchSize`, queue.batchSize, RANGES.batchSize) : []),
  ];
}

function checkReferences(at: string, spec: FunctionSpec, { buckets, queues }: Topology): string[] {
  const unknownBuckets = (spec.reads ?? []).filter(bucket => !Object.hasOwn(buckets, bucket));
  return [
    ...unknownBuckets.map(bucket => `${at}.reads names ${bucket}, which is not in buckets`),
    ...(spec.queue ? checkConsumer(at, spec, queues[spec.queue.name]) : []),
  ];
}

function checkConsumer(
  at: string,
  { queue, timeoutSeconds }: FunctionSpec,
  source: QueueSpec | undefined,
): string[] {
  if (source === undefined) return [`${at}.queue.name is ${queue?.name}, which is not in queues`];
  const least = VISIBILITY_PER_TIMEOUT * timeoutSeconds;
  if (source.visibilitySeconds >= least) return [];
  return [
    `queues.${queue?.name}.visibilitySeconds is ${source.visibilitySeconds}, less than ${least}: six times ${at}.timeoutSeconds`,
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
