/**
 * Sends requests to one Upstash database: shows the token, carries the token for reading one's own writes, and tries a
 * read once more whose connection failed.
 *
 * Errors  ConnectionFailed (a RedisUnavailable), never with the token in it; the signal's reason once it has ended
 * Cost    one HTTP request; two for a read whose connection failed
 * Source  upstash.com/docs/redis/features/restapi; upstash.com/docs/redis/howto/readyourwrites
 */

import type { HttpAnswer, HttpSend } from './http-send.ts';
import { RedisUnavailable } from './redis.ts';
import type { UpstashRequest } from './upstash-request.ts';

export interface UpstashEndpoint {
  readonly url: string;
  readonly token: string;
}

export interface UpstashConnection {
  /** Tells which writes the next answer must have seen; null before the first answer. May be handed on to another client. */
  syncToken: string | null;
  exchange(request: UpstashRequest, options: ExchangeOptions): Promise<HttpAnswer>;
}

export interface ExchangeOptions {
  readonly signal: AbortSignal;
  /** How the answer is written: transactions know no RESP. @default 'resp2' */
  readonly format?: 'resp2' | 'base64';
}

const SYNC_TOKEN = 'upstash-sync-token';

export function createUpstashConnection(endpoint: UpstashEndpoint, send: HttpSend): UpstashConnection {
  const { base, token } = checkEndpoint(endpoint);

  function headersOf({ contentType }: UpstashRequest, format: 'resp2' | 'base64'): Record<string, string> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      'content-type': contentType,
      [format === 'resp2' ? 'upstash-response-format' : 'upstash-encoding']: format,
    };
    // A replica that has not seen our last write waits for it when it is told this token.
    if (connection.syncToken !== null) headers[SYNC_TOKEN] = connection.syncToken;
    return headers;
  }

  async function attempt(request: UpstashRequest, options: ExchangeOptions): Promise<HttpAnswer> {
    const { signal, format = 'resp2' } = options;
    signal.throwIfAborted();
    const headers = headersOf(request, format);
    try {
      const answer = await send({ url: base + request.path, headers, body: request.body, signal });
      connection.syncToken = answer.header(SYNC_TOKEN) ?? connection.syncToken;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw new ConnectionFailed(error);
    }
  }

  const connection: UpstashConnection = {
    syncToken: null,
    async exchange(request, options) {
      try {
        return await attempt(request, options);
      } catch (error) {
        // A connection that the other side closed while it was idle is the usual reason: a second one finds out.
        if (!(request.repeatable && error instanceof ConnectionFailed)) throw error;
        return await attempt(request, options);
      }
    },
  };
  return connection;
}

class ConnectionFailed extends RedisUnavailable {
  constructor(cause: unknown) {
    super('Redis could not be reached', { cause });
  }
}

function checkEndpoint({ url, token }: UpstashEndpoint) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError(`the Redis URL is no http(s) URL: ${url}`);
  if (token === '') throw new TypeError('the Redis token is empty');
  return { base: url.replace(/\/+$/, ''), token };
}
