/**
 * Plays a random history on the engine and on the model side by side, and compares every job after every step. At the end
 * everything is brought to rest: nothing may be lost, nothing may be stuck.
 */

import fc from 'fast-check';
import { CATALOGUE, type Catalogue } from '../../../../shared/jobs/catalogue.ts';
import { createJobs } from '../../../../shared/jobs/door/create-jobs.ts';
import { createDispatch } from '../../../../shared/jobs/door/dispatch.ts';
import { createRescue } from '../../../../shared/jobs/door/rescue.ts';
import type { JobStore } from '../../../../shared/jobs/job-store.ts';
import { parseMessage } from '../../../../shared/jobs/message.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import { createRedisJobStore } from '../../../../shared/jobs/store/redis-job-store.ts';
import { visibilitySeconds } from '../../../../shared/jobs/watch.ts';
import { createWorker } from '../../../../shared/jobs/worker/worker.ts';
import { randomId } from '../../../../shared/primitives/ids.ts';
import { withChaos } from '../../../fakes/chaos.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import type { EngineRedis } from '../../../fakes/engine-redis.ts';
import { createMemoryJobQueue, type Delivery } from '../../../fakes/job-queue.ts';
import { learnScripts } from '../engine.ts';
import * as model from './state-model.ts';

export type Step =
  | { readonly do: 'enqueue'; readonly key: number; readonly delayMs: number }
  | { readonly do: 'deliver'; readonly fate: model.Fate; readonly most: number; readonly afterMs: number }
  /** Any message again: the first one, or a dead letter of any age. */
  | { readonly do: 'duplicate'; readonly which: number; readonly death: number }
  | { readonly do: 'cancel' | 'retry'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'redrive' | 'look' };

const fates = fc.constantFrom<model.Fate>(
  'succeeds',
  'fails',
  'fails for good',
  'is cancelled meanwhile',
  'dies at once',
  'dies afterwards',
);
const which = fc.nat({ max: 5 });

export const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('enqueue' as const),
        key: which,
        delayMs: fc.constantFrom(0, 0, 5_000),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('deliver' as const),
        fate: fates,
        most: fc.integer({ min: 1, max: 4 }),
        afterMs: fc.constantFrom(0, 2_500, 100_000, 100_000),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(500, 2_500, 100_000, 200_000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('duplicate' as const), which, death: fc.nat({ max: 2 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'retry' as const), which }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('redrive' as const, 'look' as const) }) },
  ),
  { minLength: 5, maxLength: 25 },
);

const { attempts, baseMs, capMs } = model.MODEL;
const catalogue: Catalogue = {
  ...CATALOGUE,
  reports: { ...CATALOGUE.reports, attempts, backoff: { baseMs, capMs }, timeoutMs: 1_000 },
};
const lane = { type: 'reports', lane: 'normal' } as const;
const hideMs = visibilitySeconds(catalogue.reports) * 1000;

/** One that works; once it is dead nothing that it does reaches anybody. */
interface Process {
  readonly fate: model.Fate;
  dead: boolean;
}

function mortal(store: JobStore, own: Process): JobStore {
  return withChaos(store, {
    before(method) {
      if (own.dead || (method === 'end' && own.fate === 'dies afterwards')) throw new Error('dead');
    },
    after(method) {
      if (method === 'claim' && own.fate === 'dies at once') own.dead = true;
    },
  });
}

