/**
 * What Redis knows of application values: the value with the tokens of its tags, in as few commands as can be.
 *
 * A reader that is told the tags asks with one MGET. One that is not tries the same with the key's own tags, and asks again
 * when the value turns out to have others; from then on keys of that first segment are read by a script, in one trip.
 *
 * Errors  rejects with RedisUnavailable, or with the RedisError that Redis answered
 * Cost    one trip; two for the first value of a segment whose tags were not given. A script is billed as three commands
 */

import type { Clock } from '../primitives/clock.ts';
import { type Redis, RedisError, type RedisReply, RedisUnavailable } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import { implicitTags } from './implicit-tags.ts';
import type { UndatedTicket } from './redis-reader.ts';
import { pairTokens, type TokenPair } from './tokens.ts';
import type { DecodedValue } from './value-frame.ts';
import type { ValueKeys } from './value-keys.ts';
import { READ_VALUE } from './value-scripts.lua.ts';

export interface ValueAnswer {
  readonly decoded: DecodedValue | undefined;
  readonly answer: UndatedTicket;
}

export interface ValueReader {
  read(key: string, tags: readonly string[] | undefined): Promise<ValueAnswer>;
  readMany(keys: readonly string[], tags: readonly string[]): Promise<ValueAnswer[]>;
  readTokens(tags: readonly string[]): Promise<UndatedTicket>;
}

export interface ValueReaderDeps {
  readonly redis: Redis;
  readonly keys: ValueKeys;
  readonly clock: Clock;
  /** Of a value that is not whole or not this key's it is told, and answers undefined. */
  readonly decode: (bytes: Uint8Array, key: string) => DecodedValue | undefined;
}

const MOST_SEGMENTS = 1_000;

export function createValueReader({ redis, keys, clock, decode }: ValueReaderDeps): ValueReader {
  const script = createScript(READ_VALUE, { readOnly: true });
  /** First segments under which values had tags that nobody had given. */
  const learned = new Set<string>();

  function learn(key: string): void {
    if (learned.size >= MOST_SEGMENTS) learned.clear();
    learned.add(firstSegment(key));
  }

  async function ask(keysToRead: readonly string[], tags: readonly string[]) {
    const at = clock();
    const names = await Promise.all(keysToRead.map(keys.value));
    const [reply] = await redis.pipeline([['MGET', keys.mark, ...names, ...keys.tokens(tags)]]);
    const [mark, ...rest] = listOf(reply);
    const tokens = pairTokens(tags, rest.slice(names.length).map(textOf));
    return { mark: textOf(mark), at, tokens, values: rest.slice(0, names.length).map(bytesOf) };
  }

  /** Many at once: what none of them had told beforehand is asked for all in one more command. */
  async function readMany(wanted: readonly string[], tags: readonly string[]): Promise<ValueAnswer[]> {
    const known = unique([...wanted.flatMap(implicitTags), ...tags]);
    const { mark, at, tokens, values } = await ask(wanted, known);
    const decoded = values.map((bytes, i) => decode(bytes, wanted[i] ?? ''));
    const all = new Map<string, TokenPair>(tokens);
    const others = unique(decoded.flatMap(value => value?.stored.tags ?? [])).filter(tag => !all.has(tag));
    if (others.length > 0) for (const [tag, pair] of (await ask([], others)).tokens) all.set(tag, pair);
    for (const value of decoded)
      if (value?.stored.tags.some(tag => others.includes(tag))) learn(value.stored.key);
    return decoded.map(value => ({ decoded: value, answer: { mark, at, tokens: all } }));
  }

  async function readByScript(key: string): Promise<ValueAnswer> {
    const at = clock();
    const names = [await keys.value(key), keys.mark];
    const reply = await script.run(redis, names, [keys.hardPrefix, keys.softPrefix]);
    const [mark, value, flat] = listOf(reply);
    const decoded = decode(bytesOf(value), key);
    const tokens = new Map(pairTokens(decoded?.stored.tags ?? [], listOf(flat).map(textOf)));
    return { decoded, answer: { mark: textOf(mark), at, tokens } };
  }

  return {
    async read(key, tags) {
      if (tags === undefined && learned.has(firstSegment(key))) return readByScript(key);
      const [answer] = await readMany([key], tags ?? []);
      if (!answer) throw new RedisUnavailable('Redis answered nothing');
      return answer;
    },
    readMany,
    async readTokens(tags) {
      const { mark, at, tokens } = await ask([], tags);
      return { mark, at, tokens: new Map(tokens) };
    },
  };
}

export function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  if (reply instanceof RedisError) throw reply;
  // Taken for an empty list it would say that nothing was ever purged.
  if (!Array.isArray(reply)) throw new RedisUnavailable('Redis answered something other than a list');
  return reply;
}

const NOTHING = new Uint8Array();
const decoder = new TextDecoder();

export function textOf(reply: RedisReply | undefined): string {
  return decoder.decode(bytesOf(reply));
}

function bytesOf(reply: RedisReply | undefined): Uint8Array {
  return reply instanceof Uint8Array ? reply : NOTHING;
}

function firstSegment(key: string): string {
  return key.slice(0, key.indexOf(':') + 1);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
