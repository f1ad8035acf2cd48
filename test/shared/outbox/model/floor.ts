/**
 * What no page may show less than: for each row the version of the last change that was drained, and, once a drain has said that it
 * is current, all that was committed when it last read.
 */

import type { Page } from './cache.ts';
import { ROWS, type Versions } from './database.ts';

export interface Floor {
  raise(row: number, version: number): void;
  raiseTo(versions: Versions): void;
  versions(): Versions;
}

export function createFloor(): Floor {
  const least: number[] = ROWS.map(() => 0);
  const raise = (row: number, version: number) => {
    least[row] = Math.max(least[row] ?? 0, version);
  };
  return {
    raise,
    raiseTo(versions) {
      for (const row of ROWS) raise(row, versions[row] ?? 0);
    },
    versions: () => least,
  };
}

/** Of whatever is stored: it could be served now. */
export function findTooOld(stored: ReadonlyMap<Page, Versions>, least: Versions): string | undefined {
  for (const [{ tag, rows }, versions] of stored) {
    const row = rows.find(shown => (versions[shown] ?? 0) < (least[shown] ?? 0));
    if (row !== undefined)
      return `${tag} shows version ${versions[row]} of row ${row}, and ${least[row]} was drained`;
  }
  return undefined;
}
