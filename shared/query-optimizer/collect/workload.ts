/**
 * Tells which counted statements can be judged, and says of the others why not.
 *
 * Shape   CountedStatement[] -> { workload, gaps }
 */

import type { Gap, Statement } from '../snapshot.ts';
import type { CountedStatement } from './statements.ts';

const WITHHELD = '<insufficient privilege>';

export function readWorkload(
  counted: readonly CountedStatement[],
  evictions: number,
): { readonly workload: readonly Statement[]; readonly gaps: readonly Gap[] } {
  const withheld = entriesOf(counted.filter(({ sql }) => sql === WITHHELD));
  const lost = entriesOf(counted.filter(({ sql }) => sql === undefined));
  const workload = counted.flatMap(({ sql, entries, ...statement }) =>
    sql === undefined || sql === WITHHELD ? [] : [{ ...statement, sql, normalized: true }],
  );
  const gaps = [
    withheld > 0 && {
      part: 'texts of statements',
      why: `The texts of ${withheld} statements of other users are withheld.`,
      remedy: 'GRANT pg_read_all_stats TO the user.',
    },
    lost > 0 && {
      part: 'texts of statements',
      why: `The texts of ${lost} statements are lost: the server’s file of texts was cut.`,
      remedy: 'Raise pg_stat_statements.max less far, or reset it: SELECT pg_stat_statements_reset().',
    },
    evictions > 0 && {
      part: 'rare statements',
      why: `The server threw out counted statements ${evictions} times to make room for others.`,
      remedy: 'Raise pg_stat_statements.max.',
    },
  ];
  return { workload, gaps: gaps.filter(gap => gap !== false) };
}

const entriesOf = (counted: readonly CountedStatement[]): number =>
  counted.reduce((sum, { entries }) => sum + entries, 0);
