import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readBody, readQuery } from '../../../edge/api/read-body.ts';

const SCHEMA = z.strictObject({ count: z.int().check(z.minimum(1)), name: z.optional(z.string()) });

describe('a body', () => {
  it('is what its schema makes of it', () => {
    expect(readBody('{"count":2}', SCHEMA)).toEqual({ ok: true, value: { count: 2 } });
  });

  it.each([
    ['', 'the body must be JSON.'],
    ['{"count":', 'the body must be JSON.'],
    ['[]', 'the body must be an object.'],
    ['null', 'the body must be an object.'],
    ['{}', 'count must be a number.'],
    ['{"count":0}', 'count must be at least 1.'],
    ['{"count":1,"more":2}', 'more is not known here.'],
  ])('%s is wrong in words', (text, words) => {
    expect(readBody(text, SCHEMA)).toEqual({ ok: false, words });
  });
});

it('a query is read like it', () => {
  expect(readQuery({ name: 'x' }, z.strictObject({ name: z.string() }))).toEqual({
    ok: true,
    value: { name: 'x' },
  });
  expect(readQuery({ b: 'x' }, z.strictObject({}))).toEqual({ ok: false, words: 'b is not known here.' });
});
