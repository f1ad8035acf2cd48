import { expect, it } from 'vitest';
import { arrayOf } from '../../../../shared/query-optimizer/sql/array-text.ts';

it('reads an array as Postgres prints it', () => {
  expect(arrayOf('{a,"b c","say \\"no\\"","1,5","back\\\\slash"}')).toEqual([
    'a',
    'b c',
    'say "no"',
    '1,5',
    'back\\slash',
  ]);
  expect(arrayOf('{}')).toEqual([]);
});
