/**
 * What every store of jobs promises, told by its replies alone.
 */

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/jobs/catalogue.ts';
import type { JobStore, NewJob } from '../../shared/jobs/job-store.ts';

const START = 1_800_000_000_000;
const ENDED_FOR_MS = 30 * 24 * 60 * 60 * 1000;

export interface StoreUnderTest {
  readonly store: JobStore;
  /** How long a row still lives, or null where it has no end. */
  lifeOf(id: string): Promise<number | null>;
}

export function describeJobStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the job store ${name}`, () => {
    let store: JobStore;
    let lifeOf: StoreUnderTest['lifeOf'];
    beforeAll(async () => {
      ({ store, lifeOf } = await open());
    });

    const newJob = (given: Partial<NewJob> = {}): NewJob => ({
      id: `reports-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      type: 'reports',
      lane: 'normal',
      tenant: 'default',
      priority: 5,
      createdAt: START,
      payload: { kind: 'inline', json: '{"report":"été"}' },
      fingerprint: 'print',
      watchAt: START + 15_000,
      ...given,
    });
    const claimOptions = {
      now: START + 10,
      holder: 'a',
      leaseMs: 1_000,
      attempts: 3,
      perTenant: 2,
      watchAt: START + 9_000,
    };
    const create = async (given: Partial<NewJob> = {}) => {
      const row = newJob(given);
      await store.createMany([row]);
      return row.id;
    };
    const running = async (given: Partial<NewJob> = {}) => {
      const id = await create(given);
      await store.claim(id, claimOptions);
      return id;
    };
    const error = { code: 'SOME_CODE', message: 'said so' };
    const endWith = (id: string, outcome: Parameters<JobStore['end']>[1]['outcome'], holder = 'a') =>
      store.end(id, { holder, now: START + 500, outcome, watchAt: START + 20_000 });
    const overdueAt = async (now: number) => {
      const found = await store.takeOverdue({
        now,
        limit: 1_000,
        watchAt: now + 60_000,
        attemptsOf: () => 3,
      });
      return (id: string) => found.filter(({ job }) => job.id === id);
    };

    describe('creates', () => {
      it('a row that waits', async () => {
        const row = newJob({ tenant: 'acme', priority: 8, lane: 'high' });
        const [creation] = await store.createMany([row]);
        const { id, type, lane, tenant, priority, createdAt } = row;
        const told = {
          id,
          type,
          lane,
          tenant,
          priority,
          createdAt,
          state: 'queued',
          attempts: 0,
          repeats: 0,
        };
        expect(creation).toEqual({ kind: 'created', job: { ...told, changedAt: START, revision: 1 } });
        expect(await store.get(row.id)).toEqual({ ...told, changedAt: START, revision: 1 });
      });

      it('a row for later', async () => {
        const id = await create({ runAt: START + 60_000 });
        expect(await store.get(id)).toMatchObject({ state: 'scheduled', runAt: START + 60_000 });
      });

      it('once: the same id is the same job, and another payload no job of that id', async () => {
        const row = newJob();
        const first = await store.createMany([row, newJob()]);
        expect(first.map(({ kind }) => kind)).toEqual(['created', 'created']);
        await store.claim(row.id, claimOptions);
        const again = await store.createMany([row, { ...row, fingerprint: 'other' }]);
        expect(again).toMatchObject([
          { kind: 'existing', job: { id: row.id, state: 'running' } },
          { kind: 'mismatch', job: { id: row.id } },
        ]);
      });

      it('many at once, each for itself', async () => {
        const rows = Array.from({ length: 50 }, () => newJob());
        const creations = await store.createMany(rows);
        expect(creations).toMatchObject(rows.map(({ id }) => ({ kind: 'created', job: { id } })));
      });
    });

    describe('lets one claim a job', () => {
      it('and gives it the payload', async () => {
        const id = await create();
        expect(await store.claim(id, claimOptions)).toMatchObject({
          kind: 'claimed',
          job: { id, state: 'running', attempts: 1, startedAt: START + 10, leaseUntil: START + 1_010 },
          payload: { kind: 'inline', json: '{"report":"été"}' },
        });
      });

      it('or tells where a large payload lies', async () => {
        const id = await create({ payload: { kind: 'claim-check', key: 'jobs/x' } });
        expect(await store.claim(id, claimOptions)).toMatchObject({
          payload: { kind: 'claim-check', key: 'jobs/x' },
        });
      });

      it('and nobody else while the lease lives', async () => {
        const id = await running();
        const other = { ...claimOptions, holder: 'b' };
        expect(await store.claim(id, { ...other, now: START + 1_009 })).toEqual({
          kind: 'busy',
          leaseUntil: START + 1_010,
        });
        expect(await store.claim(id, { ...other, now: START + 1_010 })).toMatchObject({
          kind: 'claimed',
          job: { attempts: 2 },
        });
        expect(await endWith(id, { kind: 'succeeded' }, 'a')).toEqual({ kind: 'refused' });
        expect(await endWith(id, { kind: 'succeeded' }, 'b')).toMatchObject({
          kind: 'moved',
          state: 'succeeded',
        });
      });

      it('not before its time', async () => {
        const id = await create({ runAt: START + 60_000 });
        expect(await store.claim(id, claimOptions)).toEqual({ kind: 'early', dueAt: START + 60_000 });
        expect(await store.claim(id, { ...claimOptions, now: START + 60_000 })).toMatchObject({
          kind: 'claimed',
        });
      });

      it('not after its end', async () => {
        const id = await running();
        await endWith(id, { kind: 'succeeded' });
        expect(await store.claim(id, { ...claimOptions, holder: 'b' })).toEqual({
          kind: 'ended',
          state: 'succeeded',
        });
      });

      it('that is there', async () => {
        expect(await store.claim(newJob().id, claimOptions)).toEqual({ kind: 'absent' });
      });

      it('not more often than it has attempts: then it is dead', async () => {
        const id = await create();
        const attempts = { ...claimOptions, attempts: 1, leaseMs: 0 };
        expect(await store.claim(id, attempts)).toMatchObject({ kind: 'claimed' });
        expect(await store.claim(id, attempts)).toEqual({ kind: 'exhausted', death: 1, tenant: 'default' });
        expect(await store.get(id)).toMatchObject({ state: 'dead', error: { code: 'JOB_ATTEMPTS_USED_UP' } });
      });

      it('of a tenant that runs less than it may, and the default tenant has no bound', async () => {
        const tenant = randomUUID();
        const [first, second, third] = [
          await create({ tenant }),
          await create({ tenant }),
          await create({ tenant }),
        ];
        expect((await store.claim(first, claimOptions)).kind).toBe('claimed');
        expect((await store.claim(second, claimOptions)).kind).toBe('claimed');
        expect(await store.claim(third, claimOptions)).toEqual({ kind: 'capped', tenant, createdAt: START });
        expect(await store.get(third)).toMatchObject({ state: 'queued', attempts: 0 });
        await endWith(first, { kind: 'succeeded' });
        expect((await store.claim(third, claimOptions)).kind).toBe('claimed');
        for (let i = 0; i < 4; i++)
          expect((await store.claim(await create(), claimOptions)).kind).toBe('claimed');
      });
    });

    describe('ends an attempt', () => {
      it('well, with what came of it, and keeps the row for thirty days', async () => {
        const id = await running();
        expect(await lifeOf(id)).toBeNull();
        expect(await endWith(id, { kind: 'succeeded', result: '{"rows":3}' })).toEqual({
          kind: 'moved',
          state: 'succeeded',
          deaths: 0,
        });
        expect(await store.get(id)).toMatchObject({
          state: 'succeeded',
          endedAt: START + 500,
          result: { rows: 3 },
        });
        expect(await lifeOf(id)).toBeGreaterThan(ENDED_FOR_MS - 60_000);
      });

      it('badly: it waits until its next attempt', async () => {
        const id = await running();
        await endWith(id, { kind: 'failed', nextAttemptAt: START + 3_000, error });
        expect(await store.get(id)).toMatchObject({
          state: 'failed',
          nextAttemptAt: START + 3_000,
          error,
          attempts: 1,
        });
        expect(await store.claim(id, claimOptions)).toEqual({ kind: 'early', dueAt: START + 3_000 });
        expect(await store.claim(id, { ...claimOptions, now: START + 3_000 })).toMatchObject({
          kind: 'claimed',
          job: { attempts: 2 },
        });
        expect(await lifeOf(id)).toBeNull();
      });

      it('for good', async () => {
        const id = await running();
        expect(await endWith(id, { kind: 'dead', error })).toEqual({
          kind: 'moved',
          state: 'dead',
          deaths: 1,
        });
        expect(await store.get(id)).toMatchObject({ state: 'dead', error });
      });

      it('by handing it back: the attempt does not count, for the first ten times', async () => {
        const id = await create();
        for (let i = 0; i < 11; i++) {
          await store.claim(id, { ...claimOptions, attempts: 20 });
          await endWith(id, { kind: 'handed-back' });
        }
        expect(await store.get(id)).toMatchObject({ state: 'queued', attempts: 1 });
      });

      it('by postponing it: never counted, and with what was done by then', async () => {
        const id = await create();
        const runAt = START + 5_000;
        for (let i = 0; i < 12; i++) {
          await store.claim(id, { ...claimOptions, now: runAt, attempts: 2 });
          await endWith(id, { kind: 'postponed', runAt, result: '{"done":1}' });
        }
        expect(await store.get(id)).toMatchObject({
          state: 'scheduled',
          attempts: 0,
          runAt,
          result: { done: 1 },
        });
        expect(await store.claim(id, { ...claimOptions, now: runAt - 1 })).toEqual({
          kind: 'early',
          dueAt: runAt,
        });
      });

      it('only once', async () => {
        const id = await running();
        await endWith(id, { kind: 'succeeded' });
        expect(await endWith(id, { kind: 'dead', error })).toEqual({ kind: 'refused' });
        expect(await store.get(id)).toMatchObject({ state: 'succeeded' });
      });
    });

    describe('keeps progress', () => {
      const step = { holder: 'a', now: START + 100, percent: 40, message: 'half' };

      it('that never goes backwards', async () => {
        const id = await running();
        expect(await store.progress(id, step)).toBe('go-on');
        expect(await store.progress(id, { ...step, percent: 30, now: START + 200 })).toBe('go-on');
        expect(await store.get(id)).toMatchObject({
          progress: { percent: 40, message: 'half', at: START + 100 },
        });
        await store.progress(id, { holder: 'a', now: START + 300, percent: 41 });
        expect((await store.get(id))?.progress).toEqual({ percent: 41, at: START + 300 });
      });

      it('of its holder, while it runs', async () => {
        const id = await running();
        expect(await store.progress(id, { ...step, holder: 'b' })).toBe('lost');
        await endWith(id, { kind: 'succeeded' });
        expect(await store.progress(id, step)).toBe('lost');
        expect(await store.get(id)).not.toHaveProperty('progress');
      });
    });

    describe('cancels', () => {
      it.each([
        ['queued', {}],
        ['scheduled', { runAt: START + 60_000 }],
      ])('what is %s, at once', async (was, given) => {
        const id = await create(given);
        expect(await store.cancel(id, START + 5)).toMatchObject({
          kind: 'cancelled',
          was,
          job: { state: 'cancelled', endedAt: START + 5 },
        });
        expect(await store.claim(id, { ...claimOptions, now: START + 60_000 })).toEqual({
          kind: 'ended',
          state: 'cancelled',
        });
      });

      it('what waits for another attempt, at once', async () => {
        const id = await running();
        await endWith(id, { kind: 'failed', nextAttemptAt: START + 3_000, error });
        expect(await store.cancel(id, START + 600)).toMatchObject({ kind: 'cancelled', was: 'failed' });
      });

      it('what runs, when its holder sees it', async () => {
        const id = await running();
        expect(await store.standings([{ id, holder: 'a' }])).toEqual(['go-on']);
        expect(await store.cancel(id, START + 50)).toMatchObject({
          kind: 'requested',
          job: { cancelRequestedAt: START + 50 },
        });
        expect(
          await store.standings([
            { id, holder: 'a' },
            { id, holder: 'b' },
          ]),
        ).toEqual(['cancel', 'lost']);
        expect(await store.progress(id, { holder: 'a', now: START + 60, percent: 1 })).toBe('cancel');
        expect(await endWith(id, { kind: 'failed', nextAttemptAt: START + 3_000, error })).toMatchObject({
          state: 'cancelled',
        });
      });

      it('nothing that was done all the same', async () => {
        const id = await running();
        await store.cancel(id, START + 50);
        expect(await endWith(id, { kind: 'succeeded' })).toMatchObject({ state: 'succeeded' });
        expect(await store.cancel(id, START + 60)).toMatchObject({
          kind: 'ended',
          job: { state: 'succeeded' },
        });
      });

      it('what a dead holder left', async () => {
        const id = await running();
        await store.cancel(id, START + 50);
        expect(await store.claim(id, { ...claimOptions, now: START + 1_010, holder: 'b' })).toEqual({
          kind: 'cancelled',
        });
        expect(await store.get(id)).toMatchObject({ state: 'cancelled' });
      });

      it('nothing that is not there', async () => {
        expect(await store.cancel(newJob().id, START)).toEqual({ kind: 'absent' });
      });
    });

    describe('begins anew', () => {
      const dead = async () => {
        const id = await running();
        await store.progress(id, { holder: 'a', now: START + 100, percent: 40 });
        await endWith(id, { kind: 'dead', error });
        return id;
      };

      it('by the hand of a person', async () => {
        const id = await dead();
        const reply = await store.retry(id, { now: START + 700, watchAt: START + 15_000 });
        expect(reply).toMatchObject({ kind: 'queued', job: { state: 'queued', attempts: 0 } });
        expect(reply).not.toHaveProperty('job.progress');
        expect(await lifeOf(id)).toBeNull();
        expect(await store.claim(id, { ...claimOptions, now: START + 800 })).toMatchObject({
          kind: 'claimed',
          job: { attempts: 1 },
        });
        expect(await store.retry(id, { now: START + 900, watchAt: 0 })).toMatchObject({ kind: 'refused' });
        expect(await store.retry(newJob().id, { now: START, watchAt: 0 })).toEqual({ kind: 'absent' });
      });

      it('by its dead letter: from the death it stands for, and once', async () => {
        const id = await dead();
        const claim = (death?: number) =>
          store.claim(id, { ...claimOptions, ...(death !== undefined && { death }) });
        expect(await claim()).toEqual({ kind: 'ended', state: 'dead' });
        expect(await claim(2)).toEqual({ kind: 'ended', state: 'dead' });
        expect(await claim(1)).toMatchObject({ kind: 'claimed', job: { state: 'running', attempts: 1 } });
        expect(await lifeOf(id)).toBeNull();
        expect(await endWith(id, { kind: 'dead', error })).toMatchObject({ state: 'dead', deaths: 2 });
        expect(await claim(1)).toEqual({ kind: 'ended', state: 'dead' });
        expect(await claim(2)).toMatchObject({ kind: 'claimed' });
      });

      it('by its dead letter also where its tenant has to wait', async () => {
        const tenant = randomUUID();
        const id = await running({ tenant });
        await endWith(id, { kind: 'dead', error });
        await running({ tenant });
        await running({ tenant });
        expect(await store.claim(id, { ...claimOptions, death: 1 })).toMatchObject({ kind: 'capped' });
        expect(await store.get(id)).toMatchObject({ state: 'queued', attempts: 0 });
      });
    });

    describe('watches', () => {
      it('what was never sent, until that is confirmed', async () => {
        const id = await create();
        expect((await overdueAt(START + 14_999))(id)).toEqual([]);
        expect((await overdueAt(START + 15_000))(id)).toMatchObject([
          { kind: 'send', job: { state: 'queued' } },
        ]);
        expect((await overdueAt(START + 15_001))(id)).toEqual([]);
        await store.confirmMany([{ id, from: START + 75_000, to: START + 500_000 }]);
        expect((await overdueAt(START + 80_000))(id)).toEqual([]);
        expect((await overdueAt(START + 500_000))(id)).toHaveLength(1);
      });

      it('and leaves alone what moved before it was confirmed', async () => {
        const id = await running();
        await store.confirmMany([{ id, from: START + 15_000, to: START + 500_000 }]);
        expect((await overdueAt(START + 9_000))(id)).toMatchObject([{ kind: 'send' }]);
      });

      it('who holds a job, as long as the lease lives', async () => {
        const id = await create();
        await store.claim(id, { ...claimOptions, leaseMs: 20_000 });
        expect((await overdueAt(START + 9_000))(id)).toEqual([]);
        expect((await overdueAt(START + 20_010))(id)).toMatchObject([
          { kind: 'send', job: { state: 'queued', attempts: 1 } },
        ]);
        expect(await endWith(id, { kind: 'succeeded' })).toEqual({ kind: 'refused' });
      });

      it('so that a holder who dies at the last attempt leaves a dead job', async () => {
        const id = await create();
        for (let i = 0; i < 3; i++) await store.claim(id, { ...claimOptions, leaseMs: 0 });
        expect((await overdueAt(START + 9_000))(id)).toMatchObject([
          { kind: 'bury', death: 1, job: { state: 'dead' } },
        ]);
      });

      it('so that a cancelled job whose holder died is cancelled', async () => {
        const id = await running();
        await store.cancel(id, START + 50);
        expect((await overdueAt(START + 9_000))(id)).toEqual([]);
        expect(await store.get(id)).toMatchObject({ state: 'cancelled' });
      });

      it('the dead until their letter is written', async () => {
        const id = await running();
        await endWith(id, { kind: 'dead', error });
        expect((await overdueAt(START + 20_000))(id)).toMatchObject([{ kind: 'bury', death: 1 }]);
        await store.confirmMany([{ id, from: START + 80_000, to: 'never' }]);
        expect((await overdueAt(START + 200_000))(id)).toEqual([]);
      });

      it.each(['succeeded', 'cancelled'] as const)('nothing that is %s', async kind => {
        const id = await running();
        await endWith(id, { kind });
        expect((await overdueAt(START + 1_000_000))(id)).toEqual([]);
      });
    });

    describe('remembers an effect for the outside', () => {
      it('that was done, and counts what may have happened twice', async () => {
        const id = await running();
        expect(await store.beginEffect(id, 'mail')).toEqual({ kind: 'first' });
        expect(await store.beginEffect(id, 'mail')).toEqual({ kind: 'again' });
        await store.completeEffect(id, 'mail', '{"id":7}');
        expect(await store.beginEffect(id, 'mail')).toEqual({ kind: 'done', result: '{"id":7}' });
        expect(await store.beginEffect(id, 'other')).toEqual({ kind: 'first' });
        expect(await store.get(id)).toMatchObject({ repeats: 1 });
      });

      it('and makes no row of its own', async () => {
        const { id } = newJob();
        await store.beginEffect(id, 'mail');
        await store.completeEffect(id, 'mail', '1');
        expect(await store.get(id)).toBeNull();
      });
    });

    describe('shows', () => {
      it('nothing for an id that is none', async () => {
        expect(await store.get('reports-1')).toBeNull();
        expect(await store.get('../other')).toBeNull();
        expect(await store.get(newJob().id)).toBeNull();
      });

      it('pages, the newest first, each job once', async () => {
        const ids: string[] = [];
        for (let i = 0; i < 7; i++) {
          const id = `analysis-${String(i).repeat(24)}`;
          ids.unshift(id);
          // Two by two at the same instant.
          await create({ id, type: 'analysis', createdAt: START + Math.floor(i / 2) });
        }
        await store.claim(ids[3] as string, claimOptions);
        const filter = { types: ['analysis'], states: ['queued', 'running'], limit: 3 } as const;
        const first = await store.list(filter);
        const second = await store.list({ ...filter, cursor: first.cursor as string });
        const third = await store.list({ ...filter, cursor: second.cursor as string });
        expect([first, second, third].map(({ jobs }) => jobs.map(({ id }) => id))).toEqual([
          ids.slice(0, 3),
          ids.slice(3, 6),
          ids.slice(6),
        ]);
        expect(third.cursor).toBeUndefined();
        expect((await store.list({ ...filter, states: ['running'] })).jobs).toMatchObject([
          { id: ids[3], state: 'running' },
        ]);
      });

      it('how many there are in each state, and how long the oldest waits', async () => {
        const before = (await store.counts(['warming'])).get('warming');
        expect(before).toMatchObject({ states: { queued: 0, running: 0 } });
        expect(before).not.toHaveProperty('oldestQueuedAt');
        const make = (given: Partial<NewJob>) =>
          create({
            ...given,
            id: `warming-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
            type: 'warming',
          });
        await make({ createdAt: START + 5 });
        await make({ createdAt: START + 3 });
        await store.claim(await make({ createdAt: START + 1 }), claimOptions);
        const counted = (await store.counts(['warming', 'reports'])).get('warming');
        expect(counted).toMatchObject({
          states: { queued: 2, running: 1, dead: 0 },
          oldestQueuedAt: START + 3,
        });
      });
    });

    it('knows whether its rows may be dropped', async () => {
      expect(await store.evicts()).toEqual({ kind: 'never' });
    });

    it('asks nothing of anybody where nothing is asked of it', async () => {
      expect(await store.createMany([])).toEqual([]);
      expect(await store.standings([])).toEqual([]);
      await store.confirmMany([]);
    });

    it('has a list for every type there is', async () => {
      const counted = await store.counts(Object.keys(CATALOGUE) as never);
      expect([...counted.keys()]).toEqual(Object.keys(CATALOGUE));
    });
  });
}
