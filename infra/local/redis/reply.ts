/**
 * The words of the local Redis: commands as bytes, replies as the port has them, and who runs the one into the other.
 *
 * Shape   a command is its name and its arguments; a transaction's reply is an array, or the error that discarded it
 * Errors  an executor that cannot reach its Redis rejects
 */
import type { RedisReply } from '../../../shared/redis/redis.ts';

export type Bytes = Uint8Array;
export type Command = readonly Bytes[];
export type Reply = RedisReply;

export interface Executor {
  run(command: Command): Reply | Promise<Reply>;
  /** Runs all of them with nothing in between. */
  transaction(commands: readonly Command[]): Reply | Promise<Reply>;
  /** How many commands scripts have run so far: Upstash bills them like any other. */
  scriptedCommands(): number | Promise<number>;
}

export const OK = 'OK';

/** Bytes as a string with one character a byte: a binary-safe name for keys, fields and members. */
export function nameOf(bytes: Bytes): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function bytesOf(name: string): Bytes {
  return Buffer.from(name, 'latin1');
}
