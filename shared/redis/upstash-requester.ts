/**
 * What `@upstash/redis`'s own `Redis` class asks through, in place of its stock client: `new Redis(createUpstashRequester(…))`
 * is the whole familiar API with a deadline, a single try for writes and two for reads, and bytes that stay bytes.
 *
 * All that is asked in one tick is one request, in the order in which it was asked; what has a signal of its own is sent
 * by itself.
 *
 * Shape   a command, or the commands of a pipeline or transaction -> { result } or { error }, as the class reads them
 * Errors  RedisUnavailable; RedisError for a transaction that was discarded; TypeError for a subscription, which needs a stream, and for an argument that is undefined
 * Cost    one HTTP request a tick, one more for each transaction
 */

import type { Breaker } from '../resilience/breaker.ts';
import { checkDeadline } from './deadline.ts';
import { createGuardedRedis } from './guarded-redis.ts';
import { createPerTick } from './per-tick.ts';
import { type Redis, type RedisCommand, RedisError, type RedisReply } from './redis.ts';
import { redisOver, sendOf, UPSTASH_DEFAULTS, type UpstashOptions } from './upstash.ts';
import { createUpstashConnection } from './upstash-connection.ts';
import { transactionsOver } from './upstash-transaction.ts';

/** Of what the class hands over, the part that matters here; its type is the class's own `UpstashRequest`. */
export interface RequesterCall {
  readonly path?: string[];
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly isStreaming?: boolean;
}

export interface UpstashRequester {
  request<Result = unknown>(call: RequesterCall): Promise<{ result?: Result; error?: string }>;
  /** The class reads it, and writes it to hand another client's writes on to this one. */
  upstashSyncToken: string;
  readYourWrites: boolean;
  /** The same database as a port: who is given the class finds our transport here. */
  readonly redis: Redis;
}

export type RequesterOptions = UpstashOptions & {
  /** While it is open nothing is sent. @default none */
  readonly breaker?: Breaker;
};

export function createUpstashRequester(options: RequesterOptions): UpstashRequester {
  const deadlineMs = checkDeadline(options.deadlineMs ?? UPSTASH_DEFAULTS.deadlineMs);
  const connection = createUpstashConnection(options, sendOf(options));
  const guard = (port: Redis) => (options.breaker ? createGuardedRedis(port, options.breaker) : port);
  const redis = guard(redisOver(connection, deadlineMs));
  const together = createPerTick(redis);
  const transactions = guard(transactionsOver(connection, deadlineMs));

  async function answer({ path: [kind] = [], body, signal, isStreaming }: RequesterCall) {
    if (isStreaming) throw new TypeError('this client has no streams: it cannot subscribe or monitor');
    const alone = kind === undefined;
    const commands = (alone ? [body] : body) as unknown[][];
    const port = kind === 'multi-exec' ? transactions : signal ? redis : together;
    const replies = await port.pipeline(commands.map(commandOf), signal ? { signal } : {});
    return alone ? rowOf(replies[0] ?? null) : replies.map(rowOf);
  }

  return {
    request: answer as UpstashRequester['request'],
    get upstashSyncToken() {
      return connection.syncToken ?? '';
    },
    set upstashSyncToken(token) {
      connection.syncToken = token === '' ? null : token;
    },
    readYourWrites: true,
    redis,
  };
}

function commandOf(args: unknown[]): RedisCommand {
  const missing = args.findIndex(argument => argument === undefined || argument === null);
  if (missing >= 0) throw new TypeError(`argument ${missing} of ${args[0]} is ${args[missing]}`);
  return args.map(argument =>
    argument instanceof Uint8Array ? argument : String(argument),
  ) as unknown as RedisCommand;
}

function rowOf(reply: RedisReply): { result: unknown } | { error: string } {
  return reply instanceof RedisError ? { error: reply.message } : { result: plain(reply) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function plain(reply: RedisReply): unknown {
  if (Array.isArray(reply)) return reply.map(plain);
  if (reply instanceof RedisError) return reply.message;
  return reply instanceof Uint8Array ? textOrBytes(reply) : reply;
}

/** What is no text stays what it is. */
function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes;
  }
}
