/**
 * What a dashboard shows, in the order in which somebody looks: the same panels in CloudWatch and in Grafana.
 *
 * Shape   rows of panels, each with lines
 * Units   a panel has one
 */

import type { Signal } from './signal.ts';

export interface Panel {
  readonly row: 'clients' | 'cache' | 'behind' | 'jobs' | 'machines';
  readonly title: string;
  readonly unit: 'count' | 'ms' | 'percent' | 's';
  readonly lines: readonly { readonly label: string; readonly signal: Signal }[];
}

const share = (part: 'Errors5xx' | 'Errors4xx'): Signal => ({ kind: 'share', part, whole: 'Requests' });

export const PANELS: readonly Panel[] = [
  {
    row: 'clients',
    title: 'Requests a minute',
    unit: 'count',
    lines: [{ label: 'requests', signal: { kind: 'count', of: 'Requests' } }],
  },
  {
    row: 'clients',
    title: 'Latency',
    unit: 'ms',
    lines: [
      { label: 'mean', signal: { kind: 'mean', of: 'RequestDuration' } },
      { label: 'p95', signal: { kind: 'p95', of: 'RequestDuration' } },
      { label: 'p99', signal: { kind: 'p99', of: 'RequestDuration' } },
    ],
  },
  {
    row: 'clients',
    title: 'Errors',
    unit: 'percent',
    lines: [
      { label: '5xx', signal: share('Errors5xx') },
      { label: '4xx', signal: share('Errors4xx') },
    ],
  },
  {
    row: 'cache',
    title: 'Hit ratio',
    unit: 'percent',
    lines: [{ label: 'hits', signal: { kind: 'share', part: 'CacheHits', whole: 'CacheDecided' } }],
  },
  {
    row: 'cache',
    title: 'Misses, and what explains them',
    unit: 'count',
    lines: [
      { label: 'misses', signal: { kind: 'count', of: 'CacheMisses' } },
      { label: 'deployed or purged', signal: { kind: 'count', of: 'Quiet' } },
    ],
  },
  {
    row: 'behind',
    title: 'Origins',
    unit: 'ms',
    lines: [{ label: 'p95', signal: { kind: 'p95', of: 'OriginDuration' } }],
  },
  {
    row: 'behind',
    title: 'Failures behind the edge',
    unit: 'count',
    lines: [
      { label: 'origins', signal: { kind: 'count', of: 'OriginFailures' } },
      { label: 'Redis left alone', signal: { kind: 'count', of: 'RedisBreakerOpened' } },
      { label: 'health checks', signal: { kind: 'highest', of: 'HealthFailed' } },
    ],
  },
  {
    row: 'behind',
    title: 'Redis',
    unit: 'ms',
    lines: [{ label: 'p95', signal: { kind: 'p95', of: 'RedisDuration' } }],
  },
  {
    row: 'jobs',
    title: 'Jobs that wait',
    unit: 'count',
    lines: [{ label: 'of one type, at most', signal: { kind: 'highest', of: 'JobsWaiting' } }],
  },
  {
    row: 'jobs',
    title: 'What has waited longest',
    unit: 's',
    lines: [
      { label: 'job', signal: { kind: 'highest', of: 'JobsOldest' } },
      { label: 'change to purge', signal: { kind: 'highest', of: 'OutboxLag' } },
    ],
  },
  {
    row: 'jobs',
    title: 'Jobs given up',
    unit: 'count',
    lines: [
      { label: 'dead', signal: { kind: 'count', of: 'JobsDead' } },
      { label: 'dead letters', signal: { kind: 'highest', of: 'DeadLetters' } },
    ],
  },
  {
    row: 'machines',
    title: 'Processor, memory, connections',
    unit: 'percent',
    lines: [
      { label: 'processor', signal: { kind: 'highest', of: 'Cpu' } },
      { label: 'memory', signal: { kind: 'highest', of: 'Memory' } },
      { label: 'Redis', signal: { kind: 'highest', of: 'RedisMemory' } },
      { label: 'connections', signal: { kind: 'highest', of: 'PoolUsed' } },
    ],
  },
  {
    row: 'machines',
    title: 'Database',
    unit: 'ms',
    lines: [
      {
        label: 'a statement, on average',
        signal: { kind: 'quotient', part: 'QuerySeconds', whole: 'Queries', scale: 1_000 },
      },
    ],
  },
  {
    row: 'machines',
    title: 'Event loops',
    unit: 'ms',
    lines: [{ label: 'late by', signal: { kind: 'highest', of: 'EventLoopDelay' } }],
  },
];
