/**
 * The twin as its source is where that cannot skip: since version 18 PostgreSQL finds entries by a later key of an index by
 * trying each value of the first. A server before it reads the whole index for that. So a plan that skips is none of its plans,
 * and the statement is planned again without the index that was skipped through.
 *
 * Shape   withoutSkips(the twin's planner, Snapshot) -> Planner
 * Cost    an EXPLAIN more for each index that a plan skips through
 * Source  PostgreSQL 18, 11.3 Multicolumn Indexes; btcostestimate
 */

import { plain } from '../candidates/existing.ts';
import { indexIdOf } from '../index-sql.ts';
import type { Estimated, IndexDefinition, IndexId, IndexScan, Planner, Proposed } from '../planner.ts';
import { PAGE } from '../sizes/index-shape.ts';
import type { ExistingIndex, Snapshot } from '../snapshot.ts';

const FIRST_TO_SKIP = 180_000;

/** A B-tree whose first key is a column. */
interface Known {
  readonly firstColumn: string;
  readonly pages: number;
}

type KnownIndexes = Map<IndexId, Known>;

export function withoutSkips(
  planner: Planner,
  { server, indexes }: Pick<Snapshot, 'server' | 'indexes'>,
): Planner {
  if (server.versionNumber >= FIRST_TO_SKIP) return planner;
  const known: KnownIndexes = new Map(indexes.flatMap(existingOne));
  return {
    ...planner,
    async propose(definitions) {
      const proposed = await planner.propose(definitions);
      for (const definition of definitions) remember(definition, { known, proposed });
      return proposed;
    },
    async estimate(statement, ids, without = []) {
      let [on, off] = [ids, without];
      for (;;) {
        const estimated = await planner.estimate(statement, on, off);
        const skipped = skippedBy(estimated, known);
        if (skipped.size === 0) return estimated;
        on = on.filter(id => !skipped.has(id));
        off = [...off, ...[...skipped].filter(index => !ids.includes(index))];
      }
    },
  };
}

function existingOne({ schema, name, method, keys, pages }: ExistingIndex): readonly [IndexId, Known][] {
  const [first] = keys;
  return method === 'btree' && first && !first.isExpression
    ? [[`${schema}.${name}`, { firstColumn: plain(first.text), pages }]]
    : [];
}

interface Proposal {
  readonly known: KnownIndexes;
  readonly proposed: ReadonlyMap<IndexId, Proposed>;
}

function remember(definition: IndexDefinition, { known, proposed }: Proposal): void {
  const id = indexIdOf(definition);
  const [answer, firstColumn] = [proposed.get(id), definition.keys[0]?.column];
  if (answer?.kind === 'ready' && definition.method === 'btree' && firstColumn !== undefined)
    known.set(id, { firstColumn, pages: answer.bytes / PAGE });
}

/** Searched without a value for the first key, at less than reading all of its pages costs. */
function skippedBy(estimated: Estimated, known: KnownIndexes): ReadonlySet<IndexId> {
  if (estimated.kind === 'refused') return new Set();
  const scans = Map.groupBy(estimated.scans ?? [], ({ index }) => index);
  const isSkipped = ([index, parts]: readonly [IndexId, readonly IndexScan[]]): boolean => {
    const of = known.get(index);
    if (of === undefined || parts.some(part => part.condition === undefined || names(part, of))) return false;
    return parts.reduce((sum, { cost }) => sum + cost, 0) < of.pages;
  };
  return new Set([...scans].filter(isSkipped).map(([index]) => index));
}

/** EXPLAIN VERBOSE writes `alias.column`, either in quotes where it needs them. */
function names({ alias, condition = '' }: IndexScan, { firstColumn }: Known): boolean {
  const forms = (name: string) => [name, `"${name.replaceAll('"', '""')}"`];
  const own = alias === undefined ? [''] : forms(alias).map(form => `${form}.`);
  return own
    .flatMap(prefix => forms(firstColumn).map(column => prefix + column))
    .some(text => isWord(text, condition));
}

const isWord = (text: string, within: string): boolean =>
  within.split(text).some((_, at, parts) => {
    const [before, after] = [parts.slice(0, at).join(text), parts.slice(at).join(text)];
    return at > 0 && !/[\w".]$/.test(before) && !/^[\w"]/.test(after);
  });
