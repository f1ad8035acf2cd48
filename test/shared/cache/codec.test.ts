import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEntry, decodeForks, encodeEntry, encodeForks } from '../../../shared/cache/codec.ts';
import type { Entry } from '../../../shared/cache/entry.ts';
import type { TokenPair } from '../../../shared/cache/tokens.ts';

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const token = fc.constantFrom('', 'a1', 'b2');
const tag = fc.stringMatching(/^[!-~]{1,12}$/);
const tagged = fc.array(fc.tuple(tag, fc.tuple(token, token)), { maxLength: 4 });
const entries = fc
  .record({
    key: fc.string({ unit: 'grapheme' }),
    deadAt: fc.nat(),
    meta: fc.jsonValue({ maxDepth: 2 }),
    body: fc.uint8Array({ maxLength: 60 }),
    tagged,
  })
  .map(({ tagged: pairs, body, meta, ...rest }) => ({
    entry: {
      ...rest,
      // What JSON makes of it: -0 is 0.
      meta: JSON.parse(JSON.stringify(meta)) as unknown,
      body: Uint8Array.from(body),
      tags: pairs.map(([name]) => name),
    } satisfies Entry<unknown>,
    tokens: pairs.map(([, pair]): TokenPair => pair),
  }));

const ENTRY: Entry<unknown> = {
  key: 'k',
  deadAt: 7,
  meta: { a: 1 },
  tags: ['t1', ',u'],
  body: bytes('{"b":2}\n'),
};
const TOKENS: TokenPair[] = [
  ['x', ''],
  ['', 'y'],
];

describe('an entry', () => {
  it('comes back as it was, with the tokens it was bound to', () => {
    fc.assert(
      fc.property(entries, ({ entry, tokens }) => {
        expect(decodeEntry(encodeEntry(entry, tokens))).toEqual({ entry, tokens });
      }),
    );
  });

  it('has its checksum first and its tags in the second line, where the script looks for them', () => {
    const [first, second, third, ...rest] = Buffer.from(encodeEntry(ENTRY, TOKENS)).toString().split('\n');
    const follows = [second, third, ...rest].join('\n');
    expect(first).toBe(`E1 ${String(crc32(follows)).padStart(10, '0')}`);
    expect(second).toBe('t1 ,u');
    const head = '{"key":"k","deadAt":7,"tokens":[["x",""],["","y"]],"meta":{"a":1}}';
    expect(third).toBe(`${head.length} 8`);
    expect(rest.join('\n')).toBe(`${head}{"b":2}\n`);
  });

  it('is none with any one byte changed', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ entry, tokens }, at, change) => {
        const damaged = encodeEntry(entry, tokens);
        const position = at % damaged.length;
        damaged[position] = (damaged[position] ?? 0) ^ change;
        expect(decodeEntry(damaged)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none when cut or continued anywhere', () => {
    const whole = encodeEntry(ENTRY, TOKENS);
    for (let end = 0; end < whole.length; end++) expect(decodeEntry(whole.subarray(0, end))).toBeUndefined();
    expect(decodeEntry(bytes(`${Buffer.from(whole).toString()} `))).toBeUndefined();
  });

  it('is none when it is something else, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), junk => {
        expect(decodeEntry(junk)).toBeUndefined();
        expect(decodeForks(junk)).toBeUndefined();
      }),
    );
    expect(decodeEntry(bytes(encodeForks({ names: ['lang'], deadAt: 5 })))).toBeUndefined();
  });

  it('holds on to its own bytes only', () => {
    const { entry } = decodeEntry(encodeEntry(ENTRY, TOKENS)) ?? expect.fail();
    expect(entry.body.buffer.byteLength).toBe(entry.body.byteLength);
  });

  it('whose tags a line cannot hold is none, rather than one with other tags', () => {
    for (const tags of [
      ['a b', 'c'],
      ['a\nb', 'c'],
      ['', 'c'],
      ['c', ''],
    ]) {
      const decoded = decodeEntry(encodeEntry({ ...ENTRY, tags }, TOKENS));
      expect(decoded === undefined || decoded.entry.tags.join() === tags.join()).toBe(true);
    }
  });
});

describe('forks', () => {
  it('come back as they were', () => {
    for (const names of [['lang'], ['accept', 'accept-encoding', 'lang']])
      expect(decodeForks(bytes(encodeForks({ names, deadAt: 1_800_000_000_000 })))).toEqual({
        names,
        deadAt: 1_800_000_000_000,
      });
  });

  it('have their names in the second line, where the script looks for them', () => {
    expect(encodeForks({ names: ['a', 'b'], deadAt: 5 })).toMatch(/^F1 \d{10}\na b\n5\n$/);
  });

  it('are none with any one byte changed, or cut', () => {
    const whole = bytes(encodeForks({ names: ['accept', 'lang'], deadAt: 1_800_000_000_000 }));
    for (let at = 0; at < whole.length; at++) {
      expect(decodeForks(whole.subarray(0, at))).toBeUndefined();
      for (const change of [1, 2, 16, 128])
        expect(decodeForks(whole.map((byte, i) => (i === at ? byte ^ change : byte)))).toBeUndefined();
    }
  });

  it('are none without names, or of an entry', () => {
    expect(decodeForks(bytes(encodeForks({ names: [], deadAt: 5 })))).toBeUndefined();
    expect(decodeForks(encodeEntry(ENTRY, TOKENS))).toBeUndefined();
  });
});
