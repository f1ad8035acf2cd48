/**
 * The port to Redis: a pipeline is its only method, so every caller sees what a round trip costs.
 *
 * Shape   commands -> replies, in the same order; a command that Redis refuses is a RedisError in its place
 * Units   bulk strings are bytes (Uint8Array); status lines are strings; integers are numbers and lose digits beyond 2^53
 * Errors  rejects with RedisUnavailable when no answer came in time: refused, reset, timed out, not HTTP, not RESP;
 *         with TypeError, sending nothing, when a command has two arguments of bytes, or anything but SET's options behind one
 * Cost    one round trip for a pipeline whose arguments are all text; a command with bytes takes one of its own,
 *         because the REST protocol carries raw bytes only as the body of a single command
 */

export type RedisArgument = string | number | Uint8Array;
export type RedisCommand = readonly [name: string, ...args: RedisArgument[]];
export type RedisReply = string | number | null | Uint8Array | RedisError | readonly RedisReply[];

export interface Redis {
  pipeline(commands: readonly RedisCommand[], options?: RedisCallOptions): Promise<readonly RedisReply[]>;
}

export interface RedisCallOptions {
  /** Ends the call early; the call's own deadline holds as well. */
  readonly signal?: AbortSignal;
}

/** Redis answered this command with an error, for example WRONGTYPE or NOSCRIPT. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
}

/** Redis gave no usable answer: nothing is known about what it did. */
export class RedisUnavailable extends Error {
  override readonly name = 'RedisUnavailable';
}
