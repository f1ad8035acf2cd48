import { expect, it } from 'vitest';
import { createSlots } from '../../../functions/optimize-image/slots.ts';

function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { promise, resolve, reject, hasBegun: false };
}

async function begun(pieces: readonly { hasBegun: boolean }[]): Promise<number[]> {
  await new Promise(resolve => setImmediate(resolve));
  return pieces.flatMap(({ hasBegun }, at) => (hasBegun ? [at] : []));
}

it('begins so many at once, and the next when one has ended, in the order they came', async () => {
  const inSlot = createSlots(2);
  const pieces = [piece(), piece(), piece(), piece()];
  const results = pieces.map(each =>
    inSlot(() => {
      each.hasBegun = true;
      return each.promise;
    }),
  );
  expect(await begun(pieces)).toEqual([0, 1]);
  pieces[1]?.resolve('second');
  expect(await begun(pieces)).toEqual([0, 1, 2]);
  expect(await results[1]).toBe('second');
  // One that fails makes room like any other.
  pieces[0]?.reject(new Error('broken'));
  await expect(results[0]).rejects.toThrow('broken');
  expect(await begun(pieces)).toEqual([0, 1, 2, 3]);
});

it('is free again when all have ended', async () => {
  const inSlot = createSlots(1);
  await inSlot(async () => 'one');
  expect(await inSlot(async () => 'two')).toBe('two');
});
