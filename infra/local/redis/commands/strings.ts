/** Strings, apart from their numbers: SET with its options, GET and what cuts or joins bytes. */
import { type Args, bytesAt, int64At, integerAt, nameAt, namesFrom, pairsFrom } from '../arguments.ts';
import { refuse, refuseCount, refuseWith } from '../refusals.ts';
import { type Bytes, nameOf, OK, type Reply } from '../reply.ts';
import { applyExpiry, EXPIRY_UNITS, futureInstant } from './expiry.ts';
import { parseGetexOptions, parseSetOptions } from './string-options.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

const EMPTY = new Uint8Array(0);
/** proto-max-bulk-len. */
const LONGEST_BYTES = 512 * 1024 * 1024;

export const strings: CommandTable = {
  GET: reads(2, ({ db }, args) => db.read(nameAt(args, 0), 'string') ?? null),
  SET: writes(-3, set),
  SETNX: writes(3, (context, args) => (setIfAbsent(context, args) ? 1 : 0)),
  SETEX: writes(4, (context, args) => setWithExpiry(context, args, { unit: 'EX', command: 'setex' })),
  PSETEX: writes(4, (context, args) => setWithExpiry(context, args, { unit: 'PX', command: 'psetex' })),
  MGET: reads(-2, ({ db }, args) =>
    namesFrom(args, 0).map(key => {
      const entry = db.find(key);
      return entry?.type === 'string' ? entry.content : null;
    }),
  ),
  MSET: writes(-3, ({ db }, args) => {
    for (const [key, value] of evenPairs(args, 'mset'))
      db.write(nameOf(key), { type: 'string', content: value });
    return OK;
  }),
  MSETNX: writes(-3, ({ db }, args) => {
    const pairs = evenPairs(args, 'msetnx');
    if (pairs.some(([key]) => db.find(nameOf(key)))) return 0;
    for (const [key, value] of pairs) db.write(nameOf(key), { type: 'string', content: value });
    return 1;
  }),
  GETEX: writes(-2, getex),
  GETDEL: writes(2, ({ db }, args) => {
    const value = db.read(nameAt(args, 0), 'string') ?? null;
    db.remove(nameAt(args, 0));
    return value;
  }),
  GETSET: writes(3, ({ db }, args) => {
    const value = db.read(nameAt(args, 0), 'string') ?? null;
    db.write(nameAt(args, 0), { type: 'string', content: bytesAt(args, 1) });
    return value;
  }),
  STRLEN: reads(2, ({ db }, args) => db.read(nameAt(args, 0), 'string')?.length ?? 0),
  APPEND: writes(3, ({ db }, args) => {
    const content = Buffer.concat([db.read(nameAt(args, 0), 'string') ?? EMPTY, bytesAt(args, 1)]);
    db.replace(nameAt(args, 0), { type: 'string', content });
    return content.length;
  }),
  GETRANGE: reads(4, getrange),
  SETRANGE: writes(4, setrange),
};

function set({ db }: Context, args: Args): Reply {
  const [key, content] = [nameAt(args, 0), bytesAt(args, 1)];
  const options = parseSetOptions(args, db.now());
  const present = options.get ? (db.read(key, 'string') ?? null) : null;
  const entry = db.find(key);
  const isWanted = options.condition === undefined || (options.condition === 'XX') === (entry !== undefined);
  if (!isWanted) return present;
  db.write(
    key,
    { type: 'string', content },
    options.keepTtl ? (entry?.expiresAt ?? null) : options.expiresAt,
  );
  return options.get ? present : OK;
}

function setIfAbsent({ db }: Context, args: Args): boolean {
  if (db.find(nameAt(args, 0))) return false;
  db.write(nameAt(args, 0), { type: 'string', content: bytesAt(args, 1) });
  return true;
}

function setWithExpiry(
  { db }: Context,
  args: Args,
  { unit, command }: { unit: 'EX' | 'PX'; command: string },
): Reply {
  const amount = int64At(args, 1);
  const expiresAt = futureInstant(amount, EXPIRY_UNITS[unit] ?? refuse('syntax'), { now: db.now(), command });
  db.write(nameAt(args, 0), { type: 'string', content: bytesAt(args, 2) }, expiresAt);
  return OK;
}

function getex({ db }: Context, args: Args): Reply {
  const key = nameAt(args, 0);
  const options = parseGetexOptions(args, db.now());
  const value = db.read(key, 'string') ?? null;
  if (value === null) return null;
  if (options.persist) db.expire(key, null);
  if (options.expiresAt !== null) applyExpiry(db, key, options.expiresAt);
  return value;
}

function evenPairs(args: Args, command: string): [Bytes, Bytes][] {
  return args.length % 2 === 0 ? pairsFrom(args, 0) : refuseCount(command);
}

function getrange({ db }: Context, args: Args): Reply {
  const [start, end] = [integerAt(args, 1), integerAt(args, 2)];
  const value = db.read(nameAt(args, 0), 'string') ?? EMPTY;
  if (start < 0 && end < 0 && start > end) return EMPTY;
  const fromStart = (position: number) => Math.max(0, position < 0 ? value.length + position : position);
  return value.subarray(fromStart(start), fromStart(end) + 1);
}

function setrange({ db }: Context, args: Args): Reply {
  const [key, offset, patch] = [nameAt(args, 0), integerAt(args, 1), bytesAt(args, 2)];
  if (offset < 0) refuseWith('ERR offset is out of range');
  const present = db.read(key, 'string') ?? EMPTY;
  if (patch.length === 0) return present.length;
  if (offset + patch.length > LONGEST_BYTES) refuse('tooLong');
  const content = Buffer.alloc(Math.max(present.length, offset + patch.length));
  content.set(present);
  content.set(patch, offset);
  db.replace(key, { type: 'string', content });
  return content.length;
}
