import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';
import { createTheatre, histories } from './history.ts';

it('every history ends as the model says, with nothing lost and nothing stuck', async () => {
  const theatre = await createTheatre(await createEngineRedis(createTestClock()));
  let played = 0;
  await fc.assert(
    fc.asyncProperty(histories, async steps => {
      played += 1;
      await theatre.play(steps);
    }),
    { numRuns: 150 },
  );
  expect(played).toBe(150);
});
