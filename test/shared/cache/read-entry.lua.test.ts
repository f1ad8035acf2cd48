import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { READ_ENTRY } from '../../../shared/cache/read-entry.lua.ts';
import type { RedisReply } from '../../../shared/redis/redis.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis, type EngineRedis } from '../../fakes/engine-redis.ts';

const BASE = 'base';
const ENTRY = 'E1 0\na b,c\n{}';
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

let redis: EngineRedis;
beforeEach(async () => {
  redis = await createEngineRedis(createTestClock());
});

async function read(tags: readonly string[], ...facets: string[]): Promise<unknown> {
  const args = ['t:', 's:', tags.length, ...tags, ...facets];
  const [reply = null] = await redis.pipeline([['EVAL_RO', READ_ENTRY, 3, BASE, 'mark', 'purges', ...args]]);
  return plain(reply);
}

function plain(reply: RedisReply): unknown {
  if (reply instanceof Uint8Array) return new TextDecoder().decode(reply);
  return Array.isArray(reply) ? reply.map(plain) : reply;
}

const set = (key: string, value: string) => redis.pipeline([['SET', key, value]]);

describe('the script that reads an entry', () => {
  it('finds nothing where nothing is, and still tells of the tags', async () => {
    await set('mark', 'm');
    await set('t:x', 'hard');
    expect(await read(['x', 'y'])).toEqual(['m', '', '', '', ['hard', '', '', ''], []]);
    expect(await read([])).toEqual(['m', '', '', '', [], []]);
  });

  it('reads the entry with the tokens of its own tags, those already given left out', async () => {
    await set(BASE, ENTRY);
    await set('s:b,c', 'soft');
    expect(await read([])).toEqual(['', '', '', ENTRY, [], ['', '', '', 'soft']]);
    expect(await read(['b,c', 'x'])).toEqual(['', '', '', ENTRY, ['', 'soft', '', ''], ['', '']]);
  });

  it('follows forks to the variant: a facet that is there, empty, or absent', async () => {
    const forks = 'F1 0\nenc lang\n9\n';
    await set(BASE, forks);
    for (const text of ['enc:br\nlang:de', 'enc:\nlang:de', 'enc\nlang:de', 'enc\nlang'])
      await set(`${BASE}:${sha1(text)}`, `E1 0\n\n${text}`);
    const found = async (...facets: string[]) => ((await read(['x'], ...facets)) as string[])[3];
    expect(await found('dnt', '1', 'lang', 'de', 'enc', 'br')).toBe('E1 0\n\nenc:br\nlang:de');
    expect(await found('lang', 'de', 'enc', '')).toBe('E1 0\n\nenc:\nlang:de');
    expect(await found('lang', 'de')).toBe('E1 0\n\nenc\nlang:de');
    expect(await found()).toBe('E1 0\n\nenc\nlang');
    expect(await found('lang', 'fr')).toBe('');
    expect(((await read([])) as string[])[2]).toBe(forks);
  });

  it.each(['', 'E', 'E1 ', 'E1 0', 'E1 0\n', 'E1 0\na b', 'F1 ', 'F1 0\n', 'F1 0\nlang', 'F1', 'E2 0\na\n'])(
    'reads %j without an error, and takes no tags from what is not whole',
    async value => {
      await set(BASE, value);
      expect(await read([], 'lang', 'de')).toMatchObject({ 5: [] });
    },
  );

  it('reads a key of another type as nothing', async () => {
    await redis.pipeline([
      ['RPUSH', BASE, 'E1 '],
      ['RPUSH', 'mark', 'm'],
      ['RPUSH', 't:x', 'h'],
    ]);
    expect(await read(['x'])).toEqual(['', '', '', '', ['', ''], []]);
  });

  it('calls Redis once, and once more each for a variant and for other tags', async () => {
    const calls = async (work: () => Promise<unknown>) => {
      const before = redis.engine.scriptedCommands();
      await work();
      return redis.engine.scriptedCommands() - before;
    };
    expect(await calls(() => read(['a', 'b']))).toBe(1);
    await set(BASE, ENTRY);
    expect(await calls(() => read(['a', 'b,c']))).toBe(1);
    expect(await calls(() => read(['a']))).toBe(2);
    await set(BASE, 'F1 0\nlang\n9\n');
    await set(`${BASE}:${sha1('lang')}`, ENTRY);
    expect(await calls(() => read(['a']))).toBe(3);
  });
});
