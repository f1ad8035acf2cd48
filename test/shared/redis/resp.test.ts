import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RedisError, type RedisReply, RedisUnavailable } from '../../../shared/redis/redis.ts';
import { decodeReplies } from '../../../shared/redis/resp.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));

/** A reply next to the bytes that stand for it, both made by hand. */
interface Pair {
  readonly reply: RedisReply;
  readonly wire: string;
}

const line = fc.string({ unit: fc.constantFrom('a', 'Z', ' ', '-', '9') });
const leaf: fc.Arbitrary<Pair> = fc.oneof(
  fc.uint8Array().map(bytes => ({
    reply: bytes,
    wire: `$${bytes.length}\r\n${String.fromCharCode(...bytes)}\r\n`,
  })),
  fc.integer().map(number => ({ reply: number, wire: `:${number}\r\n` })),
  line.map(text => ({ reply: text, wire: `+${text}\r\n` })),
  line.map(text => ({ reply: new RedisError(text), wire: `-${text}\r\n` })),
  fc.constantFrom({ reply: null, wire: '$-1\r\n' }, { reply: null, wire: '*-1\r\n' }),
);
const { pair } = fc.letrec<{ pair: Pair }>(tie => ({
  pair: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('pair'), { maxLength: 4 }).map(pairs => ({
      reply: pairs.map(({ reply }) => reply),
      wire: `*${pairs.length}\r\n${pairs.map(({ wire }) => wire).join('')}`,
    })),
  ),
}));

describe('decodeReplies', () => {
  it('reads what RESP2 says, one reply after the other', () => {
    fc.assert(
      fc.property(fc.array(pair), pairs => {
        const wire = pairs.map(each => each.wire).join('');
        expect(decodeReplies(latin1(wire))).toEqual(pairs.map(({ reply }) => reply));
      }),
    );
  });

  it('refuses a reply that is cut off anywhere', () => {
    fc.assert(
      fc.property(pair, fc.nat(), ({ wire }, cut) => {
        const part = latin1(wire.slice(0, 1 + (cut % (wire.length - 1))));
        expect(() => decodeReplies(part)).toThrow(RedisUnavailable);
      }),
    );
  });

  it('answers any bytes with replies or RedisUnavailable', () => {
    const soup = fc.array(
      fc.constantFrom('*', '$', ':', '+', '-', '\r', '\n', '\r\n', '0', '1', '2', '-1', '9999999999', 'x'),
    );
    const garbage = fc.oneof(
      fc.uint8Array(),
      soup.map(parts => latin1(parts.join(''))),
    );
    fc.assert(
      fc.property(garbage, bytes => {
        try {
          expect(decodeReplies(bytes)).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(RedisUnavailable);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '*4294967296\r\n',
    '*1000000000\r\n:1\r\n',
    '$99999999999999999999\r\n',
    '$9007199254740993\r\nab\r\n',
    '*1\r\n'.repeat(100_000),
    '*-2\r\n',
    '$-2\r\n',
    ':\r\n',
    ':+1\r\n',
    ':1 \r\n',
    ':0x1\r\n',
    '$1\r\nab\r\n',
    '+a\nb',
    '\r\n',
    'PONG\r\n',
    '<!doctype html>\r\n',
  ])('refuses lies: %j', wire => {
    expect(() => decodeReplies(latin1(wire.slice(0, 400_000)))).toThrow(RedisUnavailable);
  });

  it('rounds an integer beyond 2^53 once', () => {
    expect(decodeReplies(latin1(':9223372036854775807\r\n:-9223372036854775808\r\n'))).toEqual([
      2 ** 63,
      -(2 ** 63),
    ]);
    expect(decodeReplies(latin1(':9007199254740991\r\n'))).toEqual([Number.MAX_SAFE_INTEGER]);
  });

  it('gives copies, so that a small part does not keep a big answer in memory', () => {
    const [bytes] = decodeReplies(latin1('$2\r\nab\r\n')) as [Uint8Array];
    expect(bytes.buffer.byteLength).toBe(2);
  });

  it('reads words in UTF-8', () => {
    expect(decodeReplies(new TextEncoder().encode('+Grüße\r\n'))).toEqual(['Grüße']);
  });
});
