import { describe, expect, it } from 'vitest';
import { jobFunctions, jobQueues } from '../../infra/job-topology.ts';

describe('the topology of the jobs', () => {
  it('has a queue for each lane, that hides for six times the timeout and the window', () => {
    expect(Object.keys(jobQueues)).toHaveLength(13);
    // 30 s for the job, 10 s to hand back, 5 s to start; 1 s of window.
    expect(jobFunctions['process-notifications'].timeoutSeconds).toBe(45);
    expect(jobQueues['notifications-high']).toEqual({ visibilitySeconds: 271, maxReceives: 100 });
    expect(jobQueues).not.toHaveProperty('warming-high');
  });

  it('has a function for each type, fed by all its lanes', () => {
    expect(Object.keys(jobFunctions)).toHaveLength(9);
    expect(jobFunctions['process-search-indexing'].queues).toEqual([
      { name: 'search-indexing', batchSize: 100, windowSeconds: 2, maxConcurrency: 5 },
      { name: 'search-indexing-high', batchSize: 100, windowSeconds: 2, maxConcurrency: 5 },
    ]);
    const fed = Object.values(jobFunctions).flatMap(({ queues = [] }) => queues.map(({ name }) => name));
    expect(fed.sort()).toEqual(Object.keys(jobQueues).sort());
  });
});
