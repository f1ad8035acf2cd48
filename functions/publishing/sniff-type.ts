/**
 * Tells from the first bytes of a file what it is.
 *
 * Shape   key, first bytes -> Content-Type
 * Errors  none: what cannot be told is decided by the name
 */

import { fileTypeFromBuffer } from 'file-type';
import { decideContentType } from '../../shared/publishing/content-type.ts';

/** What is looked at of a larger file. */
export const HEAD_BYTES = 16 * 1024;

export async function sniffType(key: string, head: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  return decideContentType({ key, sniffed: found?.mime, isText: isText(head) });
}

/** A character may be cut at the end of the head. */
function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
