/**
 * Puts changes together for as few purges as can be: each batch is one purge, and changes are whole in one of them.
 *
 * Shape   changes, in order -> batches, in order; a tag is once in each
 * Errors  none (total): what the edge would refuse as a tag, no page can bear; it is left out, and counted
 */

import { isCacheTag } from '../http/cache-tags.ts';
import { type Change, MOST_TAGS_A_ROW } from './outbox-store.ts';

export interface Batch {
  readonly tags: readonly string[];
  /** Empty tags are a batch too: there is nothing to purge, and its changes are to be forgotten. */
  readonly ids: readonly string[];
  /** The same changes have the same text, and no others: ids begin anew where an outbox was made anew, instants do not. */
  readonly changes: string;
  readonly refused: number;
}

export function planBatches(changes: readonly Change[], most: number = MOST_TAGS_A_ROW): readonly Batch[] {
  const batches: Filling[] = [];
  for (const { id, tags, at } of changes) {
    const usable = new Set(tags.filter(isCacheTag));
    const batch = roomFor(usable, batches.at(-1), most) ?? openBatch(batches);
    for (const tag of usable) batch.tags.add(tag);
    batch.ids.push(id);
    batch.marks.push(`${id}@${at}`);
    batch.refused += tags.filter(tag => !isCacheTag(tag)).length;
  }
  return batches.map(({ tags, marks, ...batch }) => ({ ...batch, tags: [...tags], changes: marks.join() }));
}

interface Filling {
  readonly tags: Set<string>;
  readonly ids: string[];
  readonly marks: string[];
  refused: number;
}

function roomFor(tags: ReadonlySet<string>, batch: Filling | undefined, most: number): Filling | undefined {
  return batch && new Set([...batch.tags, ...tags]).size <= most ? batch : undefined;
}

function openBatch(batches: Filling[]): Filling {
  const batch = { tags: new Set<string>(), ids: [], marks: [], refused: 0 };
  batches.push(batch);
  return batch;
}
