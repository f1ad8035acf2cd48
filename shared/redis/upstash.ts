/**
 * The Redis port over Upstash's REST protocol: binary safe, in order, and over after its deadline.
 *
 * Errors  RedisUnavailable, never with the token in it; TypeError for a command that REST cannot carry, nothing sent
 * Cost    one HTTP request for neighbouring commands without bytes, one for each command with bytes, one after the other
 */
import { checkDeadline, withDeadline } from './deadline.ts';
import { type Fetch, type HttpSend, sendByFetch } from './http-send.ts';
import type { Redis, RedisReply } from './redis.ts';
import { readAnswer } from './upstash-answer.ts';
import {
  createUpstashConnection,
  type UpstashConnection,
  type UpstashEndpoint,
} from './upstash-connection.ts';
import { planRequests } from './upstash-request.ts';

export type { Fetch };

export type UpstashOptions = UpstashEndpoint & {
  /** Time for a whole pipeline, every request and the retry included. @default 250 */
  readonly deadlineMs?: number;
} & ({ readonly fetch: Fetch } | { readonly send: HttpSend });

export const UPSTASH_DEFAULTS = { deadlineMs: 250 } as const;

export function createUpstashRedis(options: UpstashOptions) {
  const deadlineMs = checkDeadline(options.deadlineMs ?? UPSTASH_DEFAULTS.deadlineMs);
  return redisOver(createUpstashConnection(options, sendOf(options)), deadlineMs);
}

export function redisOver(connection: UpstashConnection, deadlineMs: number) {
  return {
    async pipeline(commands, { signal } = {}) {
      const requests = planRequests(commands);
      if (requests.length === 0) return [];
      return await withDeadline({ deadlineMs, signal }, async ending => {
        const replies: (readonly RedisReply[])[] = [];
        for (const request of requests) {
          const answer = await connection.exchange(request, { signal: ending });
          replies.push(readAnswer(answer, request.commandCount));
        }
        return replies.flat(1);
      });
    },
  } satisfies Redis;
}

export function sendOf(options: { readonly fetch: Fetch } | { readonly send: HttpSend }): HttpSend {
  return 'send' in options ? options.send : sendByFetch(options.fetch);
}
