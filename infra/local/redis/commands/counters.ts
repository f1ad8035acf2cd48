/** Strings that are numbers: INCR and its sisters, exact over all 64 bits. */
import { type Args, floatAt, int64At, nameAt } from '../arguments.ts';
import { addDecimals, isInt64, parseFloat64, parseInt64 } from '../numbers.ts';
import { REFUSALS, refuse, refuseWith } from '../refusals.ts';
import { bytesOf, nameOf, type Reply } from '../reply.ts';
import { type CommandTable, type Context, writes } from './table.ts';

const INT64_MIN = -(2n ** 63n);

export interface Amount {
  readonly number: number;
  /** As it was given: the sum is made of decimals. */
  readonly text: string;
}

export const counters: CommandTable = {
  INCR: writes(2, (context, args) => add(context, args, 1n)),
  DECR: writes(2, (context, args) => add(context, args, -1n)),
  INCRBY: writes(3, (context, args) => add(context, args, int64At(args, 1))),
  DECRBY: writes(3, (context, args) => {
    const amount = int64At(args, 1);
    if (amount === INT64_MIN) refuseWith('ERR decrement would overflow');
    return add(context, args, -amount);
  }),
  INCRBYFLOAT: writes(3, ({ db }, args) => {
    const key = nameAt(args, 0);
    const present = db.read(key, 'string');
    const amount = { number: floatAt(args, 1), text: nameAt(args, 1) };
    const sum = addFloats(present && nameOf(present), amount);
    db.replace(key, { type: 'string', content: bytesOf(sum) });
    return bytesOf(sum);
  }),
};

function add({ db }: Context, args: Args, amount: bigint): Reply {
  const key = nameAt(args, 0);
  const sum = addInt64(db.read(key, 'string'), amount);
  db.replace(key, { type: 'string', content: bytesOf(String(sum)) });
  return Number(sum);
}

function addInt64(present: Uint8Array | undefined, amount: bigint): bigint {
  const before = present === undefined ? 0n : (parseInt64(nameOf(present)) ?? refuse('notInteger'));
  return isInt64(before + amount) ? before + amount : refuse('overflow');
}

/** The sum of a text that is there (or not) and an amount, as Redis writes it. */
export function addFloats(
  present: string | undefined,
  amount: Amount,
  notFloat: string = REFUSALS.notFloat,
): string {
  const before = parseFloat64(present ?? '0') ?? refuseWith(notFloat);
  if (!Number.isFinite(before + amount.number)) refuse('notFinite');
  return addDecimals(present ?? '0', amount.text);
}
