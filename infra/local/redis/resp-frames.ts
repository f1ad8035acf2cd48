/**
 * Finds where a reply ends in bytes that are still arriving.
 *
 * Shape   (bytes, start) -> the place behind the reply that starts there, or -1 while it is not all there
 * Cost    a string is skipped over, not read
 */
import type { Bytes } from './reply.ts';

const CR = 13;
const DOLLAR = 36;
const STAR = 42;

export function replyEnd(bytes: Bytes, start: number): number {
  const lineEnd = bytes.indexOf(CR, start);
  if (lineEnd < 0 || lineEnd + 2 > bytes.length) return -1;
  const type = bytes[start];
  const next = lineEnd + 2;
  if (type !== DOLLAR && type !== STAR) return next;
  const length = Number(Buffer.from(bytes.subarray(start + 1, lineEnd)).toString());
  if (type === STAR) return itemsEnd(bytes, next, length);
  const end = length < 0 ? next : next + length + 2;
  return end > bytes.length ? -1 : end;
}

function itemsEnd(bytes: Bytes, start: number, count: number): number {
  let at = start;
  for (let i = 0; i < count && at >= 0; i++) at = replyEnd(bytes, at);
  return at;
}
