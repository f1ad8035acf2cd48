import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';
import { PLACES, runFaults, TROUBLES } from './faults.ts';

describe.each(PLACES)('$name', place => {
  it.each(TROUBLES)('%s: no accepted job is lost', async kind => {
    const random = createSeededRandom(7);
    const { accepted, refused, ended, lost } = await runFaults({ place, kind, jobs: 6, ratio: 0.5, random });
    expect({ lost, ended }).toEqual({ lost: 0, ended: accepted });
    expect(accepted + refused).toBe(6);
  });
});
