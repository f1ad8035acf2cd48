/**
 * The level of application values in Redis, shared by all processes: each value is bound to the tokens of its tags, and is
 * there only while they are. No tag sets, no scans, no clocks.
 *
 * Errors  rejects with RedisUnavailable or RedisError; what cannot be read is a miss, and told to `onEvent`
 * Cost    each method names its trips
 */

import type { Clock } from '../primitives/clock.ts';
import type { CreateId } from '../primitives/ids.ts';
import type { Redis, RedisCommand } from '../redis/redis.ts';
import { createScript } from '../redis/script.ts';
import type { ApplicationListener } from './application-events.ts';
import { type Packing, packBody, unpackBody } from './body-codec.ts';
import { createPurgeKnowledge } from './purge-knowledge.ts';
import {
  comparePurges,
  type PurgeState,
  pairTokens,
  selectTokens,
  type Ticket,
  type TokenPair,
} from './tokens.ts';
import { createBinding } from './value-binding.ts';
import { asText, fitsIntoUrl, throwRefusals } from './value-commands.ts';
import { createValueFinder } from './value-finder.ts';
import { bindFrame, type DecodedValue, frameValue, type StoredValue, unframeValue } from './value-frame.ts';
import { createValueKeys } from './value-keys.ts';
import { createValueReader, listOf, textOf, type ValueAnswer } from './value-reader.ts';
import { BIND_VALUE } from './value-scripts.lua.ts';

export interface ValueStoreDeps {
  readonly redis: Redis;
  readonly clock: Clock;
  readonly createId: CreateId;
  readonly onEvent: ApplicationListener;
  readonly packing: Packing;
}

export interface ValueStoreOptions {
  readonly keyPrefix: string;
  readonly tagsTtlMs: number;
  readonly strictTags: boolean;
}

export interface ValueReading {
  readonly stored: StoredValue | undefined;
  readonly ticket: Ticket;
}

export interface CheckedTicket {
  readonly ticket: Ticket;
  readonly soft: boolean;
}

export type ValueStore = ReturnType<typeof createValueStore>;

