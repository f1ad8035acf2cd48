import { expect, it } from 'vitest';
import { createMostKeys } from '../../../../shared/query-optimizer/twin/most-keys.ts';

const schema = 'public';
const lines = { schema, name: 'lines' };
const constraint = (columns: readonly string[], name: string) => ({
  table: lines,
  name: `to_${name}`,
  kind: 'foreign',
  columns,
  references: { table: { schema, name }, columns, onDelete: 'a' },
  definition: '',
});
const mostKeys = createMostKeys({
  relations: [
    { schema, name: 'supplies', rows: 800 },
    { schema, name: 'parts', rows: 200 },
    { schema, name: 'empty', rows: -1 },
  ],
  constraints: [
    constraint(['part', 'supplier'], 'supplies'),
    constraint(['part'], 'parts'),
    constraint(['a', 'b'], 'empty'),
  ],
} as never);
const key = (name: string | undefined, distinct: number) => ({ name, distinct });

it.each([
  ['both columns of a reference', [key('part', 200), key('supplier', 100)], 800],
  ['in any order, with others', [key('supplier', 100), key('day', 30), key('part', 200)], 24_000],
  ['one of them alone', [key('part', 200), key('day', 30)], Number.POSITIVE_INFINITY],
  ['an expression', [key('part', 200), key(undefined, 100)], Number.POSITIVE_INFINITY],
  ['a table that nobody has counted', [key('a', 5), key('b', 5)], Number.POSITIVE_INFINITY],
] as const)('%s', (_, keys, expected) => {
  expect(mostKeys(lines, keys)).toBe(expected);
});
