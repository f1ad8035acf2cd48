/** Hashes: fields with values of bytes. */
import { type Args, bytesAt, floatAt, int64At, nameAt, namesFrom, pairsFrom } from '../arguments.ts';
import { isInt64, parseInt64 } from '../numbers.ts';
import { refuse, refuseCount, refuseWith } from '../refusals.ts';
import { type Bytes, bytesOf, nameOf, OK, type Reply } from '../reply.ts';
import { addFloats } from './counters.ts';
import { scanAll } from './scan.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

type Fields = Map<string, Bytes>;

export const hashes: CommandTable = {
  HSET: writes(-4, (context, args) => setAll(context, args, 'hset')),
  HMSET: writes(-4, (context, args) => {
    setAll(context, args, 'hmset');
    return OK;
  }),
  HSETNX: writes(4, (context, args) => {
    const fields = open(context, args);
    if (fields.has(nameAt(args, 1))) return 0;
    fields.set(nameAt(args, 1), bytesAt(args, 2));
    return 1;
  }),
  HGET: reads(3, (context, args) => read(context, args).get(nameAt(args, 1)) ?? null),
  HMGET: reads(-3, (context, args) => {
    const fields = read(context, args);
    return namesFrom(args, 1).map(field => fields.get(field) ?? null);
  }),
  HGETALL: reads(2, (context, args) =>
    [...read(context, args)].flatMap(([field, value]) => [bytesOf(field), value]),
  ),
  HKEYS: reads(2, (context, args) => [...read(context, args).keys()].map(bytesOf)),
  HVALS: reads(2, (context, args) => [...read(context, args).values()]),
  HLEN: reads(2, (context, args) => read(context, args).size),
  HEXISTS: reads(3, (context, args) => (read(context, args).has(nameAt(args, 1)) ? 1 : 0)),
  HDEL: writes(-3, ({ db }, args) => {
    const key = nameAt(args, 0);
    const fields: Fields = db.read(key, 'hash') ?? new Map();
    const removed = namesFrom(args, 1).filter(field => fields.delete(field)).length;
    if (fields.size === 0) db.remove(key);
    return removed;
  }),
  HINCRBY: writes(4, incrby),
  HINCRBYFLOAT: writes(4, (context, args) => {
    const amount = { number: floatAt(args, 2), text: nameAt(args, 2) };
    const present = read(context, args).get(nameAt(args, 1));
    const sum = addFloats(present && nameOf(present), amount, 'ERR hash value is not a float');
    open(context, args).set(nameAt(args, 1), bytesOf(sum));
    return bytesOf(sum);
  }),
  HSCAN: reads(-3, (context, args) =>
    scanAll(args, { read: () => read(context, args), parts: pair => pair }),
  ),
};

function read({ db }: Context, args: Args): Fields {
  return db.read(nameAt(args, 0), 'hash') ?? new Map();
}

function open({ db }: Context, args: Args): Fields {
  return db.open(nameAt(args, 0), 'hash', () => new Map());
}

function setAll(context: Context, args: Args, command: string): Reply {
  if (args.length % 2 === 0) refuseCount(command);
  const fields = open(context, args);
  const before = fields.size;
  for (const [field, value] of pairsFrom(args, 1)) fields.set(nameOf(field), value);
  return fields.size - before;
}

function incrby(context: Context, args: Args): Reply {
  const amount = int64At(args, 2);
  const present = read(context, args).get(nameAt(args, 1));
  const before = present === undefined ? 0n : parseInt64(nameOf(present));
  if (before === undefined) refuseWith('ERR hash value is not an integer');
  const sum = isInt64(before + amount) ? before + amount : refuse('overflow');
  open(context, args).set(nameAt(args, 1), bytesOf(String(sum)));
  return Number(sum);
}
