/**
 * Names that change with their content, so that what bears one never changes and may be kept for ever.
 *
 * Shape   key, SHA-256 in hex -> 'js/app.3f2a9c1d0b7e4a65.js'; a name that bears a hash already keeps it
 * Errors  none (total)
 */

import { isHashedName } from '../http/file-policy.ts';

/** 64 bits: two files of one name would have to be four billion versions apart. */
const LETTERS = 16;

export function contentName(key: string, sha256: string): string {
  if (isContentName(key)) return key;
  const slash = key.lastIndexOf('/') + 1;
  const name = key.slice(slash);
  const dot = name.indexOf('.', 1);
  const stem = dot < 0 ? name : name.slice(0, dot);
  return `${key.slice(0, slash)}${stem}.${recognisable(sha256)}${dot < 0 ? '' : name.slice(dot)}`;
}

/** Of bundlers as of ours. Whoever reads the path later, the edge's profile `static` too, decides by the same rule. */
export function isContentName(key: string): boolean {
  return isHashedName(`/${key}`);
}

/** What is all digits reads as a date, and what is all letters as a word: such a hash is cut later. */
function recognisable(sha256: string): string {
  for (let length = LETTERS; length < sha256.length; length++) {
    const cut = sha256.slice(0, length);
    if (/\d/.test(cut) && /[a-f]/.test(cut)) return cut;
  }
  return sha256;
}
