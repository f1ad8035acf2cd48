/** ZADD with its conditions; ZINCRBY is its INCR. */
import { type Args, floatAt, nameAt, optionAt } from '../arguments.ts';
import type { Keyspace } from '../keyspace.ts';
import { formatFloat64 } from '../numbers.ts';
import { refuse, refuseWith } from '../refusals.ts';
import { bytesOf, type Reply } from '../reply.ts';
import { createSortedSet, type Ranked } from '../sorted-set.ts';

export interface Zadd {
  readonly flags: ReadonlySet<string>;
  readonly additions: readonly Ranked[];
}

type Outcome = 'added' | 'updated' | 'same' | 'unwanted';

export function parseZadd(args: Args): Zadd {
  const flags = new Set<string>();
  let at = 1;
  while (at < args.length && /^(NX|XX|GT|LT|CH|INCR)$/.test(optionAt(args, at)))
    flags.add(optionAt(args, at++));
  const rest = args.length - at;
  if (rest === 0 || rest % 2 === 1) refuse('syntax');
  refuseConflicts(flags, rest / 2);
  const additions: Ranked[] = [];
  for (; at < args.length; at += 2)
    additions.push({ score: floatAt(args, at), member: nameAt(args, at + 1) });
  return { flags, additions };
}

export function zadd(db: Keyspace, key: string, { flags, additions }: Zadd): Reply {
  if (flags.has('XX') && db.read(key, 'zset') === undefined) return flags.has('INCR') ? null : 0;
  const outcomes = additions.map(addition => put(db, key, { flags, addition }));
  if (flags.has('INCR')) {
    const [addition] = additions;
    const score = addition && db.read(key, 'zset')?.score(addition.member);
    return outcomes[0] === 'unwanted' || score === undefined ? null : bytesOf(formatFloat64(score));
  }
  return outcomes.filter(outcome => outcome === 'added' || (flags.has('CH') && outcome === 'updated')).length;
}

function refuseConflicts(flags: ReadonlySet<string>, pairs: number): void {
  const has = (...names: string[]) => names.every(name => flags.has(name));
  if (has('NX', 'XX')) refuseWith('ERR XX and NX options at the same time are not compatible');
  if (has('GT', 'NX') || has('LT', 'NX') || has('GT', 'LT')) {
    refuseWith('ERR GT, LT, and/or NX options at the same time are not compatible');
  }
  if (has('INCR') && pairs > 1) refuseWith('ERR INCR option supports a single increment-element pair');
}

function put(
  db: Keyspace,
  key: string,
  { flags, addition }: { flags: Zadd['flags']; addition: Ranked },
): Outcome {
  const { member } = addition;
  const present = db.read(key, 'zset')?.score(member);
  const score = flags.has('INCR') ? (present ?? 0) + addition.score : addition.score;
  if (Number.isNaN(score)) refuseWith('ERR resulting score is not a number (NaN)');
  if (!isWanted(flags, present, score)) return 'unwanted';
  db.open(key, 'zset', createSortedSet).put(member, score);
  if (present === undefined) return 'added';
  return present === score ? 'same' : 'updated';
}

function isWanted(flags: Zadd['flags'], present: number | undefined, score: number): boolean {
  if (present === undefined) return !flags.has('XX');
  return !flags.has('NX') && !(flags.has('GT') && score <= present) && !(flags.has('LT') && score >= present);
}
