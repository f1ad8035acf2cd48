import { describe, expect, it } from 'vitest';
import { CATALOGUE, isJobType, JOB_TYPES, lanesOf, queueNameOf } from '../../../shared/jobs/catalogue.ts';

const HOUR_MS = 3_600_000;

describe('the catalogue', () => {
  it('has the eight types', () => {
    const five = ['file-processing', 'ai-training', 'search-indexing', 'notifications', 'reports'];
    expect(JOB_TYPES).toEqual([...five, 'invalidation', 'analysis', 'warming']);
    expect(isJobType('reports')).toBe(true);
    expect(isJobType('toString')).toBe(false);
  });

  it.each(JOB_TYPES)('has numbers for %s that SQS and Lambda take', type => {
    const { attempts, backoff, timeoutMs, batch, lanes, perTenant } = CATALOGUE[type];
    expect(attempts).toBeGreaterThanOrEqual(1);
    expect(backoff.baseMs).toBeLessThanOrEqual(backoff.capMs);
    // Hiding a message for longer than twelve hours is refused.
    expect(backoff.capMs).toBeLessThan(12 * HOUR_MS);
    expect(backoff.capMs % 1000).toBe(0);
    expect(timeoutMs).toBeLessThanOrEqual(880_000);
    // More than ten at once need a window.
    expect(batch.size <= 10 || batch.windowSeconds >= 1).toBe(true);
    for (const lane of Object.values(lanes)) expect(lane.concurrency).toBeGreaterThanOrEqual(2);
    expect(perTenant).toBeGreaterThanOrEqual(1);
  });

  it('gives the five a high lane, and a queue to each lane', () => {
    const queues = JOB_TYPES.flatMap(type => lanesOf(CATALOGUE[type]).map(lane => queueNameOf(type, lane)));
    expect(queues).toEqual([
      ...['file-processing', 'file-processing-high', 'ai-training', 'ai-training-high'],
      ...['search-indexing', 'search-indexing-high', 'notifications', 'notifications-high'],
      ...['reports', 'reports-high', 'invalidation', 'analysis', 'warming'],
    ]);
  });
});
