import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeValue, encodeValue } from '../../../shared/cache/value-form.ts';

const roundTrip = (value: unknown) => decodeValue(encodeValue(value));

describe('values come back as they went in', () => {
  const values: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['false', false],
    ['an empty text', ''],
    ['zero', 0],
    ['zero below zero', -0],
    ['no number', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['a text that looks like JSON', '{"a":1}'],
    ['a text of digits', '007'],
    ['half a character', '\ud800'],
    ['a bigint', 2n ** 70n],
    ['a date', new Date(1_700_000_000_123)],
    ['a date that is none', new Date(Number.NaN)],
    [
      'a map',
      new Map<unknown, unknown>([
        [{ id: 1 }, new Set([1n])],
        ['b', undefined],
      ]),
    ],
    ['a set', new Set(['a', new Date(0)])],
    ['bytes', Uint8Array.from({ length: 256 }, (_, i) => i)],
    ['bytes within', { bytes: new Uint8Array([0, 255]) }],
    ['lists with gaps of undefined', [1, undefined, [undefined]]],
    ['fields that are undefined', { a: undefined, b: 1 }],
    ['fields named like notes', { $: ['date', 0], more: { $: 'undefined' }, when: new Date(1) }],
    ['a field named __proto__', JSON.parse('{"__proto__":{"evil":1},"n":1}')],
  ];
  it.each(values)('%s', (_, value) => {
    const back = roundTrip(value);
    expect(back).toStrictEqual(value);
    expect(Object.getPrototypeOf(back ?? {})).toBe(Object.getPrototypeOf(value ?? {}));
  });

  it('whatever they are', () => {
    const value = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: false,
    });
    fc.assert(
      fc.property(value, any => {
        expect(roundTrip(any)).toStrictEqual(any);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('nobody can change what the next one reads', () => {
  it('JSON is frozen to its depths', () => {
    const back = roundTrip({ list: [{ a: 1 }] }) as { list: { a: number }[] };
    expect(() => back.list.push({ a: 2 })).toThrow(TypeError);
    expect(() => Object.assign(back.list[0] ?? {}, { a: 2 })).toThrow(TypeError);
  });

  it('bytes are copied, in and out', () => {
    const own = new Uint8Array([1]);
    const encoded = encodeValue(own);
    own[0] = 2;
    const first = decodeValue(encoded) as Uint8Array;
    first[0] = 3;
    expect(decodeValue(encoded)).toEqual(new Uint8Array([1]));
  });
});

describe('what has no meaning elsewhere is refused', () => {
  class Money {
    readonly cents = 1;
  }
  const endless: { self?: unknown } = {};
  endless.self = endless;
  it.each([
    ['a function', () => 1, /function/],
    ['a symbol within', { a: Symbol('a') }, /symbol/],
    ['an instance of a class', new Money(), /Money/],
    ['a promise', Promise.resolve(1), /Promise/],
    ['a value that contains itself', endless, /contain itself/],
  ])('%s', (_, value, message) => {
    expect(() => encodeValue(value)).toThrow(
      expect.objectContaining({ code: 'CACHE_VALUE_UNSUPPORTED', message: expect.stringMatching(message) }),
    );
  });

  it('but what says how it looks as JSON is taken at its word', () => {
    expect(roundTrip({ url: new URL('https://shop.test/a') })).toEqual({ url: 'https://shop.test/a' });
  });
});
