/**
 * The first pages of an index that holds nothing, made to say what those of a full one say: that is all of it that a planner
 * ever reads.
 *
 * Shape   the index's own first page, and what it is to tell -> the pages from 0 on
 * Source  PostgreSQL: nbtree.h (BTMetaPageData, BTPageOpaqueData), ginblock.h (GinMetaPageData), brin_page.h
 */

import { createPage, PAGE_BYTES, viewOf } from './page.ts';

/** Where a page's own content begins. */
const CONTENT = 24;

/** Entries of a B-tree stand below a root: the planner charges each descent by how many pages it passes. */
export function btreeHead(metaPage: Uint8Array, level: number): Uint8Array {
  const meta = metaPage.slice(0, PAGE_BYTES);
  const view = viewOf(meta);
  // root and its level, and the same again for the fast root
  for (const at of [8, 16]) {
    view.setUint32(CONTENT + at, 1, true);
    view.setUint32(CONTENT + at + 4, level, true);
  }
  const below = Array.from({ length: level + 1 }, (_, depth) =>
    btreePage(level - depth, depth + 1, depth === 0),
  );
  return joined([meta, ...below]);
}

/** By how many pages the index has; three hundred to a page, more or less, whatever its keys are. */
export function btreeLevel(pages: number): number {
  if (pages <= 2) return 0;
  if (pages <= 300) return 1;
  return pages <= 85_000 ? 2 : 3;
}

const LEAF = 1;
const ROOT = 2;

/** An inner page leads to the next one by a single entry, lower than any key; the leaf is empty. */
function btreePage(level: number, block: number, isRoot: boolean): Uint8Array {
  const page = createPage({ specialBytes: 16, entries: level > 0 ? [lowestEntry(block + 1)] : [] });
  const view = viewOf(page);
  const special = PAGE_BYTES - 16;
  view.setUint32(special + 8, level, true);
  view.setUint16(special + 12, (level === 0 ? LEAF : 0) | (isRoot ? ROOT : 0), true);
  return page;
}

/** Eight bytes without a key: the block it leads to, no attributes, and the bit that says so. */
function lowestEntry(block: number): Uint8Array {
  const entry = new Uint8Array(8);
  const view = viewOf(entry);
  view.setUint16(0, block >>> 16, true);
  view.setUint16(2, block & 0xffff, true);
  view.setUint16(6, 8 | 0x2000, true);
  return entry;
}

export interface GinTold {
  readonly pages: number;
  readonly entryPages: number;
  readonly dataPages: number;
  readonly entries: number;
}

export function ginHead(metaPage: Uint8Array, told: GinTold): Uint8Array {
  const meta = metaPage.slice(0, PAGE_BYTES);
  const view = viewOf(meta);
  view.setUint32(CONTENT + 24, told.pages, true);
  view.setUint32(CONTENT + 28, told.entryPages, true);
  view.setUint32(CONTENT + 32, told.dataPages, true);
  view.setBigInt64(CONTENT + 40, BigInt(told.entries), true);
  return meta;
}

/** The last page of the map from ranges to their summaries. */
export function brinHead(metaPage: Uint8Array, revmapPages: number): Uint8Array {
  const meta = metaPage.slice(0, PAGE_BYTES);
  viewOf(meta).setUint32(CONTENT + 12, revmapPages, true);
  return meta;
}

function joined(pages: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pages.length * PAGE_BYTES);
  pages.forEach((page, at) => {
    all.set(page, at * PAGE_BYTES);
  });
  return all;
}
