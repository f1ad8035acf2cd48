/**
 * What memory is charged for the things it holds, estimated from above: a body by its bytes, texts at two bytes a character,
 * and an overhead for each thing and each tag.
 *
 * Units   bytes
 * Errors  none
 */

import type { Entry } from './entry.ts';
import type { Forks } from './variants.ts';

const OVERHEAD_BYTES = 512;
/** A tag in its list and in the index, and its two tokens in a ticket. */
const TAG_BYTES = 384;

export function entryBytes<Meta>({ key, body, tags, meta }: Entry<Meta>): number {
  const texts =
    key.length + (JSON.stringify(meta) ?? '').length + tags.reduce((sum, tag) => sum + tag.length, 0);
  return OVERHEAD_BYTES + body.byteLength + 2 * texts + TAG_BYTES * tags.length;
}

export function forksBytes(base: string, { names }: Forks): number {
  return OVERHEAD_BYTES + 2 * (base.length + names.reduce((sum, name) => sum + name.length, 0));
}
