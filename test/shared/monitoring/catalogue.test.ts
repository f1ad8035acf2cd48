import { expect, test } from 'vitest';
import { METRICS } from '../../../shared/monitoring/catalogue.ts';
import { formatSeries } from '../../../shared/monitoring/series.ts';
import { readModules } from '../../rules/modules.ts';

test.each(Object.entries(METRICS))('%s is named as Prometheus asks', (name, { kind, labels }) => {
  expect(name.endsWith(kind === 'counter' ? '_total' : '_seconds')).toBe(true);
  expect(() => formatSeries(name, Object.fromEntries(labels.map(label => [label, 'x'])))).not.toThrow();
  expect(labels).toEqual([...labels].sort());
});

test('what is counted stands there, and what stands there is counted', () => {
  const counting = readModules(['edge', 'shared']).filter(
    ({ path }) => path !== 'shared/monitoring/catalogue.ts',
  );
  const named = counting.flatMap(({ text }) =>
    [...text.matchAll(/slot\(\s*'\w+',\s*'(\w+)'|create\('\w+', '(\w+)'/g)].map(
      ([, slot, made]) => slot ?? made,
    ),
  );
  expect([...new Set(named)].toSorted()).toEqual(Object.keys(METRICS).toSorted());
});
