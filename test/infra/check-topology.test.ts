import { describe, expect, it } from 'vitest';
import { checkTopology, type Topology } from '../../infra/check-topology.ts';
import { topology } from '../../infra/topology.ts';

const sound = {
  buckets: { lists: {} },
  queues: { work: { visibilitySeconds: 180, maxReceives: 5 } },
  functions: {
    worker: {
      entry: 'functions/worker/handler.ts',
      memoryMb: 128,
      timeoutSeconds: 30,
      schedule: { everySeconds: 60 },
      queues: [{ name: 'work', batchSize: 10 }],
      reads: ['lists' as never],
    },
  },
} satisfies Topology;

const withQueue = (change: object): Topology => ({
  ...sound,
  queues: { work: { ...sound.queues.work, ...change } },
});
const withFunction = (change: object): Topology => ({
  ...sound,
  functions: { worker: { ...sound.functions.worker, ...change } },
});

const withSource = (change: object, queue: object = {}): Topology => ({
  ...withQueue(queue),
  functions: {
    worker: { ...sound.functions.worker, queues: [{ name: 'work', batchSize: 10, ...change }] },
  },
});
const NIGHTLY = { type: 'analysis', payload: { database: 'main' }, cron: '0 3 * * ? *' } as const;

describe('checkTopology', () => {
  it('finds nothing wrong with the project’s own topology', () => {
    expect(checkTopology(topology)).toEqual([]);
  });

  it('accepts values on their bounds', () => {
    expect(checkTopology(sound)).toEqual([]);
    expect(checkTopology(withFunction({ memoryMb: 10_240, queues: [], timeoutSeconds: 900 }))).toEqual([]);
  });

  it('asks a queue to hide messages for six times its consumer’s timeout', () => {
    expect(checkTopology(withQueue({ visibilitySeconds: 179 }))).toEqual([
      'queues.work.visibilitySeconds is 179, less than 180: six times functions.worker.timeoutSeconds, and the window',
    ]);
  });

  it.each([
    ['queues.work.visibilitySeconds is 43201', withQueue({ visibilitySeconds: 43_201 })],
    ['queues.work.maxReceives is 0', withQueue({ maxReceives: 0 })],
    ['functions.worker.memoryMb is 127', withFunction({ memoryMb: 127 })],
    ['functions.worker.memoryMb is 128.5', withFunction({ memoryMb: 128.5 })],
    ['functions.worker.timeoutSeconds is 901', withFunction({ timeoutSeconds: 901, queues: [] })],
    ['functions.worker.queues.work.batchSize is 11', withSource({ batchSize: 11 })],
    [
      'functions.worker.queues.work.windowSeconds is 301',
      withSource({ windowSeconds: 301 }, { visibilitySeconds: 900 }),
    ],
    ['functions.worker.queues.work.maxConcurrency is 1', withSource({ maxConcurrency: 1 })],
    ['queues.work.visibilitySeconds is 180, less than 182', withSource({ windowSeconds: 2 })],
    ['functions.worker.queues names gone', withSource({ name: 'gone' })],
    [
      'crons.nightly.type is unknown',
      { ...sound, crons: { nightly: { ...NIGHTLY, type: 'unknown' as never } } },
    ],
    ['crons.nightly.cron is 0 3', { ...sound, crons: { nightly: { ...NIGHTLY, cron: '0 3 * *' } } }],
    ['functions.worker.schedule.everySeconds is 90', withFunction({ schedule: { everySeconds: 90 } })],
    ['functions.worker.reads names gone', withFunction({ reads: ['gone'] })],
    ['functions.worker.writes names gone', withFunction({ writes: ['gone'] })],
    ['functions.worker.clears names gone', withFunction({ clears: ['gone'] })],
    ['queues.work.fedBy names gone', withQueue({ fedBy: 'gone' })],
    ['buckets.lists.expiresAfterDays is 0', { ...sound, buckets: { lists: { expiresAfterDays: 0 } } }],
  ])('says %s', (finding, wrong) => {
    const problems = checkTopology(wrong);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(finding);
  });
});
