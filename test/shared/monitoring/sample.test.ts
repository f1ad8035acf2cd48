import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import {
  addSamples,
  countOf,
  formatSample,
  parseSample,
  percentileOf,
  type Sample,
  type Spread,
} from '../../../shared/monitoring/sample.ts';
import { createMixture } from './mixture.ts';

const counts = fc.array(fc.tuple(fc.nat(104), fc.integer({ min: 1, max: 1e9 })));
const sample: fc.Arbitrary<Sample> = fc.oneof(
  fc.record({ kind: fc.constant('counter' as const), value: fc.nat() }),
  fc.record({
    kind: fc.constant('gauge' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
  fc.record({
    kind: fc.constantFrom('durations' as const, 'values' as const),
    sumThousandths: fc.nat(),
    counts: counts.map(pairs => new Map(pairs)),
  }),
);

test('what is written is read as it was', () => {
  fc.assert(
    fc.property(sample, one => {
      expect(parseSample(formatSample(one))).toEqual(normal(one));
    }),
  );
});

/** Zero below zero is written as zero. */
function normal(one: Sample): Sample {
  return one.kind === 'gauge' ? { ...one, value: one.value + 0 } : one;
}

test.each(['', 'c', 'cx', 'c-1', 'g', 'gx', 't', 't1,', 't1,2', 't1,2:', 'x1', 't1,2:3,', 'undefined'])(
  '%j is no sample',
  text => expect(parseSample(text)).toBeUndefined(),
);

describe('adding', () => {
  const spread = (values: readonly number[]): Sample => {
    const registry = createRegistry();
    const slot = registry.slot('durations', 'a');
    for (const value of values) registry.observe(slot, value);
    return parseSample(registry.take().get('a') ?? '') as Sample;
  };
  const values = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1 });

  test('two halves is the same as counting the whole, in whichever order', () => {
    fc.assert(
      fc.property(values, values, (some, others) => {
        const whole = spread([...some, ...others]) as Spread;
        for (const halves of [
          [some, others],
          [others, some],
        ] as const) {
          const both = addSamples(spread(halves[0]), spread(halves[1])) as Spread;
          expect([both.sumThousandths, new Map([...both.counts].sort())]).toEqual([
            whole.sumThousandths,
            new Map([...whole.counts].sort()),
          ]);
        }
      }),
    );
  });

  test('counters add up, the later gauge stands, and what was counted otherwise is replaced', () => {
    const [two, three] = [2, 3].map(value => ({ kind: 'counter', value }) as const);
    expect(addSamples(two, three as Sample)).toEqual({ kind: 'counter', value: 5 });
    expect(addSamples({ kind: 'gauge', value: 7 }, { kind: 'gauge', value: 1 })).toMatchObject({ value: 1 });
    expect(addSamples({ kind: 'gauge', value: 7 }, three as Sample)).toBe(three);
    expect(addSamples(undefined, three as Sample)).toBe(three);
  });
});

describe('percentiles', () => {
  const exact = (sorted: readonly number[], share: number) =>
    sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  const counted = (values: readonly number[]): Spread => {
    const registry = createRegistry();
    const slot = registry.slot('durations', 'a');
    for (const value of values) registry.observe(slot, value);
    return parseSample(registry.take().get('a') ?? '') as Spread;
  };

  test.each([1, 2, 3])('of 200,000 in a long-tailed mixture are within 6 % (seed %i)', seed => {
    const next = createMixture(seed);
    const values = Array.from({ length: 200_000 }, next);
    const sketch = counted(values);
    const sorted = values.toSorted((a, b) => a - b);
    for (const share of [0.5, 0.9, 0.95, 0.99, 0.999]) {
      const error = (percentileOf(sketch, share) ?? Number.NaN) / exact(sorted, share) - 1;
      expect(Math.abs(error)).toBeLessThan(0.06);
    }
    expect(countOf(sketch)).toBe(200_000);
  });

  test('of anything from 1 ms to 100 s are within 6 %, wherever they lie', () => {
    const values = fc.array(fc.double({ min: 1, max: 100_000, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (some, share) => {
        const estimate = percentileOf(counted(some), share) ?? Number.NaN;
        const truth = exact(
          some.toSorted((a, b) => a - b),
          share,
        );
        expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.06);
      }),
    );
  });

  test('of nothing are none', () => {
    expect(percentileOf({ kind: 'durations', sumThousandths: 0, counts: new Map() }, 0.5)).toBeUndefined();
  });
});