export async function createTheatre(redis: EngineRedis) {
  const clock = createTestClock();
  const rows = createRedisJobStore(redis);
  await learnScripts(rows);
  return {
    async play(steps: readonly Step[]): Promise<void> {
      await redis.pipeline([['FLUSHALL']]);
      await playOne(steps);
    },
  };

  async function playOne(steps: readonly Step[]): Promise<void> {
    const queue = createMemoryJobQueue(clock);
    const expected = new Map<string, model.ModelJob>();
    const seen = { runs: new Map<string, number>(), effects: new Map<string, number>() };
    const marks = new Set<string>();
    let fate: model.Fate = 'succeeds';
    const count = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
    const shared = {
      clock,
      catalogue,
      createId: randomId,
      random: () => 0.5,
      log: () => {},
      scheduler: undefined,
    };
    const ports = { ...shared, store: rows, queue };
    const jobs = createJobs(ports);
    const rescue = createRescue({ ...ports, dispatch: createDispatch(ports) });
    async function perform(id: string, own: Process): Promise<void> {
      if (own.dead) return new Promise(() => {});
      count(seen.runs, id);
      if (fate === 'is cancelled meanwhile') await jobs.cancel(id);
      if (fate === 'fails' || fate === 'is cancelled meanwhile') throw new Error('no');
      if (fate === 'fails for good') throw new PermanentError('NEVER', 'no');
      if (!marks.has(id)) count(seen.effects, id);
      marks.add(id);
      if (fate === 'dies afterwards') await new Promise(() => {});
    }

    async function runOne(delivery: Delivery): Promise<boolean> {
      const own: Process = { dead: false, fate };
      const tasks = { reports: (_: unknown, { id }: { id: string }) => perform(id, own) };
      const worker = createWorker({ ...ports, store: mortal(rows, own), tasks });
      const { receipt, body, receives } = delivery;
      const messages = [{ messageId: receipt, receipt, body, receives }];
      const run = worker.run({ address: lane, messages, stopAt: Number.MAX_SAFE_INTEGER });
      // One that found nothing to do lives on, and has said so before anybody looks.
      const said = await Promise.race([run, settled()]);
      own.dead = own.fate.startsWith('dies');
      return said?.length === 0;
    }

    async function deliver(most: number): Promise<void> {
      for (const delivery of queue.receive(lane, { most, hideMs })) {
        const done = await runOne(delivery);
        if (done) queue.remove(lane, delivery.receipt);
        const message = parseMessage(delivery.body);
        const job = message && expected.get(message.job);
        if (job) model.deliver(job, { now: clock(), death: message?.death, fate });
      }
    }

    async function step(next: Step): Promise<void> {
      const ids = [...expected.keys()];
      switch (next.do) {
        case 'enqueue': {
          const options = {
            idempotencyKey: `key-${next.key}`,
            ...(next.delayMs > 0 && { delayMs: next.delayMs }),
          };
          const outcome = await jobs.enqueue('reports', { report: 'a', format: 'csv' }, options);
          if (outcome.kind === 'refused') throw new Error(outcome.code);
          if (outcome.kind === 'accepted')
            expected.set(outcome.job.id, model.newJob(clock() + next.delayMs, clock()));
          return;
        }
        case 'deliver':
          fate = next.fate;
          clock.advance(next.afterMs);
          return deliver(next.most);
        case 'duplicate': {
          const id = ids[next.which];
          if (!id) return;
          const message = next.death > 0 ? { job: id, death: next.death } : { job: id };
          return queue.send(lane, { body: JSON.stringify(message), tenant: 'default' });
        }
        case 'cancel':
        case 'retry': {
          const id = ids[next.which];
          if (!id) return;
          const job = expected.get(id) as model.ModelJob;
          if (next.do === 'cancel') model.cancel(job);
          else model.retry(job, clock());
          await jobs[next.do](id);
          return;
        }
        case 'wait':
          clock.advance(next.ms);
          return;
        case 'redrive':
          await jobs.redrive('reports', { perSecond: 100 });
          return;
        case 'look':
          return lookAfter();
      }
    }

    async function lookAfter(): Promise<void> {
      const [due = []] = await redis.pipeline([['ZRANGE', 'jobs:watch', '-inf', clock(), 'BYSCORE']]);
      for (const member of due as readonly Uint8Array[]) {
        const job = expected.get(new TextDecoder().decode(member));
        if (job) model.look(job, clock());
      }
      await rescue(clock() + 1);
    }

    async function compare(after: string): Promise<void> {
      for (const [id, job] of expected) {
        const row = await jobs.get(id);
        const told = {
          state: row?.state,
          attempts: row?.attempts,
          runs: seen.runs.get(id) ?? 0,
          effects: seen.effects.get(id) ?? 0,
        };
        const { state, attempts: counted, runs, effects } = job;
        const wanted = { state, attempts: counted, runs, effects };
        if (JSON.stringify(told) !== JSON.stringify(wanted))
          throw new Error(`after ${after}: ${id} is ${JSON.stringify(told)}, not ${JSON.stringify(wanted)}`);
      }
    }

    for (const [at, next] of steps.entries()) {
      await step(next);
      await compare(`step ${at} ${JSON.stringify(next)}`);
    }
    fate = 'succeeds';
    for (let round = 0; round < 40 && ![...expected.values()].every(model.isOver); round++) {
      clock.advance(hideMs);
      // Sometimes the message is back first, sometimes whoever looks after the rows.
      if (round % 2 === 1) await lookAfter();
      await deliver(100);
      await compare(`round ${round} of coming to rest`);
    }
    const stuck = [...expected].filter(([, job]) => !model.isOver(job)).map(([id]) => id);
    if (stuck.length > 0) throw new Error(`stuck: ${stuck.join(', ')}`);
  }
}

/** Everything that does not wait for time has gone as far as it can: nothing here leaves this thread. */
async function settled(): Promise<undefined> {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
}
