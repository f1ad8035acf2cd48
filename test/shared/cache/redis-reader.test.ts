import { describe, expect, it } from 'vitest';
import { createRedisKeys } from '../../../shared/cache/redis-keys.ts';
import { createRedisReader } from '../../../shared/cache/redis-reader.ts';
import { type Redis, RedisError, type RedisReply } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const list = (...texts: string[]) => texts.map(bytes);
const lookup = (tags: string[]) => ({ base: 'k', facets: new Map([['lang', 'de']]), tags });

function readerOf(reply: RedisReply, onCall: () => void = () => {}) {
  const clock = createTestClock(1_000);
  const sent: unknown[] = [];
  const redis: Redis = {
    async pipeline(commands) {
      sent.push(...commands);
      clock.advance(50);
      onCall();
      return [reply];
    },
  };
  return { reader: createRedisReader(redis, createRedisKeys('p'), clock), sent };
}

describe('reading an entry', () => {
  it('asks with the tags that are known, each once, and the facets', async () => {
    const { reader, sent } = readerOf([bytes(''), bytes(''), bytes(''), bytes(''), list(), []]);
    await reader.readEntry(lookup(['a', 'b', 'a']));
    expect(sent).toEqual([
      [
        'EVALSHA_RO',
        expect.any(String),
        3,
        expect.any(String),
        'p:1:mark',
        'p:1:purges',
        'p:1:t:',
        'p:1:s:',
        2,
        'a',
        'b',
        'lang',
        'de',
      ],
    ]);
  });

  it('gives the tokens of the tags that were known and of those the entry turned out to have', async () => {
    const answer = [
      bytes('m'),
      bytes('m x'),
      bytes('F1'),
      bytes('E1'),
      list('ah', 'as', '', ''),
      list('ch', 'cs', 'dh', 'ds'),
    ];
    const reading = await readerOf(answer).reader.readEntry(lookup(['a', 'b']));
    const ticket = reading.ticket(['c', 'a', 'd', 'c']);
    expect([...ticket.tokens]).toEqual([
      ['a', ['ah', 'as']],
      ['b', ['', '']],
      ['c', ['ch', 'cs']],
      ['d', ['dh', 'ds']],
    ]);
    expect([ticket.mark, ticket.purges]).toEqual(['m', 'm x']);
    expect([reading.forks, reading.entry].map(part => new TextDecoder().decode(part))).toEqual(['F1', 'E1']);
  });

  it('dates what it was told by the moment it asked', async () => {
    const reading = await readerOf([bytes(''), bytes(''), bytes(''), bytes(''), [], []]).reader.readEntry(
      lookup([]),
    );
    expect(reading.ticket([]).at).toBe(1_000);
    expect((await readerOf(list('m')).reader.readTokens([])).at).toBe(1_000);
  });

  it('leaves a tag unknown for which no token came', async () => {
    const reading = await readerOf([
      bytes('m'),
      bytes(''),
      bytes(''),
      bytes(''),
      list('ah'),
      [],
    ]).reader.readEntry(lookup(['a']));
    expect([...reading.ticket(['c']).tokens]).toEqual([]);
  });
});

describe('reading tokens', () => {
  it('is one MGET of the mark, the last purges and two tokens a tag, where absent is empty', async () => {
    const { reader, sent } = readerOf([bytes('m'), bytes('m x'), null, bytes('s'), bytes('h'), null]);
    expect(await reader.readTokens(['a', 'b'])).toMatchObject({
      mark: 'm',
      purges: 'm x',
      tokens: new Map([
        ['a', ['', 's']],
        ['b', ['h', '']],
      ]),
    });
    expect(sent).toEqual([['MGET', 'p:1:mark', 'p:1:purges', 'p:1:t:a', 'p:1:s:a', 'p:1:t:b', 'p:1:s:b']]);
  });

  it.each([
    ['an error', new RedisError('OOM'), 'OOM'],
    ['no list', 'OK', 'something other than a list'],
    ['nothing', null, 'something other than a list'],
  ])('%s for an answer is thrown', async (_, reply, message) => {
    await expect(readerOf(reply).reader.readTokens(['a'])).rejects.toThrow(message);
    await expect(readerOf(reply).reader.readEntry(lookup([]))).rejects.toThrow(message);
  });
});
