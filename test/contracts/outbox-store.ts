/** What every outbox promises the drain. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { Change, OutboxStore } from '../../shared/outbox/outbox-store.ts';

export interface OutboxUnderTest {
  readonly store: OutboxStore;
  /** Opens a transaction that writes a change with this tag; it is there once it was ended. */
  begin(tag: string): Promise<{ commit(): Promise<void>; rollback(): Promise<void> }>;
  /** One whose outbox was never made. */
  readonly absent: OutboxStore;
}

export function describeOutboxStore(name: string, open: () => Promise<OutboxUnderTest>): void {
  describe(`an outbox ${name}`, () => {
    let outbox: OutboxUnderTest;
    beforeAll(async () => {
      outbox = await open();
    });

    const write = async (...tags: readonly string[]) => {
      for (const tag of tags) await (await outbox.begin(tag)).commit();
    };
    const read = async (most = 100) => (await outbox.store.read(most)) as readonly Change[];
    const tagsOf = (changes: readonly Change[]) => changes.flatMap(({ tags }) => tags);
    const empty = async () => outbox.store.forget((await read()).map(({ id }) => id));

    it('gives the oldest first, and no more than it is asked for', async () => {
      await write('a', 'b', 'c');
      expect(tagsOf(await read())).toEqual(['a', 'b', 'c']);
      expect(tagsOf(await read(2))).toEqual(['a', 'b']);
      await empty();
      expect(await read()).toEqual([]);
    });

    it('gives nothing of a transaction that has not ended, or was rolled back', async () => {
      const open = await outbox.begin('open');
      expect(await read()).toEqual([]);
      await open.rollback();
      expect(await read()).toEqual([]);
    });

    it('skips none that was written before others and committed after them', async () => {
      const slow = await outbox.begin('slow');
      await write('quick');
      expect(tagsOf(await read())).toEqual(['quick']);
      await empty();
      await slow.commit();
      expect(tagsOf(await read())).toEqual(['slow']);
      await empty();
    });

    it('forgets what it is told to and nothing else, also twice', async () => {
      await write('a', 'b', 'c');
      const [first, , third] = await read();
      const ids = [first?.id ?? '', third?.id ?? ''];
      await outbox.store.forget(ids);
      await outbox.store.forget(ids);
      expect(tagsOf(await read())).toEqual(['b']);
      await empty();
    });

    it('tells how much waits, and for how long', async () => {
      expect(await outbox.store.backlog()).toEqual({ changes: 0, lagMs: 0 });
      await write('a', 'b');
      const { changes, lagMs } = (await outbox.store.backlog()) as { changes: number; lagMs: number };
      expect(changes).toBe(2);
      expect(lagMs).toBeGreaterThan(0);
      expect(lagMs).toBeLessThan(600_000);
      await empty();
    });

    it('says when a change was written', async () => {
      const before = Date.now();
      await write('a');
      const [change] = await read();
      expect(Math.abs((change?.at ?? 0) - before)).toBeLessThan(600_000);
      await empty();
    });

    it('says where there is none', async () => {
      expect(await outbox.absent.read(1)).toBe('absent');
      expect(await outbox.absent.backlog()).toBe('absent');
    });
  });
}
