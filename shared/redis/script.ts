/**
 * A Lua script that Redis knows by its hash, and is taught again when it has forgotten it.
 *
 * Errors  as the port: a refusal by Redis or by the script is a RedisError reply, no answer rejects with RedisUnavailable
 * Cost    one round trip; the first time after Redis lost the script one more (two with bytes). Upstash bills EVALSHA and
 *         every redis.call inside
 */
import {
  type Redis,
  type RedisArgument,
  type RedisCallOptions,
  type RedisCommand,
  RedisError,
  type RedisReply,
} from './redis.ts';

/**
 * `keys` are all keys that the script declares: clusters and Upstash's key locking rely on it. Of `args` at most one is
 * bytes, and then the last: so the REST protocol asks.
 */
export interface Script {
  run(
    redis: Redis,
    keys: readonly string[],
    args: readonly RedisArgument[],
    options?: RedisCallOptions,
  ): Promise<RedisReply>;
  /** The call as one command of a bigger pipeline; who sends it deals with NOSCRIPT. */
  command(keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisCommand>;
}

export interface ScriptOptions {
  /** The script only reads: Redis holds it to that, and it may be sent again after a lost connection. @default false */
  readonly readOnly?: boolean;
}

export function createScript(source: string, { readOnly = false }: ScriptOptions = {}): Script {
  const name = readOnly ? 'EVALSHA_RO' : 'EVALSHA';
  let hash: Promise<string> | undefined;

  const command: Script['command'] = async (keys, args) => {
    hash ??= sha1(source);
    return [name, await hash, keys.length, ...keys, ...args];
  };

  const run: Script['run'] = async (redis, keys, args, options) => {
    const evalsha = await command(keys, args);
    const [reply = null] = await redis.pipeline([evalsha], options);
    if (!isNoScript(reply)) return reply;
    // Not EVAL: with an argument of bytes the whole source would have to fit into a URL.
    const [loaded, again = null] = await redis.pipeline([['SCRIPT', 'LOAD', source], evalsha], options);
    return loaded instanceof RedisError ? loaded : again;
  };

  return { run, command };
}

export function isNoScript(reply: RedisReply): boolean {
  return reply instanceof RedisError && reply.message.startsWith('NOSCRIPT');
}

async function sha1(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(source));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
