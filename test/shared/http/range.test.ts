import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import {
  asksForPart,
  type ByteRange,
  decideRange,
  MAX_RANGES,
  type RangeDecision,
} from '../../../shared/http/range.ts';

const MODIFIED = 'Mon, 21 Sep 2026 12:00:00 GMT';
const STORED: Fields = [
  ['etag', '"a"'],
  ['last-modified', MODIFIED],
  ['date', 'Mon, 21 Sep 2026 12:00:01 GMT'],
];

interface Given {
  readonly bodyBytes?: number;
  readonly method?: string;
  readonly status?: number;
  readonly fields?: Fields;
  readonly ifRange?: string;
}

function decide(range: string | undefined, given: Given = {}): RangeDecision {
  const { bodyBytes = 10_000, method = 'GET', status = 200, fields = STORED, ifRange } = given;
  const requestFields: Fields = [
    ...(range === undefined ? [] : [['range', range] as const]),
    ...(ifRange === undefined ? [] : [['if-range', ifRange] as const]),
  ];
  return decideRange({ method, requestFields, status, fields, bodyBytes });
}

/** [[0, 499]] for one part, several pairs for several; else the kind. */
function parts(decision: RangeDecision): string | (readonly [number, number])[] {
  if (decision.kind === 'part') return [[decision.start, decision.end]];
  return decision.kind === 'parts'
    ? decision.parts.map(({ start, end }) => [start, end] as const)
    : decision.kind;
}

describe('the RFC’s examples, of 10,000 bytes (RFC 9110 §14.1.2)', () => {
  it.each([
    ['bytes=0-499', [[0, 499]]],
    ['bytes=500-999', [[500, 999]]],
    ['bytes=-500', [[9500, 9999]]],
    ['bytes=9500-', [[9500, 9999]]],
    [
      'bytes=0-0,-1',
      [
        [0, 0],
        [9999, 9999],
      ],
    ],
    [
      'bytes= 0-999, 4500-5499, -1000',
      [
        [0, 999],
        [4500, 5499],
        [9000, 9999],
      ],
    ],
    // The same two bytes ranges as three, because two of them touch or overlap.
    ['bytes=500-600,601-999', [[500, 999]]],
    ['bytes=500-700,601-999', [[500, 999]]],
  ])('%s', (range, expected) => {
    expect(parts(decide(range))).toEqual(expected);
  });
});

describe('one range', () => {
  it.each([
    ['bytes=0-', [[0, 9999]]],
    ['bytes=9999-', [[9999, 9999]]],
    ['bytes=0-9999', [[0, 9999]]],
    ['bytes=5-99999999999999999999999', [[5, 9999]]],
    ['bytes=-99999999999999999999999', [[0, 9999]]],
    ['BYTES=1-2', [[1, 2]]],
    ['bytes=,1-2 , ,', [[1, 2]]],
    ['bytes=00001-2', [[1, 2]]],
  ])('%s', (range, expected) => {
    expect(parts(decide(range))).toEqual(expected);
  });

  it.each([
    'bytes=10000-',
    'bytes=10000-10001',
    'bytes=-0',
    'bytes=99999999999999999999-',
    'bytes=-0,20000-',
  ])('%s cannot be satisfied', range => expect(decide(range)).toEqual({ kind: 'unsatisfiable' }));

  it('what cannot be satisfied is left out while something else can (§14.1.1)', () => {
    expect(parts(decide('bytes=-0, 1-2, 20000-'))).toEqual([[1, 2]]);
  });
});

describe('the whole is the answer', () => {
  it.each([
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=1',
    'bytes=2-1',
    'bytes=1-2, 2-1',
    'bytes=1 - 2',
    'bytes=-1-2',
    'bytes=+1-2',
    'bytes=1.5-2',
    'bytes=0x1-2',
    'bytes =1-2',
    'bytes:1-2',
    'items=1-2',
    'bytes=1-2, bytes=3-4',
    'bytes="1-2"',
    '',
  ])('when Range is %j: invalid, or a unit we do not know (§14.2)', range => {
    expect(decide(range)).toEqual({ kind: 'whole' });
  });

  it('without Range, to other methods, of other statuses, of nothing (§14.2)', () => {
    expect(decide(undefined)).toEqual({ kind: 'whole' });
    expect(decide('bytes=0-1', { method: 'HEAD' })).toEqual({ kind: 'whole' });
    expect(decide('bytes=0-1', { method: 'POST' })).toEqual({ kind: 'whole' });
    for (const status of [203, 206, 301, 304, 404, 500])
      expect(decide('bytes=0-1', { status })).toEqual({ kind: 'whole' });
    expect(decide('bytes=0-1', { bodyBytes: 0 })).toEqual({ kind: 'whole' });
  });

  it('to more ranges than anyone needs (§17.15)', () => {
    const ask = (count: number) =>
      `bytes=${Array.from({ length: count }, (_, at) => `${at * 200}-${at * 200}`).join()}`;
    expect(parts(decide(ask(MAX_RANGES)))).toHaveLength(MAX_RANGES);
    expect(decide(ask(MAX_RANGES + 1))).toEqual({ kind: 'whole' });
  });

  it('to several ranges of an encoded body, whose coding a multipart could not tell', () => {
    const fields: Fields = [...STORED, ['content-encoding', 'gzip']];
    expect(decide('bytes=0-0,-1', { fields })).toEqual({ kind: 'whole' });
    expect(parts(decide('bytes=0-0', { fields }))).toEqual([[0, 0]]);
  });
});

