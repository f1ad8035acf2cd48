/**
 * What a dashboard shows, in the order in which somebody looks: the same panels in CloudWatch and in Grafana.
 *
 * Shape   rows of panels, each with lines
 * Units   a panel has one
 */

import { QUERY_TIME } from './rules-of-backend.ts';
import { figure, type Signal, share } from './signal.ts';

export interface Panel {
  readonly row: 'clients' | 'cache' | 'behind' | 'jobs' | 'machines';
  readonly title: string;
  readonly unit: 'count' | 'ms' | 'percent' | 's';
  readonly lines: readonly { readonly label: string; readonly signal: Signal }[];
}

/** Title, unit, and what each line shows by its label. */
type Drawn = readonly [Panel['title'], Panel['unit'], Readonly<Record<string, Signal>>];

const ROWS: Readonly<Record<Panel['row'], readonly Drawn[]>> = {
  clients: [
    ['Requests a minute', 'count', { requests: figure('count', 'Requests') }],
    [
      'Latency',
      'ms',
      {
        mean: figure('mean', 'RequestDuration'),
        p95: figure('p95', 'RequestDuration'),
        p99: figure('p99', 'RequestDuration'),
      },
    ],
    ['Errors', 'percent', { '5xx': share('Errors5xx', 'Requests'), '4xx': share('Errors4xx', 'Requests') }],
  ],
  cache: [
    ['Hit ratio', 'percent', { hits: share('CacheHits', 'CacheDecided') }],
    [
      'Misses, and what explains them',
      'count',
      { misses: figure('count', 'CacheMisses'), 'deployed or purged': figure('count', 'Quiet') },
    ],
  ],
  behind: [
    ['Origins', 'ms', { p95: figure('p95', 'OriginDuration') }],
    [
      'Failures behind the edge',
      'count',
      {
        origins: figure('count', 'OriginFailures'),
        'Redis left alone': figure('count', 'RedisBreakerOpened'),
        'health checks': figure('highest', 'HealthFailed'),
      },
    ],
    ['Redis', 'ms', { p95: figure('p95', 'RedisDuration') }],
  ],
  jobs: [
    ['Jobs that wait', 'count', { 'of one type, at most': figure('highest', 'JobsWaiting') }],
    [
      'What has waited longest',
      's',
      { job: figure('highest', 'JobsOldest'), 'change to purge': figure('highest', 'OutboxLag') },
    ],
    [
      'Jobs given up',
      'count',
      { dead: figure('count', 'JobsDead'), 'dead letters': figure('highest', 'DeadLetters') },
    ],
  ],
  machines: [
    [
      'Processor, memory, connections',
      'percent',
      {
        processor: figure('highest', 'Cpu'),
        memory: figure('highest', 'Memory'),
        Redis: figure('highest', 'RedisMemory'),
        connections: figure('highest', 'PoolUsed'),
      },
    ],
    ['Database', 'ms', { 'a statement, on average': QUERY_TIME }],
    ['Event loops', 'ms', { 'late by': figure('highest', 'EventLoopDelay') }],
  ],
};

export const PANELS: readonly Panel[] = Object.entries(ROWS).flatMap(([row, panels]) =>
  panels.map(([title, unit, lines]) => ({
    row: row as Panel['row'],
    title,
    unit,
    lines: Object.entries(lines).map(([label, signal]) => ({ label, signal })),
  })),
);
