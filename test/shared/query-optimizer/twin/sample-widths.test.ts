import { expect, it } from 'vitest';
import { DatabaseError, type Session } from '../../../../shared/query-optimizer/session.ts';
import { sampleWidths } from '../../../../shared/query-optimizer/twin/sample-widths.ts';
import { columnStatistics } from './sources.ts';

/** Says of each value as many bytes as it has letters. */
const session: Session = {
  query: async (_sql, [values] = []) =>
    String(values)
      .slice(1, -1)
      .split(',')
      .map(({ length }) => ({ width: length })),
  close: () => Promise.resolve(),
};
const question = { sql: 'name', column: 'name', columnType: 'text' };

it('of a column that most rows lack the common values are as common as they are among those that have one', async () => {
  const known = columnStatistics('person', 'name', {
    nullFraction: 0.6,
    mostCommonValues: '{aa}',
    mostCommonFrequencies: [0.3],
    histogramBounds: '{bbbb,cccccc}',
  });
  expect(await sampleWidths(session, question, known)).toEqual([
    [2, expect.closeTo(0.75, 9)],
    [4, expect.closeTo(0.125, 9)],
    [6, expect.closeTo(0.125, 9)],
  ]);
});

it('equal widths are one, with the share of all', async () => {
  const known = columnStatistics('person', 'name', { histogramBounds: '{aa,bb,ccc,dd}' });
  expect(await sampleWidths(session, question, known)).toEqual([
    [2, expect.closeTo(0.75, 9)],
    [3, expect.closeTo(0.25, 9)],
  ]);
});

it('nothing is said where no value is known, or the server refuses', async () => {
  expect(await sampleWidths(session, question, columnStatistics('person', 'name', {}))).toBeUndefined();
  const refusing: Session = {
    ...session,
    query: () => Promise.reject(new DatabaseError('no such type', '42704')),
  };
  const known = columnStatistics('person', 'name', { histogramBounds: '{a,b}' });
  expect(await sampleWidths(refusing, question, known)).toBeUndefined();
});
