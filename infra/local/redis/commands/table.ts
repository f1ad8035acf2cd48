/**
 * What a command is to the engine: how many arguments it asks for, whether it may change something, and what it does.
 *
 * Shape   arity as Redis counts it: the name included, negative means "at least"
 */
import type { Args } from '../arguments.ts';
import type { Keyspace } from '../keyspace.ts';
import type { Reply } from '../reply.ts';

export interface Context {
  readonly db: Keyspace;
  readonly random: () => number;
}

export type Run = (context: Context, args: Args) => Reply;

export interface CommandSpec {
  readonly arity: number;
  readonly writes: boolean;
  readonly run: Run;
}

/** By name in upper case. */
export type CommandTable = Readonly<Record<string, CommandSpec>>;

export function reads(arity: number, run: Run): CommandSpec {
  return { arity, writes: false, run };
}

export function writes(arity: number, run: Run): CommandSpec {
  return { arity, writes: true, run };
}
