import { expect, test } from 'vitest';
import { hasPlainDirectives } from '../../../shared/http/plain-directives.ts';

test.each([
  'no-cache',
  'max-age=0',
  'No-Cache, MAX-AGE="5"',
  'max-stale',
  'max-stale=60',
  'only-if-cached,',
  '',
])('%j is plain', value => {
  expect(hasPlainDirectives(value)).toBe(true);
});

test.each([
  'evil',
  'max-age=evil',
  'max-age=0; evil',
  'max-age',
  'max-age=99999999999',
  'no-cache=evil',
  'no-cache, <script>',
  '"evil"',
  'max-age=0 evil',
])('%j is not', value => {
  expect(hasPlainDirectives(value)).toBe(false);
});
