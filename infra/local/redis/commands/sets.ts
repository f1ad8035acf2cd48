/** Sets: members without order. */
import { type Args, countAt, integerAt, nameAt, namesFrom } from '../arguments.ts';
import { refuse } from '../refusals.ts';
import { bytesOf, type Reply } from '../reply.ts';
import { scanAll } from './scan.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

type Members = Set<string>;

export const sets: CommandTable = {
  SADD: writes(-3, ({ db }, args) => {
    const members = db.open(nameAt(args, 0), 'set', () => new Set());
    const before = members.size;
    for (const member of namesFrom(args, 1)) members.add(member);
    return members.size - before;
  }),
  SREM: writes(-3, (context, args) => removeAll(context, args, namesFrom(args, 1))),
  SMEMBERS: reads(2, (context, args) => [...read(context, nameAt(args, 0))].map(bytesOf)),
  SISMEMBER: reads(3, (context, args) => (read(context, nameAt(args, 0)).has(nameAt(args, 1)) ? 1 : 0)),
  SMISMEMBER: reads(-3, (context, args) => {
    const members = read(context, nameAt(args, 0));
    return namesFrom(args, 1).map(member => (members.has(member) ? 1 : 0));
  }),
  SCARD: reads(2, (context, args) => read(context, nameAt(args, 0)).size),
  SPOP: writes(-2, (context, args) => {
    const picked = pick(context, args, args.length > 1 ? countAt(args, 1) : 1);
    removeAll(context, args, picked);
    return args.length > 1 ? picked.map(bytesOf) : first(picked);
  }),
  SRANDMEMBER: reads(-2, (context, args) => {
    if (args.length === 1) return first(pick(context, args, 1));
    const count = integerAt(args, 1);
    return (count < 0 ? draw(context, args, -count) : pick(context, args, count)).map(bytesOf);
  }),
  SUNION: reads(-2, (context, args) => combine(context, args, (all, next) => new Set([...all, ...next]))),
  SINTER: reads(-2, (context, args) =>
    combine(context, args, (all, next) => filter(all, member => next.has(member))),
  ),
  SDIFF: reads(-2, (context, args) =>
    combine(context, args, (all, next) => filter(all, member => !next.has(member))),
  ),
  SSCAN: reads(-3, (context, args) =>
    scanAll(args, { read: () => read(context, nameAt(args, 0)), parts: member => [member] }),
  ),
};

function read({ db }: Context, key: string): Members {
  return db.read(key, 'set') ?? new Set();
}

function removeAll(context: Context, args: Args, names: readonly string[]): number {
  const key = nameAt(args, 0);
  const members = read(context, key);
  const removed = names.filter(member => members.delete(member)).length;
  if (members.size === 0) context.db.remove(key);
  return removed;
}

/** So many different members, each as likely as the other. */
function pick(context: Context, args: Args, count: number): string[] {
  if (args.length > 2) refuse('syntax');
  const pool = [...read(context, nameAt(args, 0))];
  const wanted = Math.min(count, pool.length);
  for (let i = 0; i < wanted; i++) {
    const other = i + Math.floor(context.random() * (pool.length - i));
    [pool[i], pool[other]] = [pool[other] as string, pool[i] as string];
  }
  return pool.slice(0, wanted);
}

/** So many draws, each from all members. */
function draw(context: Context, args: Args, count: number): string[] {
  if (args.length > 2) refuse('syntax');
  const pool = [...read(context, nameAt(args, 0))];
  if (pool.length === 0) return [];
  return Array.from({ length: count }, () => pool[Math.floor(context.random() * pool.length)] as string);
}

function first(names: readonly string[]): Reply {
  const [name] = names;
  return name === undefined ? null : bytesOf(name);
}

function combine(context: Context, args: Args, step: (all: Members, next: Members) => Members): Reply {
  const all = namesFrom(args, 0).map(key => read(context, key));
  return [...all.reduce(step)].map(bytesOf);
}

function filter(members: Members, isWanted: (member: string) => boolean): Members {
  return new Set([...members].filter(isWanted));
}
