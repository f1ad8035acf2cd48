import { expect, it } from 'vitest';
import { createTurns } from '../../../shared/primitives/turns.ts';

function gates() {
  const open: (() => void)[] = [];
  return { open, gate: () => new Promise<void>(resolve => open.push(resolve)) };
}

it('work on one key begins when the work before it has ended; other keys do not wait', async () => {
  const takeTurn = createTurns(10_000);
  const { open, gate } = gates();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(name);
    await gate();
  };
  const turns = [takeTurn(['a'], work('a1')), takeTurn(['a', 'b'], work('ab')), takeTurn(['c'], work('c'))];
  expect(log).toEqual(['a1', 'c']);
  open[0]?.();
  await turns[0];
  await new Promise(setImmediate);
  expect(log).toEqual(['a1', 'c', 'ab']);
  open[1]?.();
  open[2]?.();
  await Promise.all(turns);
});

it('work that fails does not stop the next, and keeps its error to itself', async () => {
  const takeTurn = createTurns(10_000);
  const failing = takeTurn(['a'], () => Promise.reject(new Error('no')));
  const next = takeTurn(['a'], async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});

it('nobody waits for ever', async () => {
  const takeTurn = createTurns(5);
  void takeTurn(['a'], () => new Promise(() => {}));
  expect(await takeTurn(['a'], async () => 'yes')).toBe('yes');
});
