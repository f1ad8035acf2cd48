import { expect, test } from 'vitest';
import { plainDirectives } from '../../../shared/http/plain-directives.ts';

test.each([
  'no-cache',
  'max-age=0',
  'No-Cache, MAX-AGE="5"',
  'max-stale',
  'max-stale=60',
  'only-if-cached',
  '',
])('%j stays', value => {
  expect(plainDirectives(value)).toBe(value);
});

test.each([
  'evil',
  'max-age=evil',
  'max-age=0; evil',
  'max-age',
  'max-age=99999999999',
  'no-cache=evil',
  '"evil"',
  'max-age=0 evil',
])('of %j nothing stays', value => {
  expect(plainDirectives(value)).toBe('');
});

test('what is known stays beside what is not', () => {
  expect(plainDirectives('evil, no-cache,,max-age=5 ,<script>, x="no-store, max-age=1"')).toBe(
    'no-cache, max-age=5',
  );
});
