/** Flow: what the edge counted -> CloudWatch; an alarm that is true -> a job -> whoever listens; all in AWS's runtime client. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUndiciRedis } from '../../functions/adapters/undici-redis.ts';
import { statisticsOf } from '../../infra/local/aws/cloudwatch/figures.ts';
import { type LocalAws, localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../infra/local/functions/start.ts';
import { type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';
import { startPostgres } from '../../infra/local/postgres/postgres.ts';
import { topology as real } from '../../infra/topology.ts';
import { createRedisMetricsStore } from '../../shared/monitoring/redis-metrics-store.ts';
import { createTally } from '../../shared/monitoring/tally.ts';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';
import { until } from '../eventually.ts';

const NAMESPACE = 'headrace/edge';
const rarely = { schedule: { everySeconds: 3_600 } };
const topology = {
  buckets: real.buckets,
  queues: real.queues,
  functions: {
    'publish-metrics': { ...real.functions['publish-metrics'], ...rarely },
    'watch-alerts': { ...real.functions['watch-alerts'], ...rarely },
    'apply-scaling': { ...real.functions['apply-scaling'], ...rarely },
    'process-notifications': real.functions['process-notifications'],
  },
};

let stateDir: string;
let aws: LocalAws;
let redis: RedisTier;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let world: LoopbackServer;
let functions: FunctionsPart;
let metrics: ReturnType<typeof createRedisMetricsStore>;
const heard: Record<string, unknown>[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-watch-'));
  world = await serveLoopback(async ({ url, body }) => {
    if (url !== '/hook') return { status: 200, body: '{"status":"healthy","score":100,"checks":{}}' };
    heard.push(JSON.parse(Buffer.from(body).toString()));
    return { status: 204 };
  });
  [redis, aws, postgres] = await Promise.all([
    startRedisTier(),
    startAws({ topology, credentials: localCredentials({}) }),
    startPostgres({ stateDir: join(stateDir, 'postgres'), notice: () => {} }),
  ]);
  const environment = {
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    METRICS_NAMESPACE: NAMESPACE,
    METRICS_BY_ROUTE: 'on',
    JOBS_REDIS_REST_URL: redis.url,
    JOBS_REDIS_REST_TOKEN: redis.token,
    JOBS_QUEUE_URL: `${aws.endpoint}/000000000000/`,
    DATA_BUCKET: 'data',
    DATABASE_URL: postgres.url,
    EDGE_URL: world.origin,
    NOTIFY_TARGETS: JSON.stringify({ ops: { kind: 'webhook', url: `${world.origin}/hook` } }),
    NOTIFY_ROUTES: 'warning webhook ops',
    SCALING_TARGETS: '{}',
  };
  functions = await startFunctions({ topology, aws, environment, stateDir, log: () => {} });
  const port = createUndiciRedis({ url: redis.url, token: redis.token, deadlineMs: 5_000 });
  metrics = createRedisMetricsStore({ redis: port, clock: Date.now }, 'headrace');
});

afterAll(async () => {
  await functions.stop();
  await Promise.all([aws.stop(), world.close(), redis.stop(), postgres.stop()]);
  await rm(stateDir, { recursive: true });
});

const count = (id: string, samples: Record<string, string>, at = Date.now()) =>
  metrics.add({ id, countedAt: at, samples: new Map(Object.entries(samples)), notes: [] });

describe('what watches', () => {
  it('brings to CloudWatch what was counted since it last looked, and nothing twice', async () => {
    await count('before', { 'edge_requests_total{route="/a",status="2xx"}': 'c1000' });
    await functions.invoke('publish-metrics', '{}');
    await count('after', {
      'edge_requests_total{route="/a",status="2xx"}': 'c5',
      'edge_requests_total{route="/a",status="5xx"}': 'c2',
    });
    await functions.invoke('publish-metrics', '{}');
    await functions.invoke('publish-metrics', '{}');
    const sum = (series: string) => statisticsOf(aws.figures.points(NAMESPACE, series)).sum;
    expect([sum('Requests'), sum('Errors5xx'), sum('Requests{Route=/a,Status=5xx}')]).toEqual([7, 2, 2]);
  });

  it('tells who listens of an alarm, by a job, once', async () => {
    await count('dead', { 'jobs_dead_letters{type="reports"}': 'g2' }, Date.now() - 60_000);
    await functions.invoke('watch-alerts', '{}');
    await functions.invoke('watch-alerts', '{}');
    await until(() => heard.length > 0);
    expect(heard).toEqual([
      expect.objectContaining({
        subject: '[WARNING] dead-letters',
        alert: expect.objectContaining({ id: 'dead-letters', state: 'fired' }),
      }),
    ]);
  });

  it('has looked at jobs, health and the database', async () => {
    const tally = createTally(await metrics.total());
    for (const name of [
      'jobs_waiting',
      'health_checks_failed',
      'db_connections_used_ratio',
      'db_slow_queries',
      'db_queries_total',
    ])
      expect([name, [...(await metrics.total()).keys()].some(series => series.startsWith(name))]).toEqual([
        name,
        true,
      ]);
    expect(tally.counter('db_queries_total')).toBeGreaterThan(0);
  });

  it('applies no override where nothing is scaled', async () => {
    const answer = await functions.invoke('apply-scaling', '{}');
    expect(JSON.stringify(answer)).not.toContain('errorType');
  });
});
