import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { formatPath, wordFault, wordIssue } from '../../../shared/config/wrong-field.ts';

function firstIssue(schema: z.ZodType, input: unknown): [string, string] {
  const issue = schema.safeParse(input, { error: wordIssue }).error?.issues[0] ?? expect.fail('was accepted');
  return [formatPath(issue), issue.message];
}

const list = z.array(z.int().min(1).max(5)).min(1).max(2);

describe('what is wrong with a field', () => {
  it.each<[z.ZodType, unknown, string, string]>([
    [z.strictObject({ a: z.number() }), 'x', 'the configuration', 'must be an object'],
    [z.strictObject({ a: z.number() }), { a: 'x' }, 'a', 'must be a number'],
    [z.strictObject({ a: z.string() }), { a: 1 }, 'a', 'must be a text'],
    [z.strictObject({ a: list }), { a: 'x' }, 'a', 'must be a list'],
    [z.strictObject({ a: list }), { a: [] }, 'a', 'must not be empty'],
    [z.strictObject({ a: list }), { a: [1, 1, 1] }, 'a', 'must be at most 2 long'],
    [z.strictObject({ a: list }), { a: [1, 0] }, 'a[1]', 'must be at least 1'],
    [z.strictObject({ a: list }), { a: [6] }, 'a[0]', 'must be at most 5'],
    [z.strictObject({ a: list }), { a: [1.5] }, 'a[0]', 'must be a whole number'],
    [z.strictObject({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'a', 'must be one of x, y'],
    [z.strictObject({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } }, 'a.b', 'is not known here'],
    [z.record(z.string().max(1, 'must be short'), z.number()), { long: 1 }, 'long', 'must be short'],
    [z.strictObject({ a: z.string('must be mine') }), { a: 1 }, 'a', 'must be mine'],
  ])('%#: path and words', (schema, input, path, words) => {
    expect(firstIssue(schema, input)).toEqual([path, words]);
  });
});

it.each([
  [{ a: 'x', b: 'y' }, 'a must be a number'],
  [7, 'the body must be an object'],
])('of %j the first that is wrong is said in one sentence: %s', (input, words) => {
  const { error } = z.strictObject({ a: z.number(), b: z.number() }).safeParse(input, { error: wordIssue });
  expect(wordFault(error ?? expect.fail('was accepted'), 'the body')).toBe(words);
});
