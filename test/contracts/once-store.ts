/** What every store of effects that happen once promises. */

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OnceStore, Transaction } from '../../shared/jobs/once.ts';

export interface OnceUnderTest {
  readonly store: OnceStore;
  /** A table `effects (job text)` is there; how many rows has it of this job? */
  count(job: string): Promise<number>;
}

export function describeOnceStore(name: string, open: () => Promise<OnceUnderTest>): void {
  describe(`effects that happen once ${name}`, () => {
    let store: OnceStore;
    let count: OnceUnderTest['count'];
    beforeAll(async () => {
      ({ store, count } = await open());
    });
    const insert = (job: string) => (transaction: Transaction) =>
      transaction.query('INSERT INTO effects (job) VALUES ($1)', [job]);

    it('happen, and give what they gave each time they are asked for again', async () => {
      const job = randomUUID();
      const effect = async (transaction: Transaction) => {
        await insert(job)(transaction);
        return { rows: [1, 'two'] };
      };
      expect(await store.once({ job, key: 'a' }, effect)).toEqual({ rows: [1, 'two'] });
      expect(await store.once({ job, key: 'a' }, effect)).toEqual({ rows: [1, 'two'] });
      expect(await count(job)).toBe(1);
    });

    it('happen once for each key and job', async () => {
      const job = randomUUID();
      await store.once({ job, key: 'a' }, insert(job));
      await store.once({ job, key: 'b' }, insert(job));
      await store.once({ job: randomUUID(), key: 'a' }, insert(job));
      expect(await count(job)).toBe(3);
    });

    it('happen once although twenty begin at once', async () => {
      const job = randomUUID();
      let calls = 0;
      const effect = async (transaction: Transaction) => {
        calls += 1;
        await insert(job)(transaction);
        return calls;
      };
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.once({ job, key: 'a' }, effect)),
      );
      expect(new Set(results)).toEqual(new Set([1]));
      expect(await count(job)).toBe(1);
    });

    it('leave nothing when they fail, and may be tried again', async () => {
      const job = randomUUID();
      const failing = async (transaction: Transaction) => {
        await insert(job)(transaction);
        throw new Error('after the insert');
      };
      await expect(store.once({ job, key: 'a' }, failing)).rejects.toThrow('after the insert');
      expect(await count(job)).toBe(0);
      await expect(
        store.once({ job, key: 'a' }, transaction => transaction.query('SELECT no_such_thing')),
      ).rejects.toThrow('no_such_thing');
      await store.once({ job, key: 'a' }, insert(job));
      expect(await count(job)).toBe(1);
    });

    it.each([undefined, null, 'text', 0])('give back %j', async value => {
      const mark = { job: randomUUID(), key: 'a' };
      expect(await store.once(mark, async () => value)).toEqual(value);
      expect(await store.once(mark, async () => 'other')).toEqual(value);
    });
  });
}
