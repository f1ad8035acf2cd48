/**
 * The source's planner settings as a twin's, and off what the source's planner cannot do.
 *
 * Shape   Snapshot, the twin's own settings -> SET statements
 */

import { quoteIdentifier, quoteLiteral } from '../index-sql.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Step } from './steps.ts';

const COPIED =
  /^(enable_\w+|cpu_\w+_cost|seq_page_cost|random_page_cost|parallel_(setup|tuple)_cost|parallel_leader_participation|min_parallel_\w+|max_parallel_workers(_per_gather)?|effective_cache_size|work_mem|hash_mem_multiplier|(join|from)_collapse_limit|geqo\w*|cursor_tuple_fraction|constraint_exclusion|recursive_worktable_factor|default_statistics_target|TimeZone|DateStyle)$/;

export function settingSteps(snapshot: Snapshot, own: readonly string[]): readonly Step[] {
  const theirs = snapshot.server.settings;
  const copied = Object.entries(theirs).filter(([name]) => COPIED.test(name));
  const newer = own.filter(
    name => /^enable_/.test(name) && theirs.enable_seqscan !== undefined && !(name in theirs),
  );
  return [
    ...copied.map(([name, value]) => setting(name, quoteLiteral(value))),
    ...newer.map(name => setting(name, 'off')),
    setting('search_path', searchPath(snapshot)),
  ];
}

const setting = (name: string, value: string): Step => ({
  what: `setting ${name}`,
  sql: `SET ${quoteIdentifier(name)} = ${value}`,
  isMinor: true,
});

/** The source's path first; after it every schema there is, since whoever sent a statement may have had another path. */
function searchPath({ server, relations }: Snapshot): string {
  const given = server.settings.search_path ?? 'public';
  const named = [...given.matchAll(/"((?:[^"]|"")+)"|([^\s,"]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
  const all = new Set([
    ...named.filter(name => name !== '$user'),
    ...relations.map(({ schema }) => schema),
    'public',
  ]);
  return [...all].map(quoteIdentifier).join(', ');
}
