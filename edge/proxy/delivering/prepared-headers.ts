/**
 * The headers of hits, kept for as long as they say the same: a busy page's change once a second, with its age. To build
 * headers costs more than all that is decided about a hit.
 *
 * Shape   what is stored + all that changes, as one text -> the headers made for that text
 * Cost    memory only: of each stored response the last headers, and of MOST responses at a time
 */

import type { Stored } from '../stored.ts';

/** Headers that nobody may change: a response copies them. */
export type PreparedHeaders = (stored: Stored, changing: string, make: () => Headers) => Headers;

/** Some 2 KB each. */
const MOST = 1_000;

export function createPreparedHeaders(): PreparedHeaders {
  // Weak, so that they leave memory together with what is stored.
  let known = new WeakMap<Stored, { changing: string; headers: Headers }>();
  let count = 0;
  return (stored, changing, make) => {
    const found = known.get(stored);
    if (found?.changing === changing) return found.headers;
    const headers = make();
    if (!found && ++count > MOST) {
      known = new WeakMap();
      count = 1;
    }
    known.set(stored, { changing, headers });
    return headers;
  };
}
