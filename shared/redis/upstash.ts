/**
 * The Redis port over Upstash's REST protocol: binary safe, in order, and over after its deadline.
 *
 * Errors  RedisUnavailable, never with the token in it; TypeError for a command that REST cannot carry, nothing sent
 * Cost    one HTTP request for neighbouring commands without bytes, one for each command with bytes, one after the other
 * Source  upstash.com/docs/redis/features/restapi; upstash.com/docs/redis/howto/readyourwrites
 */
import { withDeadline } from './deadline.ts';
import { type Redis, type RedisReply, RedisUnavailable } from './redis.ts';
import { readAnswer } from './upstash-answer.ts';
import { planRequests, type UpstashRequest } from './upstash-request.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface UpstashOptions {
  readonly url: string;
  readonly token: string;
  readonly fetch: Fetch;
  /** Time for a whole pipeline, every request and the retry included. @default 250 */
  readonly deadlineMs?: number;
}

export const UPSTASH_DEFAULTS = { deadlineMs: 250 } as const satisfies Partial<UpstashOptions>;

const SYNC_TOKEN = 'upstash-sync-token';

export function createUpstashRedis(options: UpstashOptions) {
  const { base, token, fetch, deadlineMs } = resolveOptions(options);
  let syncToken: string | null = null;

  async function send(request: UpstashRequest, signal: AbortSignal): Promise<readonly RedisReply[]> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      'content-type': request.contentType,
      'upstash-response-format': 'resp2',
    };
    // A replica that has not seen our last write waits for it when it is told this token.
    if (syncToken !== null) headers[SYNC_TOKEN] = syncToken;
    const body = request.body as NonNullable<RequestInit['body']>;
    const response = await fetch(base + request.path, {
      method: 'POST',
      headers,
      body,
      signal,
      redirect: 'manual',
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    syncToken = response.headers.get(SYNC_TOKEN) ?? syncToken;
    return readAnswer({ status: response.status, bytes }, request.commandCount);
  }

  async function attempt(request: UpstashRequest, signal: AbortSignal): Promise<readonly RedisReply[]> {
    signal.throwIfAborted();
    try {
      return await send(request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof RedisUnavailable ? error : new ConnectionFailed(error);
    }
  }

  async function exchange(request: UpstashRequest, signal: AbortSignal): Promise<readonly RedisReply[]> {
    try {
      return await attempt(request, signal);
    } catch (error) {
      // A connection that the other side closed while it was idle is the usual reason: a second one finds out.
      if (!(request.repeatable && error instanceof ConnectionFailed)) throw error;
      return await attempt(request, signal);
    }
  }

  return {
    async pipeline(commands, { signal } = {}) {
      const requests = planRequests(commands);
      if (requests.length === 0) return [];
      return await withDeadline({ deadlineMs, signal }, async ending => {
        const answers: (readonly RedisReply[])[] = [];
        for (const request of requests) answers.push(await exchange(request, ending));
        return answers.flat(1);
      });
    },
  } satisfies Redis;
}

class ConnectionFailed extends RedisUnavailable {
  constructor(cause: unknown) {
    super('Redis could not be reached', { cause });
  }
}

function resolveOptions(options: UpstashOptions) {
  const { url, token, fetch, deadlineMs = UPSTASH_DEFAULTS.deadlineMs } = options;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new TypeError(`the Redis URL is no http(s) URL: ${url}`);
  if (token === '') throw new TypeError('the Redis token is empty');
  if (!(deadlineMs > 0)) throw new RangeError(`deadlineMs must be above 0, got ${deadlineMs}`);
  return { base: url.replace(/\/+$/, ''), token, fetch, deadlineMs };
}
