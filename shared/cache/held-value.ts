/**
 * A value as memory holds it: ready to be given out, with everything that says whether it still may be.
 *
 * Shape   stored value -> held value -> what a caller gets
 * Units   instants epoch ms; bytes are an estimate from above
 */

import { weighJson } from './plain-json.ts';
import type { Ticket } from './tokens.ts';
import { decodeValue, type EncodedValue, isShareable } from './value-form.ts';
import type { StoredValue } from './value-frame.ts';

export interface HeldValue {
  readonly key: string;
  readonly tags: readonly string[];
  readonly freshUntil: number;
  readonly staleUntil: number;
  readonly deadAt: number;
  /** Purged softly: stale from now on. */
  readonly soft: boolean;
  /** From here on Redis is asked again: another instance may have set the key anew. */
  readonly askAgainAt: number;
  /** Absent while there is no Redis, or while it could not be told. */
  readonly ticket: Ticket | undefined;
  /** The value itself where it cannot be written into. */
  readonly value: unknown;
  /** What every caller gets his own value from where it can. */
  readonly encoded: EncodedValue | undefined;
  readonly bytes: number;
}

export function holdValue(stored: StoredValue, askAgainAt: number): HeldValue {
  const { key, tags, deadAt, body, ticket, soft = false } = stored;
  const { form, freshUntil, staleUntil } = stored.meta;
  const shared = isShareable(form);
  const value = shared ? decodeValue({ form, body }) : undefined;
  const encoded = shared ? undefined : { form, body };
  const bytes = costOf(key, tags) + (shared ? weighJson(value) : body.byteLength);
  return { key, tags, freshUntil, staleUntil, deadAt, soft, askAgainAt, ticket, value, encoded, bytes };
}

export function openValue({ encoded, value }: HeldValue): unknown {
  return encoded === undefined ? value : decodeValue(encoded);
}

const OVERHEAD_BYTES = 512;
/** A tag in its list and in the index, and its two tokens in a ticket. */
const TAG_BYTES = 384;

function costOf(key: string, tags: readonly string[]): number {
  const texts = tags.reduce((sum, tag) => sum + tag.length, key.length);
  return OVERHEAD_BYTES + 2 * texts + TAG_BYTES * tags.length;
}
