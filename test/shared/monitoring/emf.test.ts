import { expect, test } from 'vitest';
import { type EmfLine, formatEmf } from '../../../shared/monitoring/emf.ts';

const LINE: EmfLine = {
  namespace: 'Headrace',
  at: 1_800_000_000_000,
  dimensions: { function: 'warm-cache' },
  metrics: { PathsStored: { value: 7, unit: 'Count' }, Duration: { value: 1_250.5, unit: 'Milliseconds' } },
};

test('a line is what CloudWatch makes metrics of', () => {
  expect(formatEmf(LINE)).not.toContain('\n');
  expect(JSON.parse(formatEmf(LINE))).toEqual({
    _aws: {
      Timestamp: 1_800_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Headrace',
          Dimensions: [['function']],
          Metrics: [
            { Name: 'PathsStored', Unit: 'Count' },
            { Name: 'Duration', Unit: 'Milliseconds' },
          ],
        },
      ],
    },
    function: 'warm-cache',
    PathsStored: 7,
    Duration: 1_250.5,
  });
});

test.each<[string, Partial<EmfLine>]>([
  ['no number', { metrics: { A: { value: Number.NaN, unit: 'Count' } } }],
  ['a name that is a dimension’s too', { metrics: { function: { value: 1, unit: 'Count' } } }],
  [
    '101 metrics',
    {
      metrics: Object.fromEntries(
        Array.from({ length: 101 }, (_, n) => [`m${n}`, { value: 1, unit: 'Count' }]),
      ),
    },
  ],
  ['31 dimensions', { dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`d${n}`, 'x'])) }],
])('%s is refused', (_, wrong) => {
  expect(() => formatEmf({ ...LINE, ...wrong })).toThrow(RangeError);
});
