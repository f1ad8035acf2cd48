import { expect, test } from 'vitest';
import { parseRequestId, requestIdOf } from '../../../shared/http/request-id.ts';

test.each(['a', '0b9e5c6e-1f6b-4a8e-9c62-1b1d', 'Root=1'.replace('=', ':'), 'x'.repeat(128)])(
  '%s is a name',
  text => {
    expect(parseRequestId(text)).toBe(text);
    expect(
      requestIdOf([
        ['accept', '*/*'],
        ['x-request-id', text],
      ]),
    ).toBe(text);
  },
);

test.each([null, '', 'a b', 'a,b', 'é', '"', '<script>', 'x'.repeat(129)])('%j is none', text => {
  expect(parseRequestId(text)).toBeUndefined();
  expect(requestIdOf(text === null ? [] : [['x-request-id', text]])).toBeUndefined();
});