describe('several ranges (§15.3.7.2)', () => {
  it('stay in the order of the request', () => {
    expect(parts(decide('bytes=-100, 0-9, 5000-5009'))).toEqual([
      [9900, 9999],
      [0, 9],
      [5000, 5009],
    ]);
  });

  it('become one where the gap is not worth a part', () => {
    expect(parts(decide('bytes=0-9, 90-99'))).toEqual([[0, 99]]);
    expect(parts(decide('bytes=0-9, 91-99'))).toEqual([
      [0, 9],
      [91, 99],
    ]);
    expect(parts(decide('bytes=5000-5009, 90-99, 0-9'))).toEqual([
      [5000, 5009],
      [0, 99],
    ]);
    expect(parts(decide(`bytes=${'0-,'.repeat(20)}0-`))).toEqual([[0, 9999]]);
  });
});

describe('If-Range (§13.1.5)', () => {
  const outcome = (ifRange: string, fields: Fields = STORED) => decide('bytes=0-1', { ifRange, fields }).kind;

  it.each([
    ['"a"', 'part'],
    [' "a" ', 'part'],
    ['"b"', 'whole'],
    ['W/"a"', 'whole'],
    ['"a", "b"', 'whole'],
    ['*', 'whole'],
    ['a', 'whole'],
    ['', 'whole'],
    [MODIFIED, 'part'],
    ['Mon, 21 Sep 2026 12:00:01 GMT', 'whole'],
    ['Mon, 21 Sep 2026 11:59:59 GMT', 'whole'],
    ['Monday, 21-Sep-26 12:00:00 GMT', 'whole'],
  ])('%j: %s', (ifRange, expected) => {
    expect(outcome(ifRange)).toBe(expected);
  });

  it('never trusts a weak tag, nor one that is not there', () => {
    expect(outcome('"a"', [['etag', 'W/"a"']])).toBe('whole');
    expect(outcome('W/"a"', [['etag', 'W/"a"']])).toBe('whole');
    expect(outcome('"a"', [])).toBe('whole');
  });

  it('trusts a date only when the response was sent a second or more later (§8.8.2.2)', () => {
    const modified = ['last-modified', MODIFIED] as const;
    expect(outcome(MODIFIED, [modified])).toBe('whole');
    expect(outcome(MODIFIED, [modified, ['date', MODIFIED]])).toBe('whole');
    expect(
      outcome('yesterday', [
        ['last-modified', 'yesterday'],
        ['date', MODIFIED],
      ]),
    ).toBe('whole');
  });

  it('trusts no date where one moment has several variants', () => {
    expect(outcome(MODIFIED, [...STORED, ['vary', 'Accept-Encoding']])).toBe('whole');
    expect(outcome('"a"', [...STORED, ['vary', 'Accept-Encoding']])).toBe('part');
  });
});

describe('whatever is asked', () => {
  const spec = fc.oneof(
    fc
      .tuple(fc.nat(400), fc.nat(400))
      .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`),
    fc.nat(400).map(first => `${first}-`),
    fc.nat(400).map(suffix => `-${suffix}`),
  );
  const specs = fc.array(spec, { minLength: 1, maxLength: 12 });
  const bodyBytes = fc.integer({ min: 1, max: 300 });
  const bytesOf = (ranges: readonly ByteRange[]) =>
    ranges.reduce((total, { start, end }) => total + end - start + 1, 0);
  const rangesOf = (decision: RangeDecision): readonly ByteRange[] => {
    if (decision.kind === 'parts') return decision.parts;
    return decision.kind === 'part' ? [decision] : [];
  };

  it('parts lie in the body, do not touch, and hold every byte asked for', () => {
    fc.assert(
      fc.property(specs, bodyBytes, (asked, total) => {
        const ranges = rangesOf(decide(`bytes=${asked.join(', ')}`, { bodyBytes: total }));
        const held = new Set(
          ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, at) => start + at)),
        );
        expect(held.size).toBe(bytesOf(ranges));
        expect([...held].every(at => at >= 0 && at < total)).toBe(true);
        for (const text of asked) for (const at of wanted(text, total)) expect(held.has(at)).toBe(true);
      }),
    );
  });

  it('never throws, and gives only what it can', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789-,= bytes') }),
        bodyBytes,
        (text, total) => {
          expect(bytesOf(rangesOf(decide(text, { bodyBytes: total })))).toBeLessThanOrEqual(total);
        },
      ),
    );
  });

  /** The bytes one spec asks for, counted the slow way. */
  function wanted(text: string, total: number): number[] {
    const [first, last] = text.split('-').map(part => (part === '' ? undefined : Number(part)));
    const all = Array.from({ length: total }, (_, at) => at);
    if (first === undefined) return all.filter(at => at >= total - (last ?? 0));
    return all.filter(at => at >= first && at <= (last ?? total));
  }
});

it('a GET asks for a part unless it asks for everything from the first byte on', () => {
  const asks = (range: string, method = 'GET') => asksForPart({ method, requestFields: [['range', range]] });
  for (const range of ['bytes=0-1', 'bytes=1-', 'bytes=-1', 'bytes=0-,5-', 'lines=0-', ''])
    expect([range, asks(range)]).toEqual([range, true]);
  for (const range of ['bytes=0-', ' Bytes=0- ']) expect([range, asks(range)]).toEqual([range, false]);
  expect(asks('bytes=0-1', 'HEAD')).toBe(false);
  expect(asksForPart({ method: 'GET', requestFields: [] })).toBe(false);
});
