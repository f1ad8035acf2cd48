import { expect, it } from 'vitest';
import { outboxMetrics } from '../../../functions/drain-outbox/outbox-metrics.ts';
import { NOTHING } from '../../../shared/outbox/drain.ts';

it('tells what was done and what is left; the lag is that of whatever waited longer', () => {
  const watched = { ...NOTHING, changes: 3, tags: 5, purges: 2, lagMs: 40.4, drains: 9, failures: 1 };
  const line = outboxMetrics(watched, { changes: 7, lagMs: 1_000.6 }, 1_800_000_000_000);
  expect(line).toMatchObject({ namespace: 'Headrace', dimensions: { function: 'drain-outbox' } });
  expect(Object.fromEntries(Object.entries(line.metrics).map(([name, { value }]) => [name, value]))).toEqual({
    OutboxBacklog: 7,
    OutboxLag: 1_001,
    OutboxChanges: 3,
    OutboxTags: 5,
    OutboxPurges: 2,
    OutboxRefusedTags: 0,
    OutboxFailures: 1,
  });
  expect(outboxMetrics(watched, { changes: 0, lagMs: 0 }, 0).metrics.OutboxLag?.value).toBe(40);
});
