import { expect, test } from 'vitest';
import { DEFAULT_WINDOW, PERFORMANCE_QUERY, WINDOWS } from '../../../shared/api/performance.ts';

test('a window is one of five, and an hour where none is named', () => {
  expect(PERFORMANCE_QUERY().parse({})).toEqual({ window: DEFAULT_WINDOW });
  for (const window of WINDOWS) expect(PERFORMANCE_QUERY().parse({ window })).toEqual({ window });
});

test.each([{ window: '2h' }, { window: '' }, { windows: '1h' }])('%o is refused', query => {
  expect(PERFORMANCE_QUERY().safeParse(query).success).toBe(false);
});
