import { expect, it } from 'vitest';
import { runKilled } from './killed.ts';

it('consumers that are killed lose nothing, leave nothing stuck, and repeat no effect', async () => {
  const figures = await runKilled({ jobs: 40, consumers: 2, killRatio: 0.1, visibilitySeconds: 2 });
  expect(figures).toMatchObject({ accepted: 40, succeeded: 40, dead: 0, stuck: 0, effects: 40 });
  expect(figures.attempts).toBeGreaterThanOrEqual(40);
}, 60_000);
