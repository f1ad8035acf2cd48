import { expect, test } from 'vitest';
import { METRICS } from '../../../shared/monitoring/catalogue.ts';
import { formatSeries } from '../../../shared/monitoring/series.ts';

test.each(Object.entries(METRICS))('%s is named as Prometheus asks', (name, { kind, labels }) => {
  expect(name.endsWith(kind === 'counter' ? '_total' : '_seconds')).toBe(true);
  expect(() => formatSeries(name, Object.fromEntries(labels.map(label => [label, 'x'])))).not.toThrow();
  expect(labels).toEqual([...labels].sort());
});
