import { expect, test } from 'vitest';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';

test('knows nothing at first, then all it learned of a URL', () => {
  const known = createKnownVary();
  expect(known.of('a')).toEqual([]);
  known.learn('a', ['accept-language']);
  known.learn('a', ['dpr', 'accept-language']);
  expect(known.of('a')).toEqual(['accept-language', 'dpr']);
  expect(known.of('b')).toEqual([]);
});

test('forgets the URLs it learned of longest ago', () => {
  const known = createKnownVary();
  known.learn('kept', ['dpr']);
  for (let i = 0; i < 5_000; i++) {
    if (i === 4_000) known.learn('kept', ['dpr']);
    known.learn(`url-${i}`, ['dpr']);
  }
  expect(known.of('url-0')).toEqual([]);
  expect(known.of('kept')).toEqual(['dpr']);
});

test('forgets long ones sooner: two megabytes hold them all', () => {
  const known = createKnownVary();
  const long = (n: number) => `${n} ${'x'.repeat(8_000)}`;
  for (let n = 0; n < 400; n++) known.learn(long(n), ['dpr']);
  expect([known.of(long(0)), known.of(long(399))]).toEqual([[], ['dpr']]);
});
