/**
 * What the job engine relies on from its queues, whoever keeps them: a message comes with its tenant, when it is due and
 * until it is done; a dead letter finds its way back; and whoever sends many hears of each.
 */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobQueue, QueueAddress } from '../../shared/jobs/job-queue.ts';
import { eventually } from '../eventually.ts';

export interface Received {
  readonly body: string;
  readonly tenant: string;
  readonly receipt: string;
}

export interface QueueHome {
  readonly queue: JobQueue;
  /** What is visible now. */
  receive(address: QueueAddress): Promise<readonly Received[]>;
  remove(address: QueueAddress, receipt: string): Promise<void>;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
  now(): number;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export const NORMAL: QueueAddress = { type: 'reports', lane: 'normal' };
export const HIGH: QueueAddress = { type: 'reports', lane: 'high' };
const NOTHING = { visible: 0, inFlight: 0, delayed: 0, deadLetters: 0 };
const bodiesOf = (received: readonly Received[]) => received.map(({ body }) => body).toSorted();

export function jobQueueContract(name: string, startHome: () => Promise<QueueHome>): void {
  describe(name, () => {
    let home: QueueHome;
    let queue: JobQueue;
    beforeAll(async () => {
      home = await startHome();
      queue = home.queue;
    });
    beforeEach(() => home.empty());
    afterAll(() => home.stop());
    const inTime = (check: () => Promise<void>) =>
      eventually(async () => {
        await home.pass(20);
        await check();
      });

    it('delivers a message with its tenant, to its lane alone', async () => {
      await queue.send(HIGH, { body: '{"job":"grüße 東京"}', tenant: 'tenant-a' });
      expect(await home.receive(NORMAL)).toEqual([]);
      expect(await home.receive(HIGH)).toMatchObject([{ body: '{"job":"grüße 東京"}', tenant: 'tenant-a' }]);
    });

    it('keeps what was received hidden, and gives it back when it is let go', async () => {
      await queue.send(NORMAL, { body: 'held', tenant: 't' });
      const [held] = await home.receive(NORMAL);
      expect(await home.receive(NORMAL)).toEqual([]);
      expect(await queue.depths(NORMAL)).toEqual({ ...NOTHING, inFlight: 1 });
      await queue.changeVisibility(NORMAL, held?.receipt ?? '', 0);
      expect(bodiesOf(await home.receive(NORMAL))).toEqual(['held']);
    });

    it('delivers what is late when it is due, and what was received again after as long as asked', async () => {
      await queue.send(NORMAL, { body: 'late', tenant: 't', delayMs: 400 });
      await queue.send(NORMAL, { body: 'held', tenant: 't' });
      const [held] = await home.receive(NORMAL);
      await queue.changeVisibility(NORMAL, held?.receipt ?? '', 500);
      expect(await queue.depths(NORMAL)).toEqual({ ...NOTHING, delayed: 1, inFlight: 1 });
      expect(await home.receive(NORMAL)).toEqual([]);
      await home.pass(1_000);
      expect(bodiesOf(await home.receive(NORMAL))).toEqual(['held', 'late']);
    });

    it('forgets what is done', async () => {
      await queue.send(NORMAL, { body: 'done', tenant: 't' });
      const [done] = await home.receive(NORMAL);
      await home.remove(NORMAL, done?.receipt ?? '');
      expect(await queue.depths(NORMAL)).toEqual(NOTHING);
    });

    it('sends many, each with its own tenant and delay, and tells of each', async () => {
      const bodies = Array.from({ length: 23 }, (_, at) => `m${String(at).padStart(2, '0')}`);
      const messages = bodies.map((body, at) => ({
        body,
        tenant: `t${at % 3}`,
        delayMs: at === 22 ? 900_000 : 0,
      }));
      const results = await queue.sendMany(NORMAL, messages);
      expect(results).toEqual(bodies.map(() => ({ ok: true })));
      expect(await queue.depths(NORMAL)).toMatchObject({ visible: 22, delayed: 1 });
      const received: Received[] = [];
      for (const _ of [1, 2, 3]) received.push(...(await home.receive(NORMAL)));
      expect(bodiesOf(received)).toEqual(bodies.slice(0, 22));
      expect(received.find(({ body }) => body === 'm07')?.tenant).toBe('t1');
    });

    it('sends none of none', async () => {
      expect(await queue.sendMany(NORMAL, [])).toEqual([]);
    });

    it('keeps dead letters apart, and moves them back with their tenants', async () => {
      await queue.deadLetter(NORMAL, { body: 'dead', tenant: 'tenant-a' });
      expect(await home.receive(NORMAL)).toEqual([]);
      expect(await queue.depths(NORMAL)).toEqual({ ...NOTHING, deadLetters: 1 });
      expect(await queue.redrive(NORMAL, { perSecond: 100 })).toBe('started');
      await inTime(async () => expect(await queue.depths(NORMAL)).toEqual({ ...NOTHING, visible: 1 }));
      expect(await home.receive(NORMAL)).toMatchObject([{ body: 'dead', tenant: 'tenant-a' }]);
    });

    it('moves dead letters no faster than asked', async () => {
      for (const body of ['a', 'b', 'c']) await queue.deadLetter(NORMAL, { body, tenant: 't' });
      const begunAt = home.now();
      expect(await queue.redrive(NORMAL, { perSecond: 10 })).toBe('started');
      await inTime(async () => expect(await queue.depths(NORMAL)).toEqual({ ...NOTHING, visible: 3 }));
      expect(home.now() - begunAt).toBeGreaterThanOrEqual(300);
    });

    it('moves dead letters once at a time, each lane for itself', async () => {
      await queue.deadLetter(HIGH, { body: 'a', tenant: 't' });
      expect(await queue.redrive(HIGH, { perSecond: 1 })).toBe('started');
      expect(await queue.redrive(HIGH, { perSecond: 500 })).toBe('running');
      await inTime(async () => expect(await queue.redrive(NORMAL, { perSecond: 500 })).toBe('started'));
    });
  });
}
