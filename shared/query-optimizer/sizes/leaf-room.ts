/**
 * How many bytes of entries a leaf page of a B-tree comes to hold when the index is built.
 *
 * Shape   (entries that follow each other again and again, fill factor) -> bytes
 * Source  PostgreSQL, _bt_buildadd: a page ends once less is free than the fill factor leaves, where what is cut off the last
 *         entry counts as free; that entry begins the next page, and what is left of it is the bound between them
 */

import { LINE_POINTER, PAGE } from './index-shape.ts';
import type { Entries } from './posting-lists.ts';

const PAGE_HEADER = 24;
const SPECIAL = 16;
/** That a bound may get when it is cut off: the row that it stands for. */
const ROW_OF_BOUND = 8;
export const USABLE = PAGE - PAGE_HEADER - SPECIAL;

const MOST_PAGES = 60;
/** What goes on like this for longer than the pages that are looked at need not be told one by one. */
const MOST_ALIKE = 200;

export function leafRoom(inTurn: readonly Entries[], fillFactor: number): number {
  const kept = Math.floor((PAGE * (100 - fillFactor)) / 100);
  // Where all entries are alike, so are all pages.
  const looked = inTurn.length === 1 ? 1 : MOST_PAGES;
  const entries = inTurn.flatMap(each =>
    Array<Entries>(Math.min(MOST_ALIKE, Math.ceil(each.count))).fill(each),
  );
  let last = entries.at(-1) as Entries;
  let [held, free, pages] = [0, USABLE - LINE_POINTER - last.size, 0];
  for (let at = 0; ; at++) {
    const next = entries[at % entries.length] as Entries;
    const isFilled = free - LINE_POINTER + last.cut < kept;
    if (at > 0 && (isFilled || free < next.size + ROW_OF_BOUND)) {
      pages += 1;
      held += USABLE - LINE_POINTER - free - last.size;
      if (pages === looked) return held / looked;
      free = USABLE - LINE_POINTER - last.size;
    }
    free -= next.size;
    last = next;
  }
}
