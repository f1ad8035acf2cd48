/**
 * Judges the HTTP answer to one request: the replies it carries, or the reason why there are none.
 *
 * Shape   status, bytes, number of commands -> as many replies
 * Errors  RedisUnavailable with the status; a body is never quoted, it may come from anyone on the way
 * Source  upstash.com/docs/redis/features/restapi: "HTTP Codes", "RESP2 Format Responses"
 */
import { RedisError, type RedisReply, RedisUnavailable } from './redis.ts';
import { decodeReplies } from './resp.ts';

export interface UpstashAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

export function readAnswer(answer: UpstashAnswer, commandCount: number): readonly RedisReply[] {
  if (answer.status === 400) return [readRefusal(answer, commandCount)];
  if (answer.status !== 200) throw withoutReplies(answer.status);
  return matchReplies(decodeReplies(answer.bytes), commandCount);
}

// Of a single command, 400 may mean that Redis refused it (NOSCRIPT, WRONGTYPE); of a pipeline, that nobody ran it.
function readRefusal(answer: UpstashAnswer, commandCount: number): RedisError {
  const refusal = commandCount === 1 ? (respError(answer.bytes) ?? jsonError(answer.bytes)) : undefined;
  if (refusal === undefined) throw withoutReplies(answer.status);
  return refusal;
}

// The documentation does not say whether replies to a pipeline follow each other or stand in one array: both are read.
function matchReplies(replies: readonly RedisReply[], commandCount: number): readonly RedisReply[] {
  if (replies.length === commandCount) return replies;
  const [only] = replies;
  if (replies.length === 1 && Array.isArray(only) && only.length === commandCount) return only;
  throw new RedisUnavailable(`Redis answered ${replies.length} replies to ${commandCount} commands`);
}

function respError(bytes: Uint8Array): RedisError | undefined {
  try {
    const replies = decodeReplies(bytes);
    return replies.length === 1 && replies[0] instanceof RedisError ? replies[0] : undefined;
  } catch {
    return undefined;
  }
}

function jsonError(bytes: Uint8Array): RedisError | undefined {
  try {
    const { error } = JSON.parse(new TextDecoder().decode(bytes)) as { error?: unknown };
    return typeof error === 'string' ? new RedisError(error) : undefined;
  } catch {
    return undefined;
  }
}

function withoutReplies(status: number): RedisUnavailable {
  return new RedisUnavailable(`Redis answered HTTP ${status} without replies`);
}
