import { describe, expect, it } from 'vitest';
import { createWarmingTask } from '../../../../functions/process-jobs/tasks/warming.ts';
import type { TaskContext } from '../../../../shared/jobs/worker/task.ts';
import type { WarmOutcome } from '../../../../shared/warm/outcome.ts';

const NOW = 1_700_000_000_000;

function createScene(outcome: (path: string) => WarmOutcome) {
  const runs: unknown[] = [];
  const task = createWarmingTask({
    async warm(paths, stopAt, signal) {
      runs.push({ paths, stopAt, signal });
      return new Map(paths.map(path => [path, outcome(path)]));
    },
  });
  const { signal } = new AbortController();
  const context = { clock: () => NOW, signal } as TaskContext;
  return { runs, signal, run: (paths: readonly string[]) => task({ paths }, context) };
}

describe('a warming job', () => {
  it('fetches its paths, and tells what became of them', async () => {
    const { run, runs, signal } = createScene(path => ({ kind: path === '/a' ? 'hit' : 'stored' }));
    expect(await run(['/a', '/b', '/c'])).toMatchObject({ requested: 3, hits: 1, stored: 2 });
    expect(runs).toEqual([{ paths: ['/a', '/b', '/c'], stopAt: NOW + 55_000, signal }]);
  });

  it.each([{ kind: 'failed', reason: 'answered 503' }, { kind: 'skipped' }] as const)(
    'is tried again when a path is $kind',
    async unfinished => {
      const { run } = createScene(path => (path === '/slow' ? unfinished : { kind: 'passed' }));
      await expect(run(['/a', '/slow'])).rejects.toMatchObject({
        code: 'WARMING_INCOMPLETE',
        message: expect.stringMatching(/^1 of 2 paths could not be fetched/),
      });
    },
  );
});
