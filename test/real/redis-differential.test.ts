/**
 * The embedded engine against a real redis-server: the same commands in the same order must get the same replies.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../infra/local/redis/engine.ts';
import type { Reply } from '../../infra/local/redis/reply.ts';
import { RedisError } from '../../shared/redis/redis.ts';
import { startRedisServer } from '../contracts/redis-tier.ts';
import { redisServerProgram } from '../contracts/tier.ts';
import { hashes, keys, lists, others, sets, sortedSets, strings, type Text } from './redis-commands.ts';

let server: Awaited<ReturnType<typeof startRedisServer>>;
let engine: Engine;
beforeAll(async () => {
  const program = redisServerProgram();
  if (!program) throw new Error('runs on the real tier only');
  server = await startRedisServer(program);
  engine = await createEngine({ clock: Date.now, random: Math.random });
});
afterAll(() => server.stop());

/** What these give back has no order that Redis promises. */
const UNORDERED =
  /^(KEYS|HGETALL|HKEYS|HVALS|SMEMBERS|SPOP|SRANDMEMBER|SUNION|SINTER|SDIFF|SCAN|HSCAN|SSCAN)$/;

function comparable(reply: Reply, ordered: boolean): unknown {
  if (reply instanceof RedisError) return { error: reply.message };
  if (reply instanceof Uint8Array) return Buffer.from(reply).toString('latin1');
  if (!Array.isArray(reply)) return reply;
  const items = reply.map(item => comparable(item, ordered));
  return ordered ? items : items.sort();
}

async function bothReply(words: Text): Promise<[engine: unknown, server: unknown]> {
  const bytes = words.map(word => Buffer.from(word));
  const ordered = !UNORDERED.test(words[0] ?? '');
  const replies = [engine.run(bytes), await server.executor.run(bytes)] as const;
  // The seconds left may change between the two.
  const [mine, theirs] = words[0] === 'TTL' ? replies.map(reply => Math.sign(Number(reply))) : replies;
  return [comparable(mine ?? null, ordered), comparable(theirs ?? null, ordered)];
}

it.each([
  ['strings', strings],
  ['keys and strings', fc.oneof(keys, strings)],
  ['hashes', fc.oneof(hashes, keys)],
  ['sets', sets],
  ['sorted sets', sortedSets],
  ['lists', lists],
  ['all types at once', fc.oneof(strings, keys, hashes, sets, sortedSets, lists, others)],
])('%s', async (_, commands) => {
  const run = fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: 40 }), async sequence => {
    await bothReply(['FLUSHALL']);
    for (const words of sequence) {
      const [mine, theirs] = await bothReply(words);
      expect({ words, reply: mine }).toEqual({ words, reply: theirs });
    }
  });
  await fc.assert(run, { seed: 20_251_120, numRuns: 1_000 });
});
