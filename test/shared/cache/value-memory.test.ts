import { beforeEach, describe, expect, it } from 'vitest';
import { type HeldValue, holdValue } from '../../../shared/cache/held-value.ts';
import { encodeValue } from '../../../shared/cache/value-form.ts';
import { createValueMemory, type ValueMemory } from '../../../shared/cache/value-memory.ts';
import { createTestClock, type TestClock } from '../../fakes/clock.ts';

let clock: TestClock;
let memory: ValueMemory;
beforeEach(() => {
  clock = createTestClock(0);
  memory = createValueMemory({ maxBytes: 20_000, maxEntries: 10 }, clock);
});

function held(key: string, tags: readonly string[] = [], value: unknown = key): HeldValue {
  const { form, body } = encodeValue(value);
  const meta = { form, freshUntil: 50, staleUntil: 60 };
  return holdValue({ key, tags, body, meta, deadAt: 100 }, Number.POSITIVE_INFINITY);
}

it('holds a value until it is dead', () => {
  memory.put(held('k'));
  clock.advance(99);
  expect(memory.get('k')?.value).toBe('k');
  clock.advance(1);
  expect(memory.get('k')).toBeUndefined();
  expect(memory.size()).toEqual({ entries: 0, bytes: 0 });
});

it('keeps to its bytes, counting what a decoded value takes', () => {
  const list = Array.from({ length: 100 }, () => []);
  for (let i = 0; i < 50; i++) {
    memory.put(held(`k${i}`, ['a'], list));
    expect(memory.size().bytes).toBeLessThanOrEqual(20_000);
  }
  // A hundred empty lists are 300 bytes as text, and more than 6,000 in memory.
  expect(memory.size().entries).toBeLessThanOrEqual(3);
});

it('does not hold what is larger than all of it, nor what was there before', () => {
  memory.put(held('k'));
  memory.put(held('k', [], 'x'.repeat(20_000)));
  expect(memory.get('k')).toBeUndefined();
});

describe('a purge', () => {
  it('takes what carries one of the tags now, not what carried it before', () => {
    memory.put(held('a', ['t']));
    memory.put(held('b', ['t', 'u']));
    memory.put(held('b', ['u']));
    memory.purge(['t'], { soft: false });
    expect([memory.get('a'), memory.get('b')?.key]).toEqual([undefined, 'b']);
  });

  it('that is soft leaves the value, stale, and without the ticket of before', () => {
    memory.put({ ...held('a', ['t']), ticket: { mark: '', tokens: new Map(), at: 0, order: 1 } });
    memory.purge(['t'], { soft: true });
    expect(memory.get('a')).toMatchObject({ soft: true, ticket: undefined });
  });
});

describe('what happened since', () => {
  it.each<[string, () => void, boolean]>([
    ['a set of the key', () => memory.touch('k'), true],
    ['a delete of the key', () => memory.delete('k'), true],
    ['a purge of a tag', () => memory.purge(['t'], { soft: false }), true],
    ['a soft purge of a tag', () => memory.purge(['t'], { soft: true }), true],
    ['a set of another key', () => memory.touch('l'), false],
    ['a purge of another tag', () => memory.purge(['u'], { soft: false }), false],
  ])('%s is remembered', (_, happening, expected) => {
    const before = memory.position();
    happening();
    expect(memory.changedSince(before, 'k', ['t'])).toBe(expected);
    expect(memory.changedSince(memory.position(), 'k', ['t'])).toBe(false);
  });
});

it('a replacement that comes too late replaces nothing', () => {
  const [old, now] = [held('k', [], 'old'), held('k', [], 'now')];
  memory.put(old);
  memory.put(now);
  memory.replace(old, undefined);
  memory.replace(old, { ...old, soft: true });
  expect(memory.get('k')).toBe(now);
  memory.replace(now, undefined);
  expect(memory.get('k')).toBeUndefined();
});
