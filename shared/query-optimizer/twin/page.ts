/**
 * A page of a relation as the server lays it out: a header, line pointers that grow towards entries, a special part at the end.
 *
 * Shape   createPage({ special }) -> Uint8Array of 8 KiB
 * Source  PostgreSQL, 66.6 Database Page Layout; little-endian, as on all machines that we run on
 */

export const PAGE_BYTES = 8192;
const HEADER = 24;
/** The size and the layout's version, 4, in one number. */
const SIZE_AND_VERSION = PAGE_BYTES | 4;

export interface PageOptions {
  readonly specialBytes: number;
  readonly entries: readonly Uint8Array[];
}

export function createPage({ specialBytes, entries }: PageOptions): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES);
  const view = viewOf(page);
  const special = PAGE_BYTES - specialBytes;
  let upper = special;
  entries.forEach((entry, at) => {
    upper -= entry.length;
    page.set(entry, upper);
    view.setUint32(HEADER + 4 * at, linePointer(upper, entry.length), true);
  });
  view.setUint16(12, HEADER + 4 * entries.length, true);
  view.setUint16(14, upper, true);
  view.setUint16(16, special, true);
  view.setUint16(18, SIZE_AND_VERSION, true);
  return page;
}

export const viewOf = (page: Uint8Array): DataView =>
  new DataView(page.buffer, page.byteOffset, page.byteLength);

/** Where it lies, that it is in use, and how long it is. */
const linePointer = (offset: number, length: number): number => (offset | (1 << 15) | (length << 17)) >>> 0;
