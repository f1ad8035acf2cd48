/**
 * GET …/performance/health, for everyone: whether the edge serves, and which of the things behind it can be reached.
 *
 * Shape   200 {status: 'healthy' | 'degraded', score, checks}; the edge that cannot serve answers 503 itself (unready.ts)
 * Units   score 0 to 100: the share of checks that passed, the origin's counting double
 * Errors  none
 * Cost    one request per origin and one Redis command; a report is given again for a second
 */

import type { Origin } from '../../shared/config/plan.ts';
import type { JobsHealth } from '../../shared/jobs/jobs.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { Redis } from '../../shared/redis/redis.ts';
import type { SendUpstream } from '../adapters/upstream.ts';

export interface HealthDeps {
  readonly origins: readonly Origin[];
  readonly redis: Redis | undefined;
  readonly send: SendUpstream;
  readonly clock: Clock;
  /** Whether the rows of the jobs are safe where they lie; undefined where there are no jobs. */
  readonly jobs?: () => Promise<JobsHealth> | undefined;
}

export interface Check {
  readonly status: 'healthy' | 'degraded' | 'absent';
  readonly latencyMs?: number;
  readonly reason?: string;
}

export interface Health {
  readonly status: 'healthy' | 'degraded';
  readonly score: number;
  readonly checks: Readonly<Record<string, Check>>;
}

const CHECK_TIMEOUT_MS = 2_000;
const REMEMBERED_MS = 1_000;

export function health(report: HealthReport) {
  return async (): Promise<Response> =>
    Response.json(await report(), { headers: { 'cache-control': 'no-store' } });
}

export type HealthReport = () => Promise<Health>;

export function createHealthReport(deps: HealthDeps): HealthReport {
  let last: { readonly at: number; readonly report: Health } | undefined;
  return async () => {
    if (!last || deps.clock() - last.at >= REMEMBERED_MS)
      last = { at: deps.clock(), report: await examine(deps) };
    return last.report;
  };
}

async function examine(deps: HealthDeps): Promise<Health> {
  const entries = await Promise.all([
    ['edge', { status: 'healthy' }] as const,
    checkRedis(deps).then(check => ['redis', check] as const),
    checkJobs(deps),
    ...deps.origins.map(async origin => [nameOf(origin), await checkOrigin(origin, deps)] as const),
  ]);
  const checks: Record<string, Check> = Object.fromEntries(entries.filter(entry => entry !== undefined));
  const degraded = Object.values(checks).some(check => check.status === 'degraded');
  return { status: degraded ? 'degraded' : 'healthy', score: scoreOf(checks), checks };
}

function nameOf(origin: Origin): string {
  return origin.name === 'default' ? 'origin' : `origin:${origin.name}`;
}

function scoreOf(checks: Record<string, Check>): number {
  const weigh = (name: string) => (name.startsWith('origin') ? 2 : 1);
  const present = Object.entries(checks).filter(([, check]) => check.status !== 'absent');
  const total = present.reduce((sum, [name]) => sum + weigh(name), 0);
  const passed = present.filter(([, check]) => check.status === 'healthy');
  return Math.round((100 * passed.reduce((sum, [name]) => sum + weigh(name), 0)) / total);
}

async function checkRedis({ redis, clock }: HealthDeps): Promise<Check> {
  if (!redis) return { status: 'absent' };
  const startedAt = clock();
  try {
    await redis.pipeline([['PING']]);
    return { status: 'healthy', latencyMs: clock() - startedAt };
  } catch {
    return { status: 'degraded', reason: 'Redis cannot be reached' };
  }
}

async function checkJobs({ jobs }: HealthDeps): Promise<readonly ['jobs', Check] | undefined> {
  const checked = jobs?.();
  if (!checked) return undefined;
  const unreachable = { status: 'degraded', reason: 'the Redis of the jobs cannot be reached' } as const;
  return ['jobs', await checked.catch(() => unreachable)];
}

async function checkOrigin(origin: Origin, { send, clock }: HealthDeps): Promise<Check> {
  const startedAt = clock();
  const clientHost = new URL(origin.url).host;
  const request = {
    origin,
    clientHost,
    target: origin.healthPath,
    method: 'GET',
    headers: new Headers(),
    body: null,
  };
  try {
    const response = await send({ ...request, signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    await response.body?.cancel();
    if (response.status >= 500)
      return { status: 'degraded', reason: `the origin answers ${response.status}` };
    return { status: 'healthy', latencyMs: clock() - startedAt };
  } catch {
    return { status: 'degraded', reason: 'the origin cannot be reached' };
  }
}
