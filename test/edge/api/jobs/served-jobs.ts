/** The routes of the jobs over the real engine: rows in the embedded Redis engine, queues in memory, one test clock. */

import { jobHandlers, type OpenedJobs } from '../../../../edge/api/jobs/handlers.ts';
import { type AppDeps, createOwnRoutes } from '../../../../edge/app.ts';
import { createJobs } from '../../../../shared/jobs/door/create-jobs.ts';
import type { Job } from '../../../../shared/jobs/job.ts';
import { type JobQueue, QueueUnavailable } from '../../../../shared/jobs/job-queue.ts';
import type { Outcome } from '../../../../shared/jobs/job-store.ts';
import type { QueueReport } from '../../../../shared/jobs/jobs.ts';
import { createRedisJobStore } from '../../../../shared/jobs/store/redis-job-store.ts';
import { randomId } from '../../../../shared/primitives/ids.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';
import { createMemoryJobQueue } from '../../../fakes/job-queue.ts';

const TOKEN = 't'.repeat(32);
const HOLDER = 'holder-1';

export const REPORT = { report: 'sales', format: 'csv' } as const;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnsweredBody;
}

/** A job, a page of them, queues, a redrive or a problem: the test expects which. */
interface AnsweredBody extends JobRow {
  readonly jobs: readonly JobRow[];
  readonly cursor: string;
  readonly queues: readonly QueueReport[];
  readonly lanes: readonly { readonly start: string }[];
  readonly code: string;
  readonly detail: string;
  readonly issues: readonly unknown[];
}

type JobRow = Pick<Job, 'id' | 'revision' | 'attempts'> & {
  readonly state: string;
  readonly cancelRequestedAt?: number;
  readonly result?: unknown;
};

export interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ServedJobs = Awaited<ReturnType<typeof serveJobs>>;

export async function serveJobs({ opened }: { readonly opened?: OpenedJobs } = {}) {
  const clock = createTestClock();
  const down = { redis: undefined as Error | undefined, queue: false };
  const redis = withChaos(await createEngineRedis(clock), {
    before() {
      if (down.redis) throw down.redis;
    },
  });
  const memory = createMemoryJobQueue(clock);
  const queue = sometimesDown(memory, () => down.queue);
  const store = createRedisJobStore(redis);
  const jobs = createJobs({ store, queue, clock, createId: randomId });
  const sleep = async (ms: number) => clock.advance(ms);
  const handlers = jobHandlers({ open: () => opened ?? { ok: true, jobs }, clock, sleep });
  const app = createOwnRoutes(withOnly({ base: '', adminTokens: [TOKEN], jobs: handlers }));

  function send(name: string, { body, headers = {} }: Asking = {}): Promise<Response> {
    const [method = 'GET', path = '/'] = name.split(' ');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(
      app.request(`http://edge.test${path}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
        ...(text !== undefined && { body: text }),
      }),
    );
  }

  async function ask(name: string, asking?: Asking): Promise<Answered> {
    const response = await send(name, asking);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }

  return {
    /** As a client's fetch. */
    fetch: (url: string, init: RequestInit) => Promise.resolve(app.request(url, init)),
    token: TOKEN,
    clock,
    queue: memory,
    jobs,
    store,
    down,
    ask,
    send,
    enqueue: async (payload: object = REPORT) =>
      (await ask('POST /api/admin/jobs/reports', { body: { payload } })).body as JobRow as Job,
    /** As a worker that takes the job does. */
    claim: (id: string) =>
      store.claim(id, {
        now: clock(),
        holder: HOLDER,
        leaseMs: 60_000,
        attempts: 4,
        perTenant: 10,
        watchAt: clock() + 600_000,
      }),
    progress: (id: string, percent: number) => store.progress(id, { holder: HOLDER, now: clock(), percent }),
    end: (id: string, outcome: Outcome) =>
      store.end(id, { holder: HOLDER, now: clock(), outcome, watchAt: clock() + 60_000 }),
  };
}

/** As the port has it: sending many tells of each, all else rejects. */
function sometimesDown(queue: JobQueue, isDown: () => boolean): JobQueue {
  const failing = withChaos(queue, {
    before() {
      if (isDown()) throw new QueueUnavailable('away');
    },
  });
  return new Proxy(failing, {
    get: (target, name) =>
      name === 'sendMany' && isDown()
        ? async (_: unknown, messages: readonly unknown[]) =>
            messages.map(() => ({ ok: false, reason: 'away' }))
        : Reflect.get(target, name),
  });
}

/** All other routes stand there and are not asked. */
function withOnly(deps: Pick<AppDeps, 'base' | 'adminTokens' | 'jobs'>): AppDeps {
  const notAsked: unknown = new Proxy(() => {}, { get: () => notAsked });
  return new Proxy(deps as AppDeps, { get: (given, name) => Reflect.get(given, name) ?? notAsked });
}
