/**
 * What an index costs those who write, in the planner's units, so that it can be held against what it saves those who read.
 *
 * A row that is written makes an entry in every index. An update that touches no indexed column makes none (HOT), and an index
 * on a column that it changes takes that away: from then on it makes an entry in all of them.
 *
 * Units   a sequentially read page is 1, as seq_page_cost has it
 * Source  PostgreSQL, 65.7 Heap-Only Tuples (HOT); README.HOT
 */

import type { IndexDefinition } from '../planner.ts';
import type { TableWrites } from './table-writes.ts';

export interface WriteWeights {
  /** An entry: the way down through cached pages, the changed leaf, its log. @default by method: btree 1, gin 4, gist 2, hash 1, brin 0.02 */
  readonly entry: Readonly<Record<IndexDefinition['method'], number>>;
  /** The entry of a deleted row is found and removed by vacuum. @default 0.25 of an entry */
  readonly deletedRatio: number;
}

export const WRITE_WEIGHTS = {
  entry: { btree: 1, gin: 4, gist: 2, hash: 1, brin: 0.02 },
  deletedRatio: 0.25,
} as const satisfies WriteWeights;

export interface WriteCosts {
  /** For the whole time that the workload covers. */
  readonly cost: number;
  /** Entries that a row written makes here. */
  readonly entries: number;
  readonly lostHotUpdates: number;
}

export function writeCostOf(
  index: IndexDefinition,
  writes: TableWrites,
  weights: WriteWeights = WRITE_WEIGHTS,
): WriteCosts {
  const entry = weights.entry[index.method];
  const columns = indexedColumns(index);
  let entries = writes.inserted;
  let lostHotUpdates = 0;
  for (const { rows, columns: set } of writes.updates) {
    const touches = index.method !== 'brin' && (set?.some(column => columns(column)) ?? false);
    const lost = touches ? rows * writes.hotRatio : 0;
    lostHotUpdates += lost;
    entries += touches ? rows : rows * (1 - writes.hotRatio);
  }
  const elsewhere = lostHotUpdates * writes.indexes * weights.entry.btree;
  return {
    cost: (entries + writes.deleted * weights.deletedRatio) * entry + elsewhere,
    entries,
    lostHotUpdates,
  };
}

/** A column within an expression or a predicate counts as much as a key: looked for as a piece of its text, which errs to the safe side. */
function indexedColumns(index: IndexDefinition): (column: string) => boolean {
  const plain = new Set([...index.keys.map(({ column }) => column), ...index.included]);
  const text = [index.predicate ?? '', ...index.keys.map(({ expression }) => expression ?? '')].join(' ');
  return column => plain.has(column) || text.includes(column);
}
