/** Keys, whatever they hold: presence, removal, names, the walk over all of them. */
import { type Args, nameAt, namesFrom, optionAt } from '../arguments.ts';
import { createMatcher } from '../glob.ts';
import { refuse } from '../refusals.ts';
import { bytesOf, OK, type Reply } from '../reply.ts';
import { parseScan } from './scan.ts';
import { type CommandTable, type Context, reads, writes } from './table.ts';

export const keys: CommandTable = {
  DEL: writes(-2, remove),
  UNLINK: writes(-2, remove),
  EXISTS: reads(-2, countPresent),
  TOUCH: reads(-2, countPresent),
  TYPE: reads(2, ({ db }, args) => db.find(nameAt(args, 0))?.type ?? 'none'),
  RENAME: writes(3, ({ db }, args) => {
    const [from, to] = [nameAt(args, 0), nameAt(args, 1)];
    const entry = db.find(from) ?? refuse('noSuchKey');
    if (from === to) return OK;
    db.remove(from);
    // Removed first, so that SCAN meets it at its new place and not at the place of the key it replaces.
    db.remove(to);
    db.write(to, entry, entry.expiresAt);
    return OK;
  }),
  KEYS: reads(2, ({ db }, args) => {
    const matches = createMatcher(nameAt(args, 0));
    return Array.from(db.live(), ([key]) => key)
      .filter(matches)
      .map(bytesOf);
  }),
  SCAN: reads(-2, scan),
  DBSIZE: reads(1, ({ db }) => [...db.live()].length),
  FLUSHDB: writes(-1, flush),
  FLUSHALL: writes(-1, flush),
};

function remove({ db }: Context, args: Args): Reply {
  return namesFrom(args, 0).filter(key => db.remove(key)).length;
}

function countPresent({ db }: Context, args: Args): Reply {
  return namesFrom(args, 0).filter(key => db.find(key) !== undefined).length;
}

function flush({ db }: Context, args: Args): Reply {
  if (args.length > 1 || (args.length === 1 && !/^A?SYNC$/.test(optionAt(args, 0)))) refuse('syntax');
  db.clear();
  return OK;
}

// The cursor is the number of the last key seen: numbers only grow, so a key that stays is met whatever comes and goes.
function scan({ db }: Context, args: Args): Reply {
  const { cursor, count, matches, type } = parseScan(args, 0);
  const found: string[] = [];
  let [seen, last] = [0, cursor];
  for (const [key, entry] of db.live()) {
    if (entry.sequence <= cursor) continue;
    if (seen++ === count) return [bytesOf(String(last)), found.map(bytesOf)];
    last = entry.sequence;
    if (matches(key) && (type === undefined || type === entry.type)) found.push(key);
  }
  return [bytesOf('0'), found.map(bytesOf)];
}
