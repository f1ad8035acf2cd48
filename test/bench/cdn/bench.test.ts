import { expect, it } from 'vitest';
import { missedBars, runKilled } from './run-killed.ts';

it('an invalidation whose process is killed loses nothing, pays nothing twice, and exceeds no limit', async () => {
  const figures = await runKilled({ urls: 120, tags: 30, kills: 1, speed: 40 });
  expect(missedBars(figures)).toEqual([]);
  expect(figures.cdns.site).toMatchObject({ fewest: 1, taken: 150 });
}, 60_000);
