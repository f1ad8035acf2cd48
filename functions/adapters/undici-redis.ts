/**
 * The Redis port for Node: the Upstash transport on undici's dispatcher, which costs a third of the processor time that
 * `fetch` takes, because no Request, Response or stream is made for an answer that is needed whole.
 *
 * Errors  as createUpstashRedis
 * Cost    as createUpstashRedis; connections stay open between calls, and do not keep a process alive that has ended
 * Source  undici.nodejs.org: "Dispatcher.dispatch(options, handler)"
 */
import { type Dispatcher, Pool } from 'undici';
import { concatBytes } from '../../shared/primitives/bytes.ts';
import type { HttpAnswer, HttpPost, HttpSend } from '../../shared/redis/http-send.ts';
import { createUpstashRedis } from '../../shared/redis/upstash.ts';
import type { UpstashEndpoint } from '../../shared/redis/upstash-connection.ts';

export type UndiciRedisOptions = UpstashEndpoint & { readonly deadlineMs?: number };

export function createUndiciRedis({ url, token, deadlineMs }: UndiciRedisOptions) {
  const limits = deadlineMs === undefined ? {} : { deadlineMs };
  return createUpstashRedis({ url, token, ...limits, send: createUndiciSend() });
}

/** One pool of connections for each host it is asked to send to, which is one in all but tests. */
export function createUndiciSend(): HttpSend {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new Pool(origin, WITHOUT_TIMERS);
    pools.set(origin, pool);
    return pool;
  };
  return post => {
    const at = post.url.indexOf('/', post.url.indexOf('://') + 3);
    return exchange(poolOf(post.url.slice(0, at)), post.url.slice(at), post);
  };
}

/** Whoever calls has a deadline: undici's own timers would be set for nothing. */
const WITHOUT_TIMERS = { headersTimeout: 0, bodyTimeout: 0 };

function exchange(pool: Pool, path: string, { headers, body, signal }: HttpPost): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    const end = (): void => controller?.abort(signal.reason);
    // Never taken off again: the signal is of this one call and goes with it.
    signal.addEventListener('abort', end, { once: true });
    const chunks: Uint8Array[] = [];
    let status = 0;
    let fields: Readonly<Record<string, string | string[] | undefined>> = {};
    const whole = (): HttpAnswer => ({
      status,
      bytes: concatBytes(chunks),
      header: name => fields[name]?.toString() ?? null,
    });
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onRequestStart(started) {
          controller = started;
          // Ended while it waited for a connection: nothing is sent.
          if (signal.aborted) end();
        },
        onResponseStart(_, statusCode, given) {
          status = statusCode;
          fields = given;
        },
        onResponseData: (_, chunk) => void chunks.push(chunk),
        onResponseEnd: () => resolve(whole()),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}
