/**
 * Reads a command's arguments: by position, with Redis's refusal where the text is not what the command asks for.
 *
 * Shape   arguments without the command's name; the table's arity has been checked, so a required position exists
 * Errors  RedisError
 */
import { parseFloat64, parseInt64 } from './numbers.ts';
import { type REFUSALS, refuse } from './refusals.ts';
import { type Bytes, nameOf } from './reply.ts';

export type Args = readonly Bytes[];

const NOTHING = new Uint8Array(0);

export function bytesAt(args: Args, position: number): Bytes {
  return args[position] ?? NOTHING;
}

/** The argument as a name: one character a byte. */
export function nameAt(args: Args, position: number): string {
  return nameOf(bytesAt(args, position));
}

export function optionAt(args: Args, position: number): string {
  return nameAt(args, position).toUpperCase();
}

export function namesFrom(args: Args, position: number): string[] {
  return args.slice(position).map(nameOf);
}

export function int64At(args: Args, position: number): bigint {
  return parseInt64(nameAt(args, position)) ?? refuse('notInteger');
}

export function integerAt(args: Args, position: number): number {
  return Number(int64At(args, position));
}

export function countAt(args: Args, position: number): number {
  const count = parseInt64(nameAt(args, position)) ?? -1n;
  return count >= 0n ? Number(count) : refuse('notPositive');
}

export function floatAt(args: Args, position: number, otherwise: keyof typeof REFUSALS = 'notFloat'): number {
  return parseFloat64(nameAt(args, position)) ?? refuse(otherwise);
}

/** Field and value, score and member: the arguments two by two. */
export function pairsFrom(args: Args, position: number): [Bytes, Bytes][] {
  const pairs: [Bytes, Bytes][] = [];
  for (let i = position; i + 1 < args.length; i += 2) pairs.push([bytesAt(args, i), bytesAt(args, i + 1)]);
  return pairs;
}
