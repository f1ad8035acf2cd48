import { describe, expect, it } from 'vitest';
import { drain } from '../../../../shared/outbox/drain.ts';
import { playHistory } from './history.ts';
import type { DrainFunction } from './stepped-drain.ts';
import { WRONG_DRAINS } from './wrong-drains.ts';

const HISTORIES = 10_000;

async function firstWrong(run: DrainFunction, histories: number): Promise<string | undefined> {
  for (let seed = 1; seed <= histories; seed += 1) {
    const wrong = await playHistory(run, seed);
    if (wrong) return wrong;
  }
  return undefined;
}

describe(`${HISTORIES} random histories`, () => {
  it('never have the cache serve a row older than the last change that was drained, and lose none', async () => {
    expect(await firstWrong(drain, HISTORIES)).toBeUndefined();
  });

  it.each(Object.entries(WRONG_DRAINS))('find what is wrong with a drain that %s', async (_, run) => {
    expect(await firstWrong(run, HISTORIES)).toMatch(/drained/);
  });
});
