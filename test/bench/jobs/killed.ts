/**
 * Jobs whose consumers are killed: real processes ended by SIGKILL, SQS and Redis over HTTP, effects in real Postgres.
 *
 * Shape   how many jobs, consumers, which ratio of attempts dies -> what was found at the end
 * Units   ms; visibility in seconds
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { Pool } from 'pg';
import { createUndiciRedis } from '../../../functions/adapters/undici-redis.ts';
import { functionBundle } from '../../../infra/bundle.ts';
import { localCredentials, startAws } from '../../../infra/local/aws/start.ts';
import { forgetPostgres, startPostgres } from '../../../infra/local/postgres/postgres.ts';
import { createJsonCall } from '../../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../../shared/aws/signed-fetch.ts';
import { createJobs } from '../../../shared/jobs/door/create-jobs.ts';
import type { JobState } from '../../../shared/jobs/job.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import type { Jobs } from '../../../shared/jobs/jobs.ts';
import { createSqsJobQueue } from '../../../shared/jobs/sqs/queue.ts';
import { createRedisJobStore } from '../../../shared/jobs/store/redis-job-store.ts';
import { randomId } from '../../../shared/primitives/ids.ts';
import { startRedisTier } from '../../contracts/redis-tier.ts';
import { type ConsumerSettings, killedCatalogue } from './killed-catalogue.ts';

export interface KilledOptions {
  readonly jobs: number;
  readonly consumers: number;
  readonly killRatio: number;
  readonly visibilitySeconds: number;
  readonly onProgress?: (line: string) => void;
}

export interface KilledFigures {
  readonly accepted: number;
  readonly succeeded: number;
  /** Accepted, and in no state that is the end. */
  readonly stuck: number;
  readonly dead: number;
  readonly effects: number;
  readonly kills: number;
  readonly attempts: number;
  readonly ms: number;
}

export async function runKilled(options: KilledOptions): Promise<KilledFigures> {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-killed-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(stateDir, { recursive: true })];
  try {
    const settings = await openServices(stateDir, options, closing);
    const { jobs, store } = openDoor(settings);
    const pool = new Pool({ connectionString: settings.databaseUrl }).on('error', () => {});
    closing.push(() => pool.end());
    await pool.query('CREATE TABLE effects (job text)');
    const begunAt = performance.now();
    const payload = { channel: 'email', to: 'a@example.com', text: 'x' } as const;
    const outcomes = await jobs.enqueueMany(
      'notifications',
      Array.from({ length: options.jobs }, () => ({ payload })),
    );
    const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length;
    const herd = await startHerd(stateDir, settings, options);
    closing.push(herd.stop);
    await untilAtRest(store, accepted, options);
    const ms = performance.now() - begunAt;
    await herd.stop();
    return {
      accepted,
      ...(await countStates(store)),
      attempts: await countAttempts(jobs),
      ...(await countEffects(pool)),
      kills: herd.kills(),
      ms,
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function openServices(
  stateDir: string,
  { killRatio, visibilitySeconds }: KilledOptions,
  closing: (() => Promise<unknown>)[],
): Promise<ConsumerSettings> {
  const redis = await startRedisTier();
  closing.push(redis.stop);
  const topology = { buckets: {}, queues: { notifications: { visibilitySeconds, maxReceives: 100 } } };
  const aws = await startAws({ topology, credentials: localCredentials({}) });
  closing.push(aws.stop);
  const postgresDir = join(stateDir, 'postgres');
  const postgres = await startPostgres({ stateDir: postgresDir });
  closing.push(() => forgetPostgres(postgresDir), postgres.stop);
  const { endpoint, region, credentials } = aws;
  return {
    redis: { url: redis.url, token: redis.token },
    aws: { endpoint, region, credentials },
    queueUrl: `${endpoint}/000000000000/`,
    databaseUrl: postgres.url,
    killRatio,
  };
}

function openDoor({ redis, aws, queueUrl }: ConsumerSettings): { jobs: Jobs; store: JobStore } {
  const fetchSigned = createSignedFetch({ ...aws, service: 'sqs', clock: Date.now, fetch });
  const call = createJsonCall(
    { fetch: fetchSigned, random: Math.random },
    { endpoint: aws.endpoint, target: 'AmazonSQS', deadlineMs: 30_000 },
  );
  const store = createRedisJobStore(createUndiciRedis({ ...redis, deadlineMs: 30_000 }));
  const jobs = createJobs({
    store,
    queue: createSqsJobQueue(call, { queueUrl }),
    clock: Date.now,
    createId: randomId,
    catalogue: killedCatalogue,
  });
  return { jobs, store };
}

/** As many consumers as asked for: where one was killed, another begins. */
async function startHerd(stateDir: string, settings: ConsumerSettings, { consumers }: KilledOptions) {
  const bundle = join(stateDir, 'consumer.mjs');
  const entry = new URL('./consumer.ts', import.meta.url).pathname;
  await build({ ...functionBundle, entryPoints: [entry], outfile: bundle, external: ['pg-native'] });
  const living = new Set<ChildProcess>();
  let [kills, stopping] = [0, false];
  function begin(): void {
    const child = spawn(process.execPath, [bundle, JSON.stringify(settings)], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    living.add(child);
    child.once('exit', (_, signal) => {
      living.delete(child);
      if (stopping) return;
      if (signal === 'SIGKILL') kills += 1;
      begin();
    });
  }
  for (let i = 0; i < consumers; i++) begin();
  return {
    kills: () => kills,
    async stop() {
      stopping = true;
      const ended = [...living].map(child => new Promise(resolve => child.once('exit', resolve)));
      for (const child of living) child.kill('SIGKILL');
      await Promise.all(ended);
    },
  };
}

/** No bound in time but the caller's: it ends when every accepted job has, or when nothing has moved for a minute. */
async function untilAtRest(store: JobStore, accepted: number, { onProgress }: KilledOptions): Promise<void> {
  let [last, movedAt] = ['', Date.now()];
  while (Date.now() - movedAt < 60_000) {
    const { succeeded, dead, stuck } = await countStates(store);
    if (succeeded + dead >= accepted) return;
    const now = `${succeeded} done, ${dead} dead, ${stuck} under way`;
    if (now !== last) [last, movedAt] = [now, Date.now()];
    onProgress?.(now);
    await sleep(500);
  }
}

async function countStates(store: JobStore) {
  const states = (await store.counts(['notifications'])).get('notifications')?.states;
  const of = (...names: JobState[]) => names.reduce((sum, name) => sum + (states?.[name] ?? 0), 0);
  return {
    succeeded: of('succeeded'),
    dead: of('dead'),
    stuck: of('queued', 'scheduled', 'running', 'failed'),
  };
}

async function countAttempts(jobs: Jobs): Promise<number> {
  let [sum, cursor] = [0, undefined as string | undefined];
  do {
    const page = await jobs.list({
      type: 'notifications',
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    });
    for (const { attempts } of page.jobs) sum += attempts;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return sum;
}

async function countEffects(pool: Pool): Promise<{ effects: number }> {
  const { rows } = await pool.query(
    'SELECT count(*)::int AS rows, count(DISTINCT job)::int AS jobs FROM effects',
  );
  if (rows[0].rows !== rows[0].jobs) throw new Error(`${rows[0].rows - rows[0].jobs} effects happened twice`);
  return { effects: rows[0].rows };
}
