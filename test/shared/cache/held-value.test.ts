import { expect, it } from 'vitest';
import { holdValue, openValue } from '../../../shared/cache/held-value.ts';
import { encodeValue } from '../../../shared/cache/value-form.ts';

function hold(value: unknown, key = 'k', tags: readonly string[] = []) {
  const { form, body } = encodeValue(value);
  const meta = { form, freshUntil: 1, staleUntil: 2 };
  return holdValue({ key, tags, body, meta, deadAt: 3 }, 4);
}

it('JSON is decoded once and given to everyone, anything else anew each time', () => {
  const [json, date] = [hold({ a: [1] }), hold({ at: new Date(0) })];
  expect(openValue(json)).toBe(openValue(json));
  expect(openValue(date)).toEqual({ at: new Date(0) });
  expect(openValue(date)).not.toBe(openValue(date));
});

it('its weight grows with everything that takes memory', () => {
  const plain = hold('').bytes;
  expect(hold('x'.repeat(1_000)).bytes - plain).toBe(2_000);
  expect(hold('', 'k'.repeat(1_001)).bytes - plain).toBe(2_000);
  expect(hold('', 'k', ['tag']).bytes).toBeGreaterThan(plain + 384);
  expect(hold(new Uint8Array(1_000)).bytes).toBeGreaterThan(plain + 900);
});