export function createValueStore(deps: ValueStoreDeps, options: ValueStoreOptions) {
  const { redis, clock, createId, onEvent, packing } = deps;
  const keys = createValueKeys(options.keyPrefix);
  const reader = createValueReader({ redis, keys, clock, decode });
  const knowledge = createPurgeKnowledge({ clock, tagsTtlMs: options.tagsTtlMs });
  const bindTokens = createBinding({ ...deps, ...options, keys, reader, knowledge });
  const bindScript = createScript(BIND_VALUE);

  function decode(bytes: Uint8Array, key: string): DecodedValue | undefined {
    if (bytes.byteLength === 0) return undefined;
    const decoded = unframeValue(bytes);
    if (decoded?.stored.key === key) return decoded;
    onEvent({ kind: 'value-unreadable', key });
    return undefined;
  }

  async function accept({ decoded, answer }: ValueAnswer): Promise<ValueReading> {
    const ticket = knowledge.learn(answer);
    const stored = decoded && survive(decoded, ticket);
    if (!stored) return { stored: undefined, ticket };
    const { coding } = stored.meta;
    const body = await unpackBody({ ...(coding !== undefined && { coding }), body: stored.body }, packing);
    if (!body) onEvent({ kind: 'value-unreadable', key: stored.key });
    return { stored: body && { ...stored, body }, ticket };
  }

  function judge(bound: readonly TokenPair[] | undefined, now: readonly TokenPair[] | undefined): PurgeState {
    return options.strictTags && now?.some(([hard]) => hard === '') ? 'purged' : comparePurges(bound, now);
  }

  /** The value as the tokens of now make it, or undefined when it was purged since it was bound. */
  function survive({ stored, tokens }: DecodedValue, ticket: Ticket): StoredValue | undefined {
    const state = judge(tokens, selectTokens(ticket.tokens, stored.tags));
    if (state === 'purged' || stored.deadAt <= clock()) return undefined;
    return { ...stored, ticket, ...(state === 'soft' && { soft: true }) };
  }

  async function pack(value: StoredValue): Promise<Uint8Array<ArrayBuffer>> {
    const packed = await packBody(value.body, packing);
    if (packed.coding === undefined) return frameValue(value);
    const savedBytes = value.body.byteLength - packed.body.byteLength;
    onEvent({ kind: 'compressed', key: value.key, savedBytes });
    return frameValue({ ...value, body: packed.body, meta: { ...value.meta, coding: packed.coding } });
  }

  const lifeOf = ({ deadAt }: StoredValue) => Math.max(1, Math.ceil(deadAt - clock()));

  async function setCommand(value: StoredValue, tokens: readonly TokenPair[]): Promise<RedisCommand> {
    const bytes = bindFrame(await pack(value), tokens);
    return ['SET', await keys.value(value.key), bytes, 'PX', lifeOf(value)];
  }

  /** In one trip: the script binds to the tokens of the moment in which it writes. */
  async function bindNow(value: StoredValue): Promise<Ticket> {
    const names = [await keys.value(value.key), keys.mark, ...keys.tokens(value.tags)];
    const at = clock();
    const reply = await bindScript.run(redis, names, [lifeOf(value), await pack(value)]);
    const [mark = '', ...tokens] = listOf(reply).map(textOf);
    return knowledge.learn({ mark, at, tokens: new Map(pairTokens(value.tags, tokens)) });
  }

  async function ticketOfNow(tags: readonly string[]): Promise<Ticket> {
    return knowledge.recall(tags) ?? knowledge.learn(await reader.readTokens(tags));
  }

  return {
    keys,
    find: createValueFinder(redis, keys),
    /** One trip; two for the first tags of a segment that were not given. */
    async read(key: string, tags: readonly string[] | undefined): Promise<ValueReading> {
      return accept(await reader.read(key, tags));
    },
    /** One command for all; one more for tags that were not given. */
    async readMany(wanted: readonly string[], tags: readonly string[]): Promise<ValueReading[]> {
      return Promise.all((await reader.readMany(wanted, tags)).map(accept));
    },
    /** After a load: kept unless one of the tags was purged since the ticket. One trip, one more for unknown tags. */
    async write(value: StoredValue, ticket: Ticket): Promise<Ticket | undefined> {
      const tokens = await bindTokens(ticket, value.tags);
      if (!tokens) return undefined;
      throwRefusals(await redis.pipeline([await setCommand(value, tokens)]));
      return { ...ticket, tokens: pairOf(value.tags, tokens) };
    },
    /** A value of now. One trip: where its tokens are known a SET, else the script. */
    async put(value: StoredValue): Promise<Ticket | undefined> {
      const known = knowledge.recall(value.tags);
      if (!known && !options.strictTags && fitsIntoUrl(value.tags)) return bindNow(value);
      return this.write(value, known ?? (await ticketOfNow(value.tags)));
    },
    /** One trip for all that is text, one more where tokens are not known, one for each value of bytes. */
    async putMany(values: readonly StoredValue[]): Promise<(Ticket | undefined)[]> {
      const tags = [...new Set(values.flatMap(value => value.tags))];
      const ticket = await ticketOfNow(tags);
      const all = await bindTokens(ticket, tags);
      if (!all) return values.map(() => undefined);
      const bound = new Map(pairTokens(tags, all.flat()));
      const tokensOf = (value: StoredValue) => selectTokens(bound, value.tags) ?? [];
      const commands = await Promise.all(
        values.map(value => setCommand(value, tokensOf(value)).then(asText)),
      );
      if (commands.length > 0) throwRefusals(await redis.pipeline(commands));
      return values.map(() => ({ ...ticket, tokens: bound }));
    },
    async delete(wanted: readonly string[]): Promise<void> {
      const names = await Promise.all(wanted.map(keys.value));
      if (names.length > 0) throwRefusals(await redis.pipeline([['DEL', ...names]]));
    },
    /** One command, whatever hangs on the tags. */
    async purge(tags: readonly string[], { soft }: { readonly soft: boolean }): Promise<void> {
      const prefix = soft ? keys.softPrefix : keys.hardPrefix;
      if (tags.length === 0) return;
      const pairs = tags.flatMap(tag => [prefix + tag, createId()]);
      throwRefusals(await redis.pipeline([['MSET', ...pairs, keys.mark, createId()]]));
      knowledge.doubt();
    },
    isCurrent: (ticket: Ticket) => knowledge.isCurrent(ticket),
    /** What Redis says now of what was bound by an older ticket; undefined when it was purged. One command. */
    async check(tags: readonly string[], bound: Ticket): Promise<CheckedTicket | undefined> {
      const ticket = knowledge.learn(await reader.readTokens(tags));
      if (bound.mark === ticket.mark && !options.strictTags) return { ticket, soft: false };
      const state = judge(selectTokens(bound.tokens, tags), selectTokens(ticket.tokens, tags));
      return state === 'purged' ? undefined : { ticket, soft: state === 'soft' };
    },
  };
}

function pairOf(tags: readonly string[], tokens: readonly TokenPair[]): Map<string, TokenPair> {
  return new Map(pairTokens(tags, tokens.flat()));
}
