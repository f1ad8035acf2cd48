/**
 * The function watch-alerts: once a minute it looks at the jobs, Redis, the database and the edge's health, decides which alarms
 * are true, and tells what has changed.
 *
 * Shape   EventBridge's scheduled event -> what it saw and told
 * Errors  without the edge's Redis and the jobs' settings it does not start; a run that fails is followed by the next, a minute
 *         later
 */

import { Pool } from 'pg';
import { createJobs } from '../../shared/jobs/door/create-jobs.ts';
import { createRedisMetricsStore } from '../../shared/monitoring/redis-metrics-store.ts';
import { createWatch, type Watched } from '../../shared/monitoring/watching/watch.ts';
import { createRedisWatchState } from '../../shared/monitoring/watching/watch-state.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { randomId as createId } from '../../shared/primitives/ids.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { openJobs } from '../adapters/jobs/open-jobs.ts';
import { readMetricsAccess } from '../adapters/metrics-access.ts';
import { createPostgresOutbox } from '../adapters/outbox/postgres-outbox.ts';
import { createUndiciRedis } from '../adapters/undici-redis.ts';
import { createLook } from './look.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { lookAtHealth } from './look-at-health.ts';
import { seenJobsOf } from './look-at-jobs.ts';
import { lookAtOutbox } from './look-at-outbox.ts';
import { lookAtRedis } from './look-at-redis.ts';
import { createTellByJob, readRoutes } from './tell-by-job.ts';

const REDIS_DEADLINE_MS = 5_000;
const CONNECT_MS = 3_000;
const QUERY_MS = 5_000;

const log = (entry: object) => console.info(entry);
const access = readJobsAccess(process.env);
const { redis: address, keyPrefix } = readMetricsAccess(process.env);
const redis = createUndiciRedis({ ...address, deadlineMs: REDIS_DEADLINE_MS });
const jobs = createJobs({ ...openJobs({ ...access, databaseUrl: undefined }), clock, createId, log });
const database = access.databaseUrl ? openDatabase(access.databaseUrl) : undefined;
const outbox = database && createPostgresOutbox(database);
const { EDGE_URL: edgeUrl, HEADRACE_BASE: base = '' } = process.env;

const watch = createWatch({
  look: createLook(
    {
      jobs: async () => seenJobsOf(await jobs.queues()),
      redis: () => lookAtRedis(redis),
      database: database && (() => lookAtDatabase(database)),
      outboxLagMs: outbox && (() => lookAtOutbox(outbox)),
      failedChecks: edgeUrl
        ? () => lookAtHealth(fetch, { edgeUrl: new URL(edgeUrl).origin, base })
        : undefined,
    },
    log,
  ),
  metrics: createRedisMetricsStore({ redis, clock }, keyPrefix),
  state: createRedisWatchState(redis, keyPrefix),
  tell: createTellByJob(
    jobs,
    readRoutes(process.env.NOTIFY_ROUTES),
    process.env.RUNBOOK_URL || 'infra/runbooks/alarms.md#',
  ),
  clock,
});

export async function handler(): Promise<Watched> {
  const watched = await watch();
  log(watched);
  return watched;
}

function openDatabase(connectionString: string): Pool {
  const limits = { max: 2, connectionTimeoutMillis: CONNECT_MS, query_timeout: QUERY_MS };
  // A connection that dies while nobody uses it is no news: the next one is made when it is needed.
  return new Pool({ connectionString, ...limits }).on('error', () => {});
}
