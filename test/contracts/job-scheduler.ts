/** What every scheduler of jobs promises. */

import { describe, expect, it } from 'vitest';
import type { JobScheduler } from '../../shared/jobs/job-scheduler.ts';

export interface SchedulerUnderTest {
  readonly scheduler: JobScheduler;
  readonly now: () => number;
  /** Lets so much time go by. */
  pass(ms: number): Promise<void>;
  /** What lies in the queue of `reports`, once each. */
  arrived(): Promise<readonly { readonly body: string; readonly tenant: string }[]>;
}

export function describeJobScheduler(name: string, open: () => Promise<SchedulerUnderTest>): void {
  describe(`the scheduler of jobs ${name}`, () => {
    const address = { type: 'reports', lane: 'normal' } as const;
    const message = { body: '{"job":"x"}', tenant: 'acme' };

    it('sends a message when its time has come, not before, and once however often it was asked', async () => {
      const { scheduler, now, pass, arrived } = await open();
      const at = { id: 'reports-1', at: now() + 1_500, address, message };
      await scheduler.schedule(at);
      await scheduler.schedule(at);
      expect(await arrived()).toEqual([]);
      await pass(3_500);
      expect(await arrived()).toEqual([message]);
    });

    it('sends nothing that was cancelled, and takes a cancellation of nothing', async () => {
      const { scheduler, now, pass, arrived } = await open();
      await scheduler.schedule({ id: 'reports-2', at: now() + 1_000, address, message });
      await scheduler.cancel('reports-2');
      await scheduler.cancel('reports-2');
      await pass(2_500);
      expect(await arrived()).toEqual([]);
    });
  });
}
