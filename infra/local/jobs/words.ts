/**
 * Jobs and queues as a person reads them in a terminal.
 *
 * Shape   plain data -> text
 * Units   instants epoch ms
 */

import type { JobPageView, JobView, QueuesView, Redriven } from '../../../shared/api/jobs.ts';

export function formatJob(job: JobView, now: number): string {
  const rows: (readonly [string, string | undefined])[] = [
    ['state', stateOf(job)],
    ['attempts', String(job.attempts)],
    ['progress', job.progress && progressOf(job.progress)],
    ['lane', `${job.lane}, priority ${job.priority}`],
    ['tenant', job.tenant],
    ['created', ago(job.createdAt, now)],
    ['runs', job.runAt === undefined ? undefined : inTime(job.runAt, now)],
    ['next', job.nextAttemptAt === undefined ? undefined : inTime(job.nextAttemptAt, now)],
    ['ended', job.endedAt === undefined ? undefined : ago(job.endedAt, now)],
    ['repeats', job.repeats > 0 ? String(job.repeats) : undefined],
    ['error', job.error && `${job.error.code}: ${job.error.message}`],
    ['result', job.result === undefined ? undefined : JSON.stringify(job.result)],
  ];
  const lines = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(9)} ${value}`],
  );
  return [job.id, ...lines].join('\n');
}

export function formatPage({ jobs, cursor }: JobPageView, now: number): string {
  if (jobs.length === 0) return 'No jobs.';
  const rows = jobs.map(job => [job.id, stateOf(job), String(job.attempts), ago(job.createdAt, now)]);
  const more = cursor === undefined ? [] : [`More: --cursor ${cursor}`];
  return [formatTable([['job', 'state', 'attempts', 'created'], ...rows]), ...more].join('\n');
}

export function formatQueues(queues: QueuesView['queues']): string {
  const rows = queues.flatMap(({ type, states, lanes }) =>
    lanes.map(({ lane, visible, inFlight, delayed, deadLetters }, at) => [
      at === 0 ? type : '',
      lane,
      ...[visible, inFlight, delayed, deadLetters].map(String),
      at === 0 ? String(states.failed) : '',
      at === 0 ? String(states.succeeded) : '',
    ]),
  );
  const head = ['type', 'lane', 'waiting', 'running', 'delayed', 'dead', 'to retry', 'succeeded'];
  return formatTable([head, ...rows]);
}

export function formatRedriven({ type, perSecond, lanes }: Redriven): string {
  const words = lanes.map(({ lane, start }) =>
    start === 'started' ? `${lane}: begun` : `${lane}: an earlier one has not ended`,
  );
  return `${type} comes back, ${perSecond} a second (${words.join(', ')}).`;
}

export function progressOf({ percent, message }: NonNullable<JobView['progress']>): string {
  return message === undefined ? `${percent} %` : `${percent} %, ${message}`;
}

export function stateOf(job: Pick<JobView, 'state' | 'cancelRequestedAt'>): string {
  return job.state === 'running' && job.cancelRequestedAt !== undefined ? 'running, told to stop' : job.state;
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)));
  return rows
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function ago(at: number, now: number): string {
  return `${spanOf(Math.max(0, now - at))} ago`;
}

function inTime(at: number, now: number): string {
  return at <= now ? 'now' : `in ${spanOf(at - now)}`;
}

const SPANS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

function spanOf(ms: number): string {
  const [unit, size] = SPANS.find(([, size]) => ms >= size) ?? ['s', 1_000];
  return `${Math.floor(ms / size)} ${unit}`;
}
