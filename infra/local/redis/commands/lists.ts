/** Lists: bytes in order, pushed and popped at both ends. */
import { type Args, bytesAt, countAt, integerAt, nameAt, optionAt } from '../arguments.ts';
import { refuse, refuseCount, refuseWith } from '../refusals.ts';
import { type Bytes, OK, type Reply } from '../reply.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

type End = 'LEFT' | 'RIGHT';

export const lists: CommandTable = {
  LPUSH: writes(-3, (context, args) => push(context, args, 'LEFT')),
  RPUSH: writes(-3, (context, args) => push(context, args, 'RIGHT')),
  LPOP: writes(-2, (context, args) => pop(context, args, 'LEFT')),
  RPOP: writes(-2, (context, args) => pop(context, args, 'RIGHT')),
  LLEN: reads(2, (context, args) => read(context, args).length),
  LINDEX: reads(3, (context, args) => read(context, args).at(integerAt(args, 1)) ?? null),
  LRANGE: reads(4, (context, args) => {
    const [from, to] = [integerAt(args, 1), integerAt(args, 2)];
    return cut(read(context, args), from, to);
  }),
  LTRIM: writes(4, (context, args) => {
    const [from, to] = [integerAt(args, 1), integerAt(args, 2)];
    keep(context, nameAt(args, 0), cut(read(context, args), from, to));
    return OK;
  }),
  LSET: writes(4, (context, args) => {
    const items = context.db.read(nameAt(args, 0), 'list') ?? refuse('noSuchKey');
    const index = integerAt(args, 1);
    const place = index < 0 ? items.length + index : index;
    if (!(place in items)) refuseWith('ERR index out of range');
    items[place] = bytesAt(args, 2);
    return OK;
  }),
  LREM: writes(4, removeEqual),
  LMOVE: writes(5, move),
};

function read({ db }: Context, args: Args): Bytes[] {
  return db.read(nameAt(args, 0), 'list') ?? [];
}

function keep({ db }: Context, key: string, items: Bytes[]): void {
  if (items.length === 0) db.remove(key);
  else if (db.find(key)) db.replace(key, { type: 'list', content: items });
}

function cut(items: readonly Bytes[], from: number, to: number): Bytes[] {
  const place = (index: number) => (index < 0 ? items.length + index : index);
  return items.slice(Math.max(0, place(from)), Math.max(0, place(to) + 1));
}

function push({ db }: Context, args: Args, end: End): Reply {
  const items = db.open(nameAt(args, 0), 'list', () => []);
  for (const item of args.slice(1)) put(items, item, end);
  return items.length;
}

function put(items: Bytes[], item: Bytes, end: End): void {
  if (end === 'LEFT') items.unshift(item);
  else items.push(item);
}

function take(items: Bytes[], end: End): Bytes | undefined {
  return end === 'LEFT' ? items.shift() : items.pop();
}

function pop(context: Context, args: Args, end: End): Reply {
  if (args.length > 2) refuseCount(end === 'LEFT' ? 'lpop' : 'rpop');
  const count = args.length === 2 ? countAt(args, 1) : undefined;
  const items = context.db.read(nameAt(args, 0), 'list');
  if (items === undefined) return null;
  const taken: Bytes[] = [];
  while (taken.length < (count ?? 1) && items.length > 0) taken.push(take(items, end) as Bytes);
  keep(context, nameAt(args, 0), items);
  return count === undefined ? (taken[0] ?? null) : taken;
}

function removeEqual(context: Context, args: Args): Reply {
  const [count, wanted] = [integerAt(args, 1), bytesAt(args, 2)];
  const items = count < 0 ? read(context, args).toReversed() : read(context, args);
  let left = count === 0 ? items.length : Math.abs(count);
  const kept = items.filter(item => !(Buffer.compare(item, wanted) === 0 && left-- > 0));
  keep(context, nameAt(args, 0), count < 0 ? kept.reverse() : kept);
  return items.length - kept.length;
}

function move({ db }: Context, args: Args): Reply {
  const [from, to] = [nameAt(args, 0), nameAt(args, 1)];
  const [out, into] = [endAt(args, 2), endAt(args, 3)];
  const source = db.read(from, 'list');
  if (source === undefined) return null;
  db.read(to, 'list');
  const item = take(source, out) as Bytes;
  put(
    db.open(to, 'list', () => []),
    item,
    into,
  );
  if (source.length === 0) db.remove(from);
  return item;
}

function endAt(args: Args, position: number): End {
  const end = optionAt(args, position);
  return end === 'LEFT' || end === 'RIGHT' ? end : refuse('syntax');
}
