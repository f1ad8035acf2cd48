import { expect, it } from 'vitest';
import { isPlainPrefix } from '../../../shared/http/url-prefix.ts';

const folder = (depth: number) => `/${'a/'.repeat(depth)}`;

it.each([
  [folder(8), true],
  [folder(9), false],
  [folder(8).slice(0, -1), true],
  [folder(9).slice(0, -1), false],
  [`/${'b'.repeat(510)}/`, true],
  [`/${'b'.repeat(511)}/`, false],
  ['/', true],
  ['/a?b', false],
  ['https://h/a/', true],
])('%s', (prefix, isPlain) => {
  expect(isPlainPrefix(prefix)).toBe(isPlain);
});
